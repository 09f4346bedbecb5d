"""A ZIP file that is sealed while it is written: nothing of it is ever on the disk in plain.

In memory are one file at a time and all that is told in words: ``contact.json`` and a page in each language.

On disk: pieces, each a length in four bytes and so many sealed bytes (``export:<id>:<number>``).
"""

import io
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any, BinaryIO, cast
from uuid import UUID

from django.core.files.storage import default_storage

from security.encryption.sealing import seal, unseal

_PIECE = 1_000_000  # bytes of ZIP that are sealed together
_LENGTH = struct.Struct(">I")
_NAME_MAX = 80
_UNSAFE = set('/\\:*?"<>|')


class SealingWriter(io.RawIOBase):
    """What ``zipfile`` writes into; it cannot seek, so sizes stand behind each file."""

    def __init__(self, out: IO[bytes], key: bytes, export_id: UUID) -> None:
        self._out, self._key, self._id = out, key, export_id
        self._kept = bytearray()
        self._pieces = 0
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._kept += data
        self.size += len(data)
        while len(self._kept) >= _PIECE:
            self._seal(bytes(self._kept[:_PIECE]))
            del self._kept[:_PIECE]
        return len(data)

    def finish(self) -> None:
        self._seal(bytes(self._kept))
        self._kept.clear()

    def _seal(self, piece: bytes) -> None:
        sealed = seal(self._key, piece, place=_place(self._id, self._pieces))
        self._out.write(_LENGTH.pack(len(sealed)) + sealed)
        self._pieces += 1


class ZipArchive:
    """``told`` is called with how many counted things are in it, now and then."""

    def __init__(self, writer: SealingWriter, told: Callable[[int], None]) -> None:
        self._zip = zipfile.ZipFile(cast("IO[bytes]", writer), "w", zipfile.ZIP_DEFLATED)
        self._told = told
        self._names: set[str] = set()
        self._count = 0

    def add_file(self, name: str, content: bytes) -> str:
        free = self._free_name(safe_name(name))
        stored = zipfile.ZIP_STORED if len(content) > _PIECE else zipfile.ZIP_DEFLATED  # media are packed already
        self._zip.writestr(f"files/{free}", content, compress_type=stored)
        self._told(self._count)
        return f"files/{free}"

    def add_page(self, name: str, content: str | bytes) -> None:
        self._zip.writestr(name, content)

    def advance(self, count: int) -> None:
        self._count += count
        self._told(self._count)

    def close(self) -> None:
        self._zip.close()

    def _free_name(self, name: str) -> str:
        stem, dot, kind = name.rpartition(".")
        base, tail = (stem, dot + kind) if stem else (name, "")
        free, number = name, 1
        while free.casefold() in self._names:
            number += 1
            free = f"{base}-{number}{tail}"
        self._names.add(free.casefold())
        return free


def safe_name(name: str) -> str:
    """A name that leads nowhere: no folders, no control characters, not hidden, not too long."""
    kept = "".join("_" if c in _UNSAFE or unicodedata.category(c)[0] == "C" else c for c in name).strip(" .")
    stem, dot, kind = kept.rpartition(".")
    if stem and len(kind) <= 8:
        return f"{stem[:_NAME_MAX]}{dot}{kind}"
    return kept[:_NAME_MAX] or "file"


def unsealed(name: str, key: bytes, export_id: UUID) -> Iterator[bytes]:
    """The plain pieces of a stored export; ``FileNotFoundError`` when it is gone."""
    with default_storage.open(name) as stored:
        file, number = cast("BinaryIO", stored), 0
        while head := file.read(_LENGTH.size):
            (length,) = _LENGTH.unpack(head)
            yield unseal(key, file.read(length), place=_place(export_id, number))
            number += 1


def _place(export_id: UUID, number: int) -> bytes:
    return f"export:{export_id}:{number}".encode()
