"""The file of an import on disk: sealed pieces under its own key, never anything in plain.

Each piece is a length in four bytes and so many sealed bytes. The file as it came is cut by size; its lines, once read,
by their number, so that whoever goes on with line 120,000 opens one piece.
"""

import io
import json
import struct
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import default_storage

from contacts.imports.tables import Line
from contacts.models import Import
from security.encryption.keyring import open_key
from security.encryption.sealing import seal, unseal

LINES_A_PIECE = 500
_PIECE = 1_000_000
_LENGTH = struct.Struct(">I")
_FOLDER = "imports"


def keep_raw(row: Import, file: IO[bytes]) -> str:
    """Stores what was uploaded; returns its name."""
    return _keep(row, "raw", iter(lambda: file.read(_PIECE), b""))


def keep_lines(row: Import, lines: Iterable[Line]) -> tuple[str, int]:
    """Stores lines of cells; returns the name, and how many there are."""
    counted = _Counted(lines)
    return _keep(row, "lines", counted.pieces()), counted.count


def raw_pieces(row: Import) -> Iterator[bytes]:
    """What was uploaded, piece by piece; ``FileNotFoundError`` when it is gone."""
    for number, sealed in _sealed_pieces(row.raw, first=0):
        yield unseal(open_key(row.key_id), sealed, place=_place(row, "raw", number))


def raw_file(row: Import) -> IO[bytes]:
    """The same to read from, one piece in memory at a time."""
    return io.BufferedReader(_Reader(raw_pieces(row)))


def whole_raw(row: Import) -> IO[bytes]:
    """All of it in memory, where one has to jump about in it (a workbook is a ZIP file)."""
    return io.BytesIO(b"".join(raw_pieces(row)))


def lines_from(row: Import, position: int) -> Iterator[Line]:
    """The lines from ``position`` on, with their numbers."""
    first, skipped = divmod(position, LINES_A_PIECE)
    for number, sealed in _sealed_pieces(row.lines, first=first):
        lines = json.loads(unseal(open_key(row.key_id), sealed, place=_place(row, "lines", number)))
        yield from lines[skipped:]
        skipped = 0


def forget_file(name: str) -> None:
    if name:
        default_storage.delete(name)


def _keep(row: Import, part: str, pieces: Iterable[bytes]) -> str:
    key = open_key(row.key_id)
    with tempfile.TemporaryFile() as out:
        for number, piece in enumerate(pieces):
            sealed = seal(key, piece, place=_place(row, part, number))
            out.write(_LENGTH.pack(len(sealed)) + sealed)
        out.seek(0)
        return str(default_storage.save(f"{_FOLDER}/import-{row.pk}.{part}", File(out)))


def _sealed_pieces(name: str, *, first: int) -> Iterator[tuple[int, bytes]]:
    with default_storage.open(name) as stored:
        file, number = cast("BinaryIO", stored), 0
        while head := file.read(_LENGTH.size):
            (length,) = _LENGTH.unpack(head)
            if number < first:
                file.seek(length, 1)
            else:
                yield number, file.read(length)
            number += 1


def _place(row: Import, part: str, number: int) -> bytes:
    return f"import:{row.pk}:{part}:{number}".encode()


class _Counted:
    """Cuts lines into pieces of JSON, and counts them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines, self.count = lines, 0

    def pieces(self) -> Iterator[bytes]:
        kept: list[Line] = []
        for line in self._lines:
            kept.append(line)
            self.count += 1
            if len(kept) == LINES_A_PIECE:
                yield self._written(kept)
                kept = []
        if kept:
            yield self._written(kept)

    def _written(self, lines: list[Line]) -> bytes:
        return json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


class _Reader(io.RawIOBase):
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._kept = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._kept:
            found = next(self._pieces, None)
            if found is None:
                return 0
            self._kept = found
        size = min(len(buffer), len(self._kept))
        buffer[:size] = self._kept[:size]
        self._kept = self._kept[size:]
        return size
