"""What canned replies and macros share: whose they are, how many there may be, deleting and restoring them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from inbox.errors import TooManyPrepared
from inbox.events import PreparedChanged
from inbox.models import CannedReply, InboxPolicy, Macro
from inbox.policies import can_edit_prepared
from security.access import Access, System
from security.errors import NotFound, require
from security.writing import Change, write

_WHY = "keeping prepared texts"
_BY = System("prepared texts")


@dataclass(frozen=True)
class Place:
    """Whose: ``owner_id``'s, or with ``None`` everybody's of the region."""

    region_id: int
    owner_id: int | None


def place_of(by: Access, region_id: int | None) -> Place:
    """One's own place, or that of a region, which takes the right to share."""
    if region_id is None:
        return Place(min(by.region_ids), by.user_id)
    require(region_id in by.region_ids, NotFound)
    require(by.can("inbox.share_reply"))
    return Place(region_id, None)


def refuse_too_many(model: Any, place: Place) -> None:
    rows = model.objects.for_system(_WHY).filter(deleted_at=None)
    beside = rows.filter(owner_id=place.owner_id) if place.owner_id else rows.filter(owner=None, region=place.region_id)
    require(beside.count() < InboxPolicy.current().prepared_most, TooManyPrepared)


def require_editable(by: Access, row: CannedReply | Macro) -> None:
    require(by.can("inbox.reply_conversation") and can_edit_prepared(by, row))


def thrown_away(change: Change, by: Access, row: CannedReply | Macro, what: str) -> None:
    require_editable(by, row)
    row.deleted_at = timezone.now()
    row.save(update_fields=["deleted_at"])
    tell_prepared(change, row, what)


def restored(change: Change, by: Access, model: Any, pk: object, what: str) -> Any:
    """The row, living again and not saved yet; deleted ones are found by whoever may edit them only."""
    rows = model.objects.for_system(_WHY).filter(region_id__in=by.region_ids)
    row = rows.locked().get_or_404(pk)
    require(row.owner_id in (None, by.user_id), NotFound)
    require_editable(by, row)
    row.deleted_at = None
    tell_prepared(change, row, what)
    return row


def tell_prepared(change: Change, row: CannedReply | Macro, what: str, *, before: dict[str, Any] | None = None) -> None:
    change.announce(PreparedChanged.of(row, what, before=before))


def forget_deleted() -> int:
    """Those nobody restored in time go for good."""
    oldest = timezone.now() - timedelta(days=InboxPolicy.current().prepared_kept_days)
    gone = 0
    with write(by=_BY) as change:
        for model, action in ((CannedReply, "canned_reply.purged"), (Macro, "macro.purged")):
            rows = list(model.objects.for_system(_WHY).filter(deleted_at__lt=oldest).order_by("pk")[:500])
            for row in rows:
                change.record(action, row)
                row.delete()
            gone += len(rows)
    return gone
