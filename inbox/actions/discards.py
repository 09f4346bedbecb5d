"""Files nobody will ever look at: attached and never sent, or written for a row that was not committed."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.utils import timezone

from inbox.media_store import delete_file, media_of, stored_names
from inbox.models import InboxPolicy, Media
from security.access import System
from security.ids import made_at
from security.writing import write

logger = logging.getLogger(__name__)
_WHY = "clearing files away"
_BY = System("file retention")
_AT_ONCE = 500
# Beyond both, files without rows are no accident of a crash.
_FEW = 50
_SHARE = 0.05


def discard_unsent_uploads() -> int:
    """Delete what was attached and not sent within its time; returns how many files."""
    with write(by=_BY) as change:
        unsent = Media.objects.for_system(_WHY).filter(message=None, note=None, created_at__lt=_long_ago())
        unsent = unsent.select_related("conversation")
        rows = list(unsent.locked().order_by("id")[:_AT_ONCE])
        for media in rows:
            change.record("file.discarded", media, size=media.size)
        Media.objects.for_system(_WHY).filter(pk__in=[media.pk for media in rows]).delete()
    for media in rows:  # after the commit: a row without its file would be worse than a file without its row
        for name in filter(None, (media.file, media.thumbnail)):
            delete_file(name)
    return len(rows)


def remove_strays() -> int:
    """Delete stored files that no row names: what was written before a crash or a failed commit.

    Those are few. When many files seem to belong to nothing, the folder belongs to another database (a wrong or an
    older one was restored), and deleting them could not be undone.
    """
    looked, strays, old = 0, list[str](), _old_names()
    while names := list(islice(old, _AT_ONCE)):
        looked += len(names)
        strays += _unclaimed(names)
    if len(strays) > max(_FEW, looked * _SHARE):
        logger.error("%s of %s stored files belong to nothing; is this their database? Kept", len(strays), looked)
        return 0
    for name in strays:
        delete_file(name)
    return len(strays)


def _unclaimed(names: list[str]) -> list[str]:
    owners = {name: media_of(name) for name in names}
    rows = Media.objects.for_system(_WHY).filter(pk__in=set(owners.values()))
    claimed: set[str] = set()
    busy: set[UUID] = set()  # a worker may have written the file and not committed yet
    for pk, state, file, thumbnail in rows.values_list("pk", "state", "file", "thumbnail"):
        claimed.update((file, thumbnail))
        busy.update([pk] if state == "fetching" else [])
    return [name for name, owner in owners.items() if name not in claimed and owner not in busy]


def _old_names() -> Iterator[str]:
    """Stored files of media older than any upload or commit may still be under way."""
    for name in stored_names():
        owner = media_of(name)
        if owner is not None and made_at(owner) < _long_ago():
            yield name


def _long_ago() -> datetime:
    return timezone.now() - timedelta(hours=InboxPolicy.current().upload_keep_hours)
