"""A first look at a file: how it is to be read, what its columns are called and what stands in them."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from itertools import islice
from typing import IO, Any

from contacts.imports.columns import looks_like_heading
from contacts.imports.encodings import ENCODINGS, detect
from contacts.imports.errors import EmptyFile
from contacts.imports.policy import ImportPolicy
from contacts.imports.storing import raw_file, raw_pieces, whole_raw
from contacts.imports.tables import Form, Line, delimiter_of, kind_of, lines_of, sheets_of
from contacts.models import Import

LINES_SHOWN = 20
_START = 65_536
_SAMPLES = 3
_SAMPLE_MOST = 60


def look_at(row: Import, *, encoding: str = "", delimiter: str = "", sheet: str = "") -> list[Line]:
    """Fills in how ``row`` is read, and returns its first lines. What is not said is found out."""
    start = next(raw_pieces(row), b"")
    if kind_of(start) == "xlsx":
        names = sheets_of(whole_raw(row), largest=unpacked_most())
        row.sheets, form = names, Form("xlsx", sheet=sheet if sheet in names else names[0])
    else:
        known = encoding if encoding in ENCODINGS else detect(lambda: raw_pieces(row))
        text = start[:_START].decode(ENCODINGS[known], "ignore")
        row.sheets, form = [], Form("csv", encoding=known, delimiter=delimiter or delimiter_of(text))
    row.form = asdict(form)
    first = list(islice(all_lines(row), LINES_SHOWN + 1))
    if not first:
        raise EmptyFile(field="file")
    return first


def name_columns(row: Import, first: list[Line], *, heading: bool | None = None) -> None:
    """What the columns are called; ``heading``: whether the first line says so, where somebody knows."""
    cells = [line for _number, line in first]
    row.heading = looks_like_heading(cells[0], cells[1:], row.subject) if heading is None else heading
    below = cells[1:] if row.heading else cells
    width = max(len(line) for line in cells)
    row.columns = [
        {"heading": cells[0][at] if row.heading and at < len(cells[0]) else "", "samples": _samples(below, at)}
        for at in range(width)
    ]


def headings_of(row: Import) -> list[str]:
    return [str(column["heading"]) for column in row.columns or []]


def all_lines(row: Import) -> Iterator[Line]:
    """Every line of the file as it came, its heading too."""
    form = Form(**row.form)
    opened: IO[Any] = whole_raw(row) if form.kind == "xlsx" else raw_file(row)
    with closing(opened):
        yield from lines_of(opened, form, largest=unpacked_most())


def lines_below(row: Import) -> Iterator[Line]:
    """Without the heading."""
    lines = all_lines(row)
    if row.heading:
        next(lines, None)
    return lines


def unpacked_most() -> int:
    return ImportPolicy.current().unpacked_mb * 1_000_000


def _samples(lines: list[list[str]], at: int) -> list[str]:
    found = dict.fromkeys(line[at][:_SAMPLE_MOST] for line in lines if at < len(line) and line[at])
    return list(found)[:_SAMPLES]
