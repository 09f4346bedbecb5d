"""What the API says of custom fields."""

from dataclasses import dataclass
from datetime import datetime

from contacts.models import FieldDefinition
from contacts.shapes import AuthorShape


@dataclass(frozen=True)
class FieldOptionShape:
    key: str
    label: str


@dataclass(frozen=True)
class FieldShape:
    """``type``: text, number, date, boolean, choice or url. ``filterable``: rules and segments may ask for it."""

    id: str
    region_id: int
    key: str
    label: str
    type: str
    options: list[FieldOptionShape]
    required: bool
    filterable: bool
    order: int
    version: int
    archived_at: datetime | None

    @classmethod
    def of(cls, row: FieldDefinition) -> "FieldShape":
        return cls(
            id=str(row.pk),
            region_id=row.region_id,
            key=row.key,
            label=row.label,
            type=row.type,
            options=[FieldOptionShape(str(one["key"]), str(one["label"])) for one in row.options],
            required=row.required,
            filterable=row.filterable,
            order=row.order,
            version=row.version,
            archived_at=row.archived_at,
        )


@dataclass(frozen=True)
class FieldOnCardShape:
    """A field and what it says of one contact. ``value`` is text whatever the type (a choice: its key; yes or no: true
    or false; a date: ISO 8601), null where nothing is known."""

    id: str
    key: str
    label: str
    type: str
    options: list[FieldOptionShape]
    required: bool
    value: str | None
    at: datetime | None
    by: AuthorShape | None
