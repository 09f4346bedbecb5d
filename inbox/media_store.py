"""Files of messages through Django's storage, encrypted under the contact's key; names on disk say nothing."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import filetype
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from inbox.models import Media
from security.encryption.keyring import open_key, open_sealed
from security.encryption.sealing import seal

THUMBNAIL_EDGE = 480
LARGEST_PIXELS = 50_000_000  # more is a decompression bomb, not a photo
Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS  # for whatever else opens one in this process
SNIFFED = 8192  # bytes of a file that its type is read from
# The first tag after a byte order mark, blanks, an XML declaration, comments and a document type.
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--.*?-->|<!doctype\s+(?!html)[^>]*>)*"
    rb"<(?:!doctype\s+)?(html|svg|head|body|script|style|iframe|meta|link)\b",
    re.IGNORECASE | re.DOTALL,
)
_ID_LETTERS = 36
_IMAGES = {"image/jpeg", "image/png", "image/webp"}


@dataclass(frozen=True)
class Picture:
    """What was learned by really decoding an image: its size, and a thumbnail made anew (JPEG, or WebP with alpha)."""

    width: int
    height: int
    thumbnail: bytes


def write_file(media: Media, content: bytes, *, part: str = "original") -> str:
    """Seal and store ``content``; returns the storage name."""
    name = f"{str(media.pk)[:2]}/{media.pk}.{part}"
    sealed = seal(open_key(media.key_id), content, place=_place(media, part))
    return str(default_storage.save(name, ContentFile(sealed)))


def read_file(media: Media, name: str, *, part: str = "original") -> bytes:
    """The plain bytes of a stored file; ``FileNotFoundError`` when it is gone."""
    with default_storage.open(name) as file:
        return open_sealed(media.key_id, file.read(), place=_place(media, part))


def delete_file(name: str) -> None:
    default_storage.delete(name)


def stored_names() -> Iterator[str]:
    """The names of all stored files."""
    try:
        folders, _ = default_storage.listdir("")
    except FileNotFoundError:
        return  # nothing was ever stored
    for folder in folders:
        for name in default_storage.listdir(folder)[1]:
            yield f"{folder}/{name}"


def media_of(name: str) -> UUID | None:
    """The id of the media a stored file was written for; ``None`` for a file that is none of ours."""
    try:
        return UUID(name.rpartition("/")[2][:_ID_LETTERS])
    except ValueError:
        return None


def sniff(content: bytes) -> str | None:
    """The MIME type by content, never by name; ``None`` when no known signature fits."""
    kind = filetype.guess(content[:SNIFFED])
    return _markup(content[:SNIFFED]) if kind is None else str(kind.mime)


def _markup(start: bytes) -> str | None:
    """Web pages and SVG, which browsers run: text by their bytes, and never to be taken for harmless text."""
    found = _MARKUP.match(start)
    return None if found is None else "image/svg+xml" if found.group(1).lower() == b"svg" else "text/html"


def look_at(content: bytes, mime_type: str) -> Picture | None:
    """Decode an image and make its thumbnail; ``None`` for anything that is not a sound image of sane size."""
    if mime_type not in _IMAGES:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as image:
            if image.width * image.height > LARGEST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(image)
            width, height = upright.size
            upright.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE))
            return Picture(width, height, _encode(upright))
    except Exception:  # noqa: BLE001  (broken files raise whatever a decoder trips over)
        return None


def _encode(image: Image.Image) -> bytes:
    out = io.BytesIO()
    if image.mode in ("RGBA", "LA", "P"):
        image.convert("RGBA").save(out, "WEBP", quality=80)
    else:
        image.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _place(media: Media, part: str) -> bytes:
    return f"file:{media.pk}:{part}".encode()
