"""The lines that were not taken, as a file to mend and bring again: their own cells, and beside them why."""

import csv
import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from contacts.imports.queries import every_problem
from contacts.models import Import
from security.encryption.keyring import open_keys
from security.log.spreadsheet import harmless

_AT_ONCE = 500


def pieces(row: Import, *, phase: str) -> Iterator[bytes]:
    """CSV in UTF-8 with a mark, so that spreadsheets read it; no cell is a formula."""
    headings = [str(column["heading"]) for column in row.columns or []]
    width = len(headings)
    called = {meaning: headings[int(at)] for at, meaning in row.mapping.items() if int(at) < width}
    yield (
        "\ufeff" + _written([[*headings, _("line of the file"), _("column"), _("problem"), _("what to do")]])
    ).encode()
    open_keys([row.key_id])
    for page in every_problem(row, phase=phase, at_once=_AT_ONCE):
        lines = []
        for problem in page:
            told = problem.told
            cells = [*told["cells"], *[""] * width][:width]
            name = called.get(problem.field, problem.field)
            lines.append([*cells, str(problem.line), name, told["message"], told["remedy"]])
        yield _written(lines).encode("utf-8", "replace")


def _written(lines: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([[harmless(cell) for cell in line] for line in lines])
    return out.getvalue()
