"""Files named by a webhook: a row each, and a task that fetches it at once, because its id soon dies (Meta: media)."""

from collections.abc import Iterable

from django.utils import timezone

from inbox.models import Media, Message
from inbox.whatsapp.wire import MediaRef
from security.writing import Change


def file_of(row: Message, media: MediaRef) -> Media:
    now = timezone.now()
    return Media(
        conversation_id=row.conversation_id,
        message=row,
        key_id=row.key_id,
        kind=media.kind,
        # Without an id Meta could not fetch it either (131052): the thread says so.
        state="fetching" if media.provider_ref else "failed",
        provider_ref=media.provider_ref,
        mime_type=media.mime_type,
        sha256=media.sha256,
        name=media.name,
        due_at=now,
        created_at=now,
    )


def fetch_soon(change: Change, files: Iterable[Media]) -> None:
    """Once the transaction is over; the sweeper finds what a lost task leaves."""
    from inbox.tasks import fetch_media  # tasks import actions

    for file in files:
        if file.state == "fetching":
            change.enqueue(fetch_media, str(file.pk))
