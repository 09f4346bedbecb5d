"""One thing done to many conversations at once, to be taken back for a while (PM-11)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.notifications import notify
from inbox.actions.payment_marks import mark_payment, unmark_payment
from inbox.actions.priorities import set_priority
from inbox.actions.resolutions import resolve_conversation
from inbox.actions.snoozes import snooze_conversation
from inbox.actions.tagging import put_tag
from inbox.actions.undoing import aspect_of, take_back
from inbox.errors import TooLate, TooManyAtOnce
from inbox.models import BulkDeed, Conversation, InboxPolicy
from security.access import Access
from security.errors import NotFound, Refusal, require
from security.tiers.holding import require_right
from security.writing import Change, write

_WHY = "one of many, which its own action opens for whoever asks"


def change_many(*, by: Access, client_ref: str, deed: str, ids: Sequence[UUID], values: dict[str, Any]) -> BulkDeed:
    """Do ``deed`` to each, as far as ``by`` may; what is refused stays as it is and says why.

    A repeated ``client_ref`` returns what was done the first time.
    """
    require_right(by, "inbox.bulk_conversation")
    most = InboxPolicy.current().bulk_most
    wanted = sorted(set(ids))  # locked in this order, as everywhere
    if len(wanted) > most:
        raise TooManyAtOnce(field="ids", remedy=TooManyAtOnce.counted % {"n": most})
    with write(by=by) as change:
        done = BulkDeed.objects.visible_to(by).filter(client_ref=client_ref).first()
        if done is not None:
            return done
        row = BulkDeed(done_by_id=by.user_id, client_ref=client_ref, deed=deed, done_at=timezone.now())
        row.items = [_one(by, pk, deed, values) for pk in wanted]
        row.save(force_insert=True)
        change.record("conversations.changed", row, deed=deed, count=sum(item["code"] is None for item in row.items))
        _notify(change, row, values)
    return row


def undo_many(*, by: Access, deed_id: object) -> BulkDeed:
    """Take it back in every conversation that is still as it left it; the others say that they are not."""
    with write(by=by) as change:
        row: BulkDeed = BulkDeed.objects.visible_to(by).locked().get_or_404(deed_id)
        latest = row.done_at + timedelta(seconds=InboxPolicy.current().bulk_undo_seconds)
        if row.undone_at is not None:
            return row
        require(timezone.now() <= latest, TooLate)
        for item in row.items:
            if item["code"] is None:
                item["undo"] = _taken_back(by, row.deed, item)
        row.undone_at = timezone.now()
        row.save(update_fields=["items", "undone_at"])
        change.record("conversations.taken_back", row, deed=row.deed)
    return row


def forget_bulk_deeds() -> int:
    """Nobody takes them back any more."""
    oldest = timezone.now() - timedelta(seconds=InboxPolicy.current().bulk_undo_seconds) - timedelta(hours=1)
    deleted: int = BulkDeed.objects.for_system("nobody takes it back").filter(done_at__lt=oldest).delete()[0]
    return deleted


def _one(by: Access, pk: UUID, deed: str, values: dict[str, Any]) -> dict[str, Any]:
    try:
        with write(by=by):
            rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
            before = aspect_of(rows.locked().get_or_404(pk), deed, values)
            after = _DEEDS[deed](by, pk, values)
    except Refusal as refusal:
        return {"id": str(pk), "code": refusal.code, "before": None, "after": None}
    return {"id": str(pk), "code": None, "before": before, "after": aspect_of(after, deed, values)}


def _taken_back(by: Access, deed: str, item: dict[str, Any]) -> str | None:
    """What it was refused with, if it was."""
    try:
        with write(by=by) as change:
            rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
            take_back(change, by, rows.locked().get(pk=item["id"]), deed, item)
    except (Refusal, Conversation.DoesNotExist) as refused:
        return refused.code if isinstance(refused, Refusal) else NotFound.code
    return None


def _payment(by: Access, pk: UUID, values: dict[str, Any]) -> Conversation:
    return (mark_payment if values["payment"] else unmark_payment)(by=by, conversation_id=pk)


def _assign(by: Access, pk: UUID, to: int | None) -> Conversation:
    return assign_conversation(by=by, conversation_id=pk, to=to, among_many=True)


def _notify(change: Change, row: BulkDeed, values: dict[str, Any]) -> None:
    """Whoever was given many hears of it once."""
    done = sum(item["code"] is None for item in row.items)
    if row.deed == "assign" and values["assignee"] is not None and done:
        notify(change, to=[values["assignee"]], kind="conversation.assigned", count=done)


_DEEDS: dict[str, Callable[[Access, UUID, dict[str, Any]], Conversation]] = {
    "assign": lambda by, pk, values: _assign(by, pk, values["assignee"]),
    "resolve": lambda by, pk, values: resolve_conversation(by=by, conversation_id=pk),
    "snooze": lambda by, pk, values: snooze_conversation(by=by, conversation_id=pk, until=values["until"]),
    "priority": lambda by, pk, values: set_priority(by=by, conversation_id=pk, priority=values["priority"]),
    "payment": _payment,
    "tag": lambda by, pk, values: put_tag(by, pk, values["tag"], there=True),
    "untag": lambda by, pk, values: put_tag(by, pk, values["tag"], there=False),
}
