"""What is told of drafts, and how two versions of one come together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inbox.models import Draft, Media
from inbox.shapes import UploadShape
from security.access import Access
from security.encryption.keyring import open_keys

_MOST = 500


@dataclass(frozen=True)
class DraftFileShape:
    upload: UploadShape
    caption: str


@dataclass(frozen=True)
class DraftShape:
    """``place``: ``reply/<conversation>`` or ``note/<contact>``. One that was sent or emptied is told without text and
    files."""

    place: str
    text: str
    reply_to: str | None
    files: list[DraftFileShape]
    revision: int
    changed_at: datetime


def drafts_of(access: Access) -> list[Draft]:
    """The reader's own, the newest first."""
    rows = list(Draft.objects.visible_to(access).order_by("-changed_at")[:_MOST])
    open_keys(row.key_id for row in rows)
    return rows


def draft_shapes(rows: Sequence[Draft]) -> list[DraftShape]:
    """With at most one query for all their files."""
    wanted = {pk for row in rows for pk in row.upload_ids}
    media = Media.objects.for_system("files of one's own drafts").filter(pk__in=wanted, message=None) if wanted else ()
    files = {str(one.pk): one for one in media}
    return [_shape(row, files) for row in rows]


def _shape(row: Draft, files: dict[str, Media]) -> DraftShape:
    captions = row.content.get("captions", {})
    return DraftShape(
        place=row.place,
        text=row.content.get("text", ""),
        reply_to=row.content.get("reply_to"),
        files=[DraftFileShape(_upload(files[pk]), captions.get(pk, "")) for pk in row.upload_ids if pk in files],
        revision=row.revision,
        changed_at=row.changed_at,
    )


def _upload(media: Media) -> UploadShape:
    return UploadShape(
        id=str(media.pk),
        kind=media.kind,
        mime_type=media.mime_type,
        size=media.size or 0,
        name=media.name or "",
        width=media.width,
        height=media.height,
        voice=media.voice,
    )


def together(theirs: str, mine: str) -> str:
    """Both texts, when neither holds the other: nothing that was typed is lost. The newer one's comes first."""
    if theirs.strip() in mine:
        return mine
    if mine.strip() in theirs:
        return theirs
    return f"{mine.rstrip()}\n\n{theirs.lstrip()}"
