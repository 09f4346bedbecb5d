"""Canned replies as a CSV file: written harmless to spreadsheets, read back with every odd line named."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from inbox.models import CannedReply
from security.errors import Invalid
from security.log.spreadsheet import FORMULA, harmless
from security.models import Region, Team

COLUMNS = ("shortcut", "title", "text", "language", "buttons", "region", "team")
_BETWEEN = " | "
LARGEST = 2_000_000
_LINES_MOST = 2000


@dataclass(frozen=True)
class Line:
    """One line of a file, as it was read; ``number`` counts from 1, the heading included."""

    number: int
    shortcut: str
    title: str
    text: str
    language: str
    buttons: list[str]
    region: str
    team: str


def written(rows: Sequence[CannedReply]) -> str:
    """Personal ones have no region."""
    regions = dict(Region.objects.values_list("pk", "code"))
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for row in rows:
        cells = (
            row.shortcut, row.title, row.text, row.language, _BETWEEN.join(row.buttons),
            "" if row.owner_id is not None else regions.get(row.region_id, ""),
            row.team.name if row.team is not None else "",
        )  # fmt: skip
        sheet.writerow([harmless(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def read(content: bytes) -> list[Line]:
    """The lines of a file in UTF-8 with a heading of ``COLUMNS``, of which ``shortcut`` and ``text`` must be there."""
    if len(content) > LARGEST:
        raise Invalid(field="file", message=_("This file is larger than 2 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(
            field="file",
            message=_("This file is not in UTF-8."),
            remedy=_("Save it as “CSV UTF-8” and choose it again."),
        ) from None
    if "\x00" in text:
        raise Invalid(field="file")
    sheet = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        heading = [name.strip().lower() for name in sheet.fieldnames or []]
        if not {"shortcut", "text"} <= set(heading):
            raise Invalid(
                field="file", message=_("The first line must name the columns, “shortcut” and “text” at least.")
            )
        sheet.fieldnames = heading
        lines = [_line(number, cells) for number, cells in enumerate(sheet, start=2)]
    except csv.Error as error:
        raise Invalid(field="file", message=_("This file cannot be read: %(why)s") % {"why": error}) from None
    if len(lines) > _LINES_MOST:
        raise Invalid(field="file", message=_("At most %(n)s lines.") % {"n": _LINES_MOST})
    return [line for line in lines if line.shortcut or line.text]


def _line(number: int, cells: dict[Any, Any]) -> Line:
    told = {name: _plain(cells.get(name)) for name in COLUMNS}
    buttons = [title.strip() for title in told.pop("buttons").split("|") if title.strip()]
    return Line(number=number, buttons=buttons, **told)


def _plain(cell: object) -> str:
    """Without the apostrophe that made it harmless."""
    text = cell if isinstance(cell, str) else ""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def places(lines: Sequence[Line]) -> tuple[dict[str, int], dict[tuple[int, str], int]]:
    """The regions by code, and the teams by region and name, that the lines speak of."""
    regions = dict(Region.objects.filter(code__in={line.region for line in lines}).values_list("code", "pk"))
    teams = Team.objects.filter(region__in=regions.values(), name__in={line.team for line in lines if line.team})
    return regions, {(team.region_id, team.name): team.pk for team in teams}
