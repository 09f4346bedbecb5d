"""Reads of imports."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q

from contacts.imports.columns import CONTACTS, FIELD, targets
from contacts.imports.looking import look_at
from contacts.imports.order_records import read_order
from contacts.imports.plan import Plan, plan_of
from contacts.imports.records import ContactRecord, read_contact
from contacts.imports.shapes import (
    ChoiceShape,
    ColumnShape,
    DraftShape,
    ImportSettingsShape,
    ImportShape,
    PreviewLineShape,
    ProblemShape,
    ProblemWordsShape,
)
from contacts.imports.tables import Line
from contacts.models import Import, ImportMapping, ImportProblem
from security.access import Access
from security.cursors import time_and_id
from security.errors import Refusal

_WHY = "the lines of an import the reader may see"
_SHOWN = 10
_SAID_AS = {"total": "total_minor"}


def import_page(*, access: Access, after: list[Any] | None, limit: int) -> list[Import]:
    """Newest first; one more than ``limit`` when there are more."""
    rows = Import.objects.visible_to(access).select_related("made_by")
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(made_at__lt=at) | Q(made_at=at, pk__lt=pk))
    return list(rows.order_by("-made_at", "-id")[: limit + 1])


def one_import(*, access: Access, import_id: UUID) -> Import:
    found: Import = Import.objects.visible_to(access).select_related("made_by", "region").get_or_404(import_id)
    return found


def draft_shape(row: Import) -> DraftShape:
    """What the wizard shows of a file: read anew each time, at most its first lines."""
    first = look_at(row, **{name: row.form.get(name, "") for name in ("encoding", "delimiter", "sheet")})
    plan = plan_of(row)
    shown = first[1:] if row.heading else first
    known = ImportMapping.objects.for_system(_WHY).filter(region_id=row.region_id, subject=row.subject, shape=row.shape)
    return DraftShape(
        job=ImportShape.of(row),
        kind=row.form["kind"],
        encoding=row.form.get("encoding", ""),
        delimiter=row.form.get("delimiter", ""),
        sheet=row.form.get("sheet", ""),
        sheets=list(row.sheets or []),
        heading=row.heading,
        remembered=bool(row.shape) and known.exists(),
        fit=plan.names_somebody,
        columns=_columns(row),
        choices=_choices(row.subject, plan),
        settings=_settings(row.settings or {}),
        preview=[_preview(line, plan) for line in shown[:_SHOWN]] if plan.names_somebody else [],
    )


def problem_page(*, row: Import, phase: str, after: tuple[int, UUID] | None, limit: int) -> list[ImportProblem]:
    """In the order of the file; one more than ``limit`` when there are more."""
    rows = ImportProblem.objects.for_system(_WHY).filter(of=row, phase=phase).order_by("line", "id")
    if after is not None:
        rows = rows.filter(Q(line__gt=after[0]) | Q(line=after[0], pk__gt=after[1]))
    return list(rows[: limit + 1])


def every_problem(row: Import, *, phase: str, at_once: int) -> Iterator[list[ImportProblem]]:
    """All of them, a page at a time."""
    after: tuple[int, UUID] | None = None
    while page := list(islice(problem_page(row=row, phase=phase, after=after, limit=at_once), at_once)):
        yield page
        after = (page[-1].line, page[-1].pk)


def problem_shape(problem: ImportProblem) -> ProblemShape:
    told = problem.told
    return ProblemShape(
        line=problem.line,
        field=problem.field,
        code=problem.code,
        message=told["message"],
        remedy=told["remedy"],
        cells=told["cells"],
    )


def _columns(row: Import) -> list[ColumnShape]:
    return [
        ColumnShape(index, one["heading"], one["samples"], row.mapping.get(str(index), ""))
        for index, one in enumerate(row.columns or [])
    ]


def _settings(told: dict[str, Any]) -> ImportSettingsShape:
    at = told.get("agreed_at")
    return ImportSettingsShape(**{**told, "agreed_at": datetime.fromisoformat(at) if at else None})


def _choices(subject: str, plan: Plan) -> list[ChoiceShape]:
    """Our own meanings are put into words by the client; custom fields have the label their region gave them."""
    own = [ChoiceShape(meaning, "") for meaning in targets(subject)]
    fields = [ChoiceShape(FIELD + key, one.label) for key, one in plan.fields.items()]
    return own + (fields if subject == CONTACTS else [])


def _preview(line: Line, plan: Plan) -> PreviewLineShape:
    number, cells = line
    if plan.subject == CONTACTS:
        contact = read_contact(number, cells, plan)
        return PreviewLineShape(number, _contact_words(contact), _problems(contact.odd))
    order = read_order([line], plan)
    row = order.row
    words = {
        "order_number": row.number,
        "name": row.contact.name or "",
        "phone": row.contact.phone,
        "external_id": row.contact.external_id,
        "order_state": row.state,
        "currency": row.currency,
        "total_minor": str(row.total_minor),
        "placed_at": row.placed_at.isoformat() if row.placed_at.year > 1 else "",
        "item_name": ", ".join(f"{item.quantity} × {item.name}" for item in row.items or ()),
    }
    # What could not be read would not become what stands in for it.
    unread = {_SAID_AS.get(one.field or "", one.field) for one in order.odd}
    told = {name: text for name, text in words.items() if text and name not in unread}
    return PreviewLineShape(number, told, _problems(order.odd))


def _contact_words(record: ContactRecord) -> dict[str, str]:
    row, consent = record.row, record.consent
    words = {
        "name": row.name or "",
        "phone": row.phone,
        "external_id": row.external_id,
        "language": row.language or "",
        "tags": ", ".join(record.tags),
        "consent": "" if consent is None else "yes" if consent.given else "no",
        "consent_at": "" if consent is None else consent.at.isoformat(),
        "consent_proof": "" if consent is None else consent.proof,
        **{FIELD + key: text for key, text in record.fields.items()},
    }
    return {name: text for name, text in words.items() if text}


def _problems(odd: tuple[Refusal, ...]) -> list[ProblemWordsShape]:
    return [ProblemWordsShape(one.field or "", str(one.code), str(one.message), str(one.remedy or "")) for one in odd]
