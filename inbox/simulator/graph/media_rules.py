"""Which files Meta takes: mime types, sizes, and whether the bytes are what they claim."""

from __future__ import annotations

import io
from typing import Any

import filetype
from PIL import Image

from inbox.simulator.errors import GraphError
from inbox.simulator.tables import limits

_ODD_COLOURS = {"CMYK", "YCbCr", "LAB", "HSV", "I", "F", "I;16", "I;16B", "I;16L"}
# The same bytes under several names; a container is sniffed as one of its kinds.
_SAME = [
    {"audio/mp4", "video/mp4", "audio/x-m4a", "audio/aac", "video/3gpp", "video/quicktime"},
    {"audio/ogg", "application/ogg", "video/ogg"},
]


def kinds() -> dict[str, Any]:
    return {name: rule for name, rule in limits()["media"]["kinds"].items() if name != "template_gif"}


def base_type(mime_type: str) -> str:
    """Without parameters: `audio/ogg; codecs=opus` is `audio/ogg`."""
    return mime_type.split(";")[0].strip().lower()


def check_upload(data: bytes, mime_type: str) -> str | None:
    """Raise GraphError (100) for what an upload refuses; the problem which a later send will meet, or None."""
    supported = {kind: rule for kind, rule in kinds().items() if base_type(mime_type) in rule["mime"]}
    if not supported:
        every = sorted({mime for rule in kinds().values() for mime in rule["mime"]})
        raise GraphError(
            100, f"Parameter file must be of one of these types: {', '.join(every)}. Received {mime_type}."
        )
    if not data:
        raise GraphError(100, "Parameter file is empty.")
    kind, rule = next(iter(supported.items()))
    most = _most(kind, rule, data)
    if len(data) > most:
        raise GraphError(100, f"The file has {len(data)} bytes; {kind} may have {most}.")
    return _unusable(data, mime_type)


def media_problem(data: bytes, mime_type: str, kind: str) -> str | None:
    """Why bytes cannot be sent as `kind`, or None."""
    rule = kinds()[kind]
    if base_type(mime_type) not in rule["mime"]:
        return f"{mime_type or 'An unknown type'} cannot be sent as {kind}."
    if not data or len(data) > _most(kind, rule, data):
        return f"{len(data)} bytes cannot be sent as {kind}."
    return _unusable(data, mime_type)


def _unusable(data: bytes, mime_type: str) -> str | None:
    """Why these bytes fail when sent, although their type and size are right (Meta: 131053), or None."""
    if not is_what_it_claims(data, mime_type):
        return f"The bytes are not {mime_type}."
    if base_type(mime_type) == "audio/ogg":
        return _ogg_problem(data[:4096])
    return _colour_problem(data) if base_type(mime_type).startswith("image/") else None


def _ogg_problem(head: bytes) -> str | None:
    """Only Opus, only one channel; the tenth byte of an Opus header counts the channels."""
    start = head.find(b"OpusHead")
    if start < 0:
        return "The audio is not Opus."
    channels = head[start + 9 : start + 10]
    return "The audio has more than one channel." if channels > b"\x01" else None


def _colour_problem(data: bytes) -> str | None:
    """8-bit RGB or RGBA; printers' colours and 16 bits are not taken. What cannot be read is left to the phone."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return f"The picture has the colours {picture.mode}." if picture.mode in _ODD_COLOURS else None
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def _most(kind: str, rule: dict[str, Any], data: bytes) -> int:
    if kind != "sticker":
        return int(rule["max_bytes"])
    return int(rule["max_bytes_animated" if is_animated(data) else "max_bytes_static"])


def is_animated(data: bytes) -> bool:
    """A webp with an ANIM chunk."""
    return data[8:12] == b"WEBP" and b"ANIM" in data[:64]


def is_what_it_claims(data: bytes, mime_type: str) -> bool:
    """Compare magic bytes with the declared type. Types without magic bytes pass when nothing else is found."""
    claimed = base_type(mime_type)
    guess = filetype.guess(data[:8192])
    found = guess.mime if guess else None
    if found is None:
        return not claimed.startswith(("image/", "video/")) and claimed not in ("application/pdf", "audio/ogg")
    if found == claimed or any(found in same and claimed in same for same in _SAME):
        return True
    return claimed.startswith("application/") and found in ("application/zip", "application/x-ole-storage", claimed)
