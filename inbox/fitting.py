"""What WhatsApp would refuse is refused before it is queued, with the field named and in the reader's language."""

from typing import Any

from inbox.errors import (
    HasLineBreak,
    NotALink,
    NotHere,
    Repeated,
    TextMissing,
    TextTooLong,
    TooFewParts,
    TooManyParts,
    WrongSum,
)
from inbox.whatsapp.kinds import Unfit, checked
from security.errors import Invalid, Missing, Refusal

_BY_CODE: dict[str, type[Refusal]] = {
    "missing": Missing,
    "too_long": TextTooLong,
    "too_many": TooManyParts,
    "too_few": TooFewParts,
    "repeated": Repeated,
    "not_a_link": NotALink,
    "not_here": NotHere,
    "wrong_sum": WrongSum,
    "line_break": HasLineBreak,
    "invalid": Invalid,
}


def fitted(kind: str, content: dict[str, Any], *, at: str = "") -> dict[str, Any]:
    """``content`` as it may be sent. Raises a ``Refusal`` whose field begins with ``at``."""
    try:
        return checked(kind, content, at=at)
    except Unfit as unfit:
        raise _refusal(kind, unfit) from None


def _refusal(kind: str, unfit: Unfit) -> Refusal:
    if unfit.code == "missing" and (kind, unfit.field) == ("text", "text"):
        return TextMissing(field=unfit.field)
    refusal = _BY_CODE[unfit.code]
    words = getattr(refusal, "counted", None)
    return refusal(field=unfit.field, message=words % {"n": unfit.limit} if words else None)
