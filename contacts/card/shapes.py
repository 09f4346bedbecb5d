"""What the API says of a contact on one card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from contacts.field_shapes import FieldOnCardShape
from contacts.privacy.shapes import ConsentShape
from contacts.shapes import AuthorShape, ContactShape, NoteShape
from contacts.tag_shapes import PutTagShape


@dataclass(frozen=True)
class CardEntryShape:
    """One thing that happened or is there. ``kind`` says what (order, case, file, link …), ``state`` how it stands,
    ``items`` what is in it, ``marks`` what was noticeable about it (risk kinds, qa_failed). ``url`` leads to it;
    ``conversation_id`` to where it was said."""

    id: str
    kind: str
    at: datetime
    title: str
    state: str
    items: list[str]
    marks: list[str]
    amount_minor: int | None
    currency: str | None
    url: str | None
    conversation_id: str | None
    by: AuthorShape | None
    ended_at: datetime | None


def card_entry(
    *,
    id: str,
    kind: str,
    at: datetime,
    title: str = "",
    state: str = "",
    items: Sequence[str] = (),
    marks: Sequence[str] = (),
    amount: tuple[int, str] | None = None,
    url: str | None = None,
    conversation_id: str | None = None,
    by: AuthorShape | None = None,
    ended_at: datetime | None = None,
) -> CardEntryShape:
    """An entry with what there is of it; ``amount``: ``(minor units, currency)``."""
    minor, currency = amount if amount is not None else (None, None)
    return CardEntryShape(
        id=id,
        kind=kind,
        at=at,
        title=title,
        state=state,
        items=list(items),
        marks=list(marks),
        amount_minor=minor,
        currency=currency,
        url=url,
        conversation_id=conversation_id,
        by=by,
        ended_at=ended_at,
    )


@dataclass(frozen=True)
class SpendingShape:
    """What they bought in one currency, and when."""

    currency: str
    orders: int
    spent_minor: int
    first_order_at: datetime | None
    last_order_at: datetime | None


@dataclass(frozen=True)
class HighlightShape:
    """What an agent should see first. ``code`` names the sentence, ``values`` what stands in it; ``tone``: info, good
    or warn. ``source_kind`` and ``source_id`` are the entry it follows from, ``at`` when that was."""

    code: str
    tone: str
    values: Mapping[str, str]
    at: datetime
    source_kind: str
    source_id: str


@dataclass(frozen=True)
class ContactCardShape:
    """``sections`` (orders, payments, cases, files, links) hold the latest of each; ``more`` names those that have
    more."""

    contact: ContactShape
    tags: list[PutTagShape]
    fields: list[FieldOnCardShape]
    consents: list[ConsentShape]
    notes: list[NoteShape]
    figures: list[SpendingShape]
    sections: dict[str, list[CardEntryShape]]
    more: list[str]
    highlights: list[HighlightShape]
