"""What the API says of a contact on one card."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    title: str = ""
    state: str = ""
    items: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    amount_minor: int | None = None
    currency: str | None = None
    url: str | None = None
    conversation_id: str | None = None
    by: AuthorShape | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class PurchasesShape:
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
    figures: list[PurchasesShape]
    sections: dict[str, list[CardEntryShape]]
    more: list[str]
    highlights: list[HighlightShape]
