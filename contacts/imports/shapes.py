"""What the API and the live stream say of imports."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from contacts.imports.policy import ImportPolicy
from contacts.models import Import
from contacts.shapes import AuthorShape
from security.encryption.keyring import KeyGone


@dataclass(frozen=True)
class ImportShape:
    """How far an import is; what its file is called is told only where it can be read."""

    id: str
    region_id: int
    subject: str
    state: str
    version: int
    file_name: str
    size: int
    total: int | None
    position: int
    counts: dict[str, int]
    checked: dict[str, int] | None
    undo_counts: dict[str, int]
    error: str
    made_by: AuthorShape | None
    made_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    undone_at: datetime | None
    undo_until: datetime | None

    @classmethod
    def of(cls, row: Import) -> "ImportShape":
        made_by = row.made_by
        return cls(
            id=str(row.pk),
            region_id=row.region_id,
            subject=row.subject,
            state=row.state,
            version=row.version,
            file_name=name_of(row),
            size=row.size,
            total=row.total,
            position=row.position,
            counts=row.counts,
            checked=row.checked,
            undo_counts=row.undo_counts,
            error=row.error,
            made_by=None if made_by is None else AuthorShape(id=made_by.pk, name=made_by.name),
            made_at=row.made_at,
            begun_at=row.begun_at,
            ended_at=row.ended_at,
            undone_at=row.undone_at,
            undo_until=undo_until(row),
        )


@dataclass(frozen=True)
class ColumnShape:
    """``meaning``: what it is taken for; empty: left out."""

    index: int
    heading: str
    samples: list[str]
    meaning: str


@dataclass(frozen=True)
class PreviewLineShape:
    """A line as it would become: ``becomes`` by meaning, in words; ``problems``: why it would not be taken."""

    line: int
    becomes: dict[str, str]
    problems: list["ProblemWordsShape"] = field(default_factory=list)


@dataclass(frozen=True)
class ProblemWordsShape:
    field: str
    code: str
    message: str
    remedy: str


@dataclass(frozen=True)
class ChoiceShape:
    """Something a column may mean."""

    meaning: str
    label: str


@dataclass(frozen=True)
class ImportSettingsShape:
    country: str = ""
    date_order: str = "dmy"
    source: str = "import"
    overwrite: bool = False
    currency: str = ""
    tags: list[str] = field(default_factory=list)
    all_agreed: bool = False
    agreed_at: datetime | None = None
    proof: str = ""


@dataclass(frozen=True)
class DraftShape:
    """Everything about a file that is being prepared."""

    job: ImportShape
    kind: str
    encoding: str
    delimiter: str
    sheet: str
    sheets: list[str]
    heading: bool
    remembered: bool
    fit: bool
    columns: list[ColumnShape]
    choices: list[ChoiceShape]
    settings: ImportSettingsShape
    preview: list[PreviewLineShape]


@dataclass(frozen=True)
class ProblemShape:
    line: int
    field: str
    code: str
    message: str
    remedy: str
    cells: list[str]


def name_of(row: Import) -> str:
    try:
        return row.file_name or ""
    except KeyGone:
        return ""


def undo_until(row: Import) -> datetime | None:
    """Until when it can be undone; ``None``: not any more, or nothing was done."""
    if row.ended_at is None or row.emptied_at is not None or row.state not in ("done", "cancelled", "failed"):
        return None
    taken = sum(
        row.counts.get(name, 0) for name in ("created", "updated", "unchanged")
    )  # may have got a tag all the same
    return row.ended_at + timedelta(days=ImportPolicy.current().undo_days) if taken else None
