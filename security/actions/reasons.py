"""Why somebody did it: asked for where rights change hands or people are locked out, and kept in the operation log."""

from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor
from security.errors import Invalid, Missing

REASON_MAX = 500


def check_reason(reason: str, *, field: str = "reason") -> None:
    """Rights change hands with a word on why."""
    if not reason.strip():
        raise Missing(field=field)
    if len(reason) > REASON_MAX:
        raise Invalid(field=field, message=_("At most %(n)s characters.") % {"n": REASON_MAX})


def because(by: Actor, reason: str, *, needed: bool = True) -> dict[str, str]:
    """``reason`` as a detail of a log line. A person must give one where it is ``needed``; Kefu itself says what it is
    about by its name."""
    if isinstance(by, Access) and (needed or reason.strip()):
        check_reason(reason)
    return {"reason": reason.strip()} if reason.strip() else {}
