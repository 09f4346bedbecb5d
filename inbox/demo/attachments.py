"""Files of the demo's messages: drawn once each, sealed anew for every contact."""

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from inbox.demo.documents import draw_document
from inbox.demo.pictures import draw_picture, draw_sticker
from inbox.media_store import Picture, look_at, write_file
from inbox.models import Media, Message

_LOST = 3
_FETCHED_WITHIN = timedelta(days=7)  # Meta: media ids of webhooks


@dataclass(frozen=True)
class Attachment:
    """A file before anybody's key has sealed it. ``name`` is a document's own name."""

    content: bytes
    mime_type: str
    sha256: bytes
    name: str | None
    picture: Picture | None


def attachment(file: str) -> Attachment:
    """``teapot:2`` (a picture and its variant), ``sticker:1``, or ``invoice:invoice-IL1234.pdf``."""
    subject, _, rest = file.partition(":")
    if rest.endswith(".pdf"):
        content = draw_document(subject, rest.removesuffix(".pdf"))
        return Attachment(content, "application/pdf", hashlib.sha256(content).digest(), rest, None)
    return _image(subject, int(rest))


@cache
def _image(subject: str, variant: int) -> Attachment:
    content = draw_sticker(variant) if subject == "sticker" else draw_picture(subject, variant)
    mime_type = "image/webp" if subject == "sticker" else "image/jpeg"
    return Attachment(content, mime_type, hashlib.sha256(content).digest(), None, look_at(content, mime_type))


def draw_ahead(files: Iterable[str]) -> None:
    """Draw the pictures among ``files`` on two cores: the drawing library works without Python's lock."""
    wanted = sorted({file for file in files if not file.endswith(".pdf")})
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(attachment, wanted))


def attach_all(files: Sequence[tuple[Message, str]], *, now: datetime, rng: Random) -> list[Media]:
    """The unsaved rows of the messages' files, whose bytes are stored already. A few were never fetched."""
    rows = [_row(message, file, rng) for message, file in files]
    old = [m.pk for m, _ in files if m.direction == "in" and now - m.at > _FETCHED_WITHIN]
    lost = set(rng.sample(old, _LOST))
    for row, (message, file) in zip(rows, files, strict=True):
        if message.pk in lost:
            row.state = "failed"
        else:
            _store(row, attachment(file))
    return rows


def _row(message: Message, file: str, rng: Random) -> Media:
    found = attachment(file)
    return Media(
        conversation_id=message.conversation_id,
        message=message,
        uploaded_by_id=message.author_id,
        key_id=message.key_id,
        kind=message.kind,
        state="ready",
        provider_ref=str(rng.randrange(10**15, 10**16)),
        mime_type=found.mime_type,
        sha256=found.sha256,
        name=found.name,
        attempts=1 if message.direction == "in" else 0,
        created_at=message.created_at,
    )


def _store(media: Media, found: Attachment) -> None:
    media.size = len(found.content)
    media.file = write_file(media, found.content)
    if found.picture is not None:
        media.width, media.height = found.picture.width, found.picture.height
        media.thumbnail = write_file(media, found.picture.thumbnail, part="thumbnail")
