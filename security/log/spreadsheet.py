"""The log as CSV, a piece at a time, so that its size does not matter."""

import csv
import io
from collections.abc import AsyncIterator, Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from security.access import Access
from security.log.reading import Asked, last_seal, operation_page
from security.log.shaping import FactShape, OperationShape, operation_shapes
from security.threads import in_thread

_LINES_AT_ONCE = 1000
# A spreadsheet takes a cell that begins so for a formula, and runs it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


async def pieces(*, access: Access, asked: Asked, language: str) -> AsyncIterator[bytes]:
    """Everything that ``access`` may see of what was ``asked``, newest first."""
    yield ("\ufeff" + _written([_heading(language)])).encode()
    further: int | None = None
    while True:
        text, further = await in_thread(_piece, access, asked, language, further)
        if text:
            yield text.encode()
        if further is None:
            return


def _piece(access: Access, asked: Asked, language: str, before: int | None) -> tuple[str, int | None]:
    with translation.override(language):
        found = operation_page(access=access, asked=asked, before=before, limit=_LINES_AT_ONCE)
        seal = last_seal()
        shapes = operation_shapes(found.lines, reader=access, sealed_upto=seal.last_id if seal is not None else 0)
        return _written(map(_cells, shapes)), found.further


def _heading(language: str) -> list[str]:
    with translation.override(language):
        return [
            _("line"), _("at (UTC)"), _("done by (kind)"), _("done by"), _("deed"), _("done to (kind)"), _("done to"),
            _("name"), _("region"), _("address"), _("device"), _("details"), _("sealed"),
        ]  # fmt: skip


def _cells(shape: OperationShape) -> list[str]:
    subject = shape.subject
    return [
        str(shape.id),
        shape.at.isoformat(timespec="seconds"),
        shape.actor.kind,
        shape.actor.name,
        shape.action,
        subject.kind,
        subject.id,
        subject.name or "",
        "" if shape.region_id is None else str(shape.region_id),
        shape.ip,
        shape.device,
        "; ".join(map(_fact, shape.facts)),
        str(int(shape.sealed)),
    ]


def _fact(fact: FactShape) -> str:
    return f"{fact.name}: {fact.before or ''} → {fact.after or ''}" if fact.changed else f"{fact.name}: {fact.after}"


def _written(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[harmless(cell) for cell in row] for row in rows])
    return out.getvalue()


def harmless(cell: str) -> str:
    """With an apostrophe before it, what looks like a formula is text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
