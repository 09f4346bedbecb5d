"""Reading a file as lines of cells, one after the other, however large it is."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any

import filetype
import openpyxl
from django.utils.translation import gettext as _

from contacts.imports.encodings import ENCODINGS
from contacts.imports.errors import EmptyFile, FileTooLarge, OldWorkbook, UnreadableFile, WrongEncoding

DELIMITERS = (",", ";", "\t", "|")
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
COLUMNS_MOST = 200
CELL_MOST = 4000
FIELD_MOST = CELL_MOST * 25
_PARTS_MOST = 2000
_SNIFFED = 8192
csv.field_size_limit(FIELD_MOST)

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Form:
    """How a file is to be read. ``sheet`` is of workbooks; ``delimiter`` and ``encoding`` are of CSV."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


def kind_of(start: bytes) -> str:
    """``csv`` or ``xlsx``, told by the content and never by the name."""
    if start.startswith(_OLE):
        raise OldWorkbook(field="file")
    if start.startswith(_ZIP):
        return "xlsx"
    if not start.strip(b"\x00\xff\xfe\xef\xbb\xbf \r\n\t"):
        raise EmptyFile(field="file")
    if filetype.guess(start[:_SNIFFED]) is not None or (b"\x00" in start and not _like_utf16(start)):
        raise UnreadableFile(field="file")
    return "csv"


def _like_utf16(start: bytes) -> bool:
    """With its mark, or with a zero in every other place where Latin letters and digits stand."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    return start[:2] in (b"\xff\xfe", b"\xfe\xff") or (min(even, odd) == 0 and even + odd > len(start) / 20)


def lines_of(file: IO[bytes], form: Form, *, largest: int) -> Iterator[Line]:
    """Every line that is not blank, with its number as people count."""
    found = _of_workbook(file, form, largest) if form.kind == "xlsx" else _of_text(file, form)
    for number, cells in found:
        if len(cells) > COLUMNS_MOST:
            raise UnreadableFile(field="file", message=_("It has more than %(n)s columns.") % {"n": COLUMNS_MOST})
        if any(cells):
            yield number, cells


def delimiter_of(text: str) -> str:
    """The one that cuts the first lines into the most columns, the same number in each."""
    lines = text.splitlines()[:30]
    return max(DELIMITERS, key=lambda mark: _columns_by(lines, mark))


def _columns_by(lines: list[str], mark: str) -> tuple[float, int]:
    widths = [len(cells) for cells in csv.reader(lines, delimiter=mark) if cells]
    usual = max(set(widths), key=widths.count, default=1)
    return (widths.count(usual) / len(widths) * (usual > 1) if widths else 0.0, usual)


def _of_text(file: IO[bytes], form: Form) -> Iterator[Line]:
    text = io.TextIOWrapper(file, encoding=ENCODINGS[form.encoding], newline="")
    reader = csv.reader(_without_nul(text), delimiter=form.delimiter)
    try:
        number = 1
        for cells in reader:
            yield number, [_cleaned(cell) for cell in cells]
            number = reader.line_num + 1
    except UnicodeDecodeError:
        raise WrongEncoding(field="encoding") from None
    except csv.Error:
        told = {"line": reader.line_num, "most": FIELD_MOST}
        raise UnreadableFile(
            field="file",
            message=_("Line %(line)s cannot be read: a cell there is longer than %(most)s characters.") % told,
            remedy=_("Perhaps a quotation mark is missing before it. Mend the line, then choose the file again."),
        ) from None


def _without_nul(text: Iterable[str]) -> Iterator[str]:
    return (line.replace("\x00", "") for line in text)


def sheets_of(file: IO[bytes], *, largest: int) -> list[str]:
    with closing(_workbook(file, largest)) as book:
        return [sheet.title for sheet in book.worksheets]


def _of_workbook(file: IO[bytes], form: Form, largest: int) -> Iterator[Line]:
    with closing(_workbook(file, largest)) as book:
        names = [sheet.title for sheet in book.worksheets]
        if not names:
            raise EmptyFile(field="file")
        sheet: Any = book[form.sheet if form.sheet in names else names[0]]
        try:
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield number, _without_tail([_told(cell) for cell in cells])
        except Exception as error:  # a broken part raises whatever its parser trips over
            raise UnreadableFile(field="file") from error


def _workbook(file: IO[bytes], largest: int) -> Any:
    """Opened for reading line by line. What would unpack into more than ``largest`` bytes is not opened at all, nor
    what declares entities of its own."""
    try:
        with zipfile.ZipFile(file) as parts:
            infos = parts.infolist()
            if len(infos) > _PARTS_MOST or sum(info.file_size for info in infos) > largest:
                raise FileTooLarge(field="file")
            if "xl/workbook.xml" not in parts.namelist():
                raise UnreadableFile(field="file")
            for info in infos:
                if info.filename.endswith(".xml") and _declares(parts, info):
                    raise UnreadableFile(field="file")
        file.seek(0)
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (FileTooLarge, UnreadableFile):
        raise
    except Exception as error:
        raise UnreadableFile(field="file") from error


def _declares(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    with parts.open(info) as part:
        return b"<!DOCTYPE" in part.read(2048)


def _told(cell: object) -> str:
    """A cell of a workbook as people would write it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return _cleaned(str(cell))


def _cleaned(cell: str) -> str:
    """Without blanks around it and without the apostrophe that makes a spreadsheet take it for text."""
    text = cell.replace("\x00", "").strip()
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@0123456789") else text


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells
