"""Files nobody should open: made of a few invented bytes, named so that a careless reader trips."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from inbox.simulator import pictures

# name → (bytes, declared mime type, file name)
File = tuple[bytes, str, str]
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
_HTML = b"<!DOCTYPE html><html><body><script>alert(document.cookie)</script></body></html>"


def _png(width: int, height: int) -> bytes:
    """A small file which claims to be an enormous picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(64))) + chunk(b"IEND", b"")


def _bomb() -> bytes:
    """A few kilobytes which unpack to eight megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", bytes(8 * 1024 * 1024))
    return packed.getvalue()


_FILES: dict[str, Callable[[], File]] = {
    "html_as_jpeg": lambda: (_HTML, "image/jpeg", "photo.jpg"),
    "svg_with_script": lambda: (_SVG, "image/svg+xml", "logo.svg"),
    "gif_and_script": lambda: (b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "image/gif", "both.gif"),
    "picture_and_page": lambda: (pictures.draw("mug", 64) + _HTML, "image/jpeg", "mug.jpg"),
    "program_as_pdf": lambda: (b"MZ" + bytes(200), "application/pdf", "invoice.pdf.exe"),
    "bomb": lambda: (_bomb(), "application/zip", "photos.zip"),
    "huge_pixels": lambda: (_png(60_000, 60_000), "image/png", "wide.png"),
    "broken_picture": lambda: (pictures.draw("mug", 64)[:200], "image/jpeg", "half.jpg"),
    "empty": lambda: (b"", "image/jpeg", "empty.jpg"),
    "path_name": lambda: (b"%PDF-1.4", "application/pdf", "../../../etc/passwd"),
    "windows_name": lambda: (b"%PDF-1.4", "application/pdf", "C:\\Windows\\con.pdf"),
    "reversed_name": lambda: (b"%PDF-1.4", "application/pdf", "photo\u202egpj.exe"),
    "long_name": lambda: (b"%PDF-1.4", "application/pdf", "x" * 300 + ".pdf"),
    "emoji_name": lambda: (b"%PDF-1.4", "application/pdf", "🧾 收據\n.pdf"),
}
NAMES = tuple(_FILES)


def make(name: str) -> File:
    """Raises KeyError for a name there is not."""
    return _FILES[name]()
