"""What a region keeps for a time only (CM-8): messages, files, raw webhooks. Nights delete it, a little at a time.

Old rows are found by their primary keys, which tell when they were made: no index beside those is needed. What belongs
to a contact under a legal hold stays, and so does what waits to leave.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from inbox.holds import not_held
from inbox.media_store import delete_file
from inbox.models import Conversation, InboxPolicy, InternalNote, Media, Message, RetentionRule, StoredWebhook
from inbox.search.indexing import forget_messages, forget_single_notes
from inbox.telling import tell
from security.access import Access, System
from security.errors import Invalid, NotAllowed, NotFound, require
from security.ids import first_id_at
from security.models import Region
from security.writing import write

_WHY = "retention"
_BY = System("retention")
_AT_ONCE = 200  # rows a transaction: on SQLite nobody else writes meanwhile
_BATCHES = 100  # a kind, a region and a run; the next one goes on
_LEAVING = ("queued", "sending", "held", "unconfirmed")


@dataclass(frozen=True)
class Overdue:
    """What the next nights would delete, and what is older than which moment; ``None``: it is kept."""

    messages: int
    contacts: int
    files: int
    webhooks: int
    messages_before: datetime | None
    files_before: datetime | None
    webhooks_before: datetime | None


def set_retention(
    *,
    by: Access,
    region_id: int,
    message_days: int | None,
    file_days: int | None,
    webhook_days: int | None,
    active: bool,
) -> RetentionRule:
    """How long a region keeps what; ``None``: for ever (raw webhooks: as the inbox policy says)."""
    require(by.level == "admin", NotAllowed)
    if message_days is not None and file_days is not None and file_days > message_days:
        raise Invalid(field="file_days")
    with write(by=by) as change:
        region = Region.objects.select_for_update().filter(pk=region_id).first()
        if region is None or region.pk not in by.region_ids:
            raise NotFound
        rows = RetentionRule.objects.for_system(_WHY)
        rule = rows.filter(region=region).first() or RetentionRule(region=region)
        wanted = {"message_days": message_days, "file_days": file_days, "webhook_days": webhook_days, "active": active}
        told = {name: [getattr(rule, name), value] for name, value in wanted.items() if getattr(rule, name) != value}
        for name, value in wanted.items():
            setattr(rule, name, value)
        rule.save()
        change.record("retention.set", region, **told)
    return rule


def overdue(rule: RetentionRule) -> Overdue:
    """The dry run: the same rows that ``retain`` would delete."""
    moments = _moments(rule)
    messages = _messages(rule, moments[0])
    return Overdue(
        messages=messages.count(),
        contacts=messages.values("conversation__contact_id").distinct().count(),
        files=_files(rule, moments[1]).count(),
        webhooks=_webhooks(rule, moments[2]).count(),
        messages_before=moments[0],
        files_before=moments[1],
        webhooks_before=moments[2],
    )


def retain() -> int:
    """Delete what is overdue in the regions that want it; returns how many rows. Safe to run twice."""
    deleted = 0
    for rule in RetentionRule.objects.for_system(_WHY).filter(active=True).select_related("region"):
        counts = {
            "messages": _again(_delete_messages, rule),
            "internal_notes": _again(_delete_notes, rule),
            "files": _again(_delete_files, rule),
            "webhooks": _again(_delete_webhooks, rule),
        }
        if any(counts.values()):
            with write(by=_BY) as change:
                change.record("retention.applied", rule.region, **counts)
        deleted += sum(counts.values())
    return deleted


def _again(delete: Callable[[RetentionRule], int], rule: RetentionRule) -> int:
    done = 0
    for _ in range(_BATCHES):
        some = delete(rule)
        done += some
        if some < _AT_ONCE:
            break
    return done


def _delete_messages(rule: RetentionRule) -> int:
    before = _moments(rule)[0]
    chosen = dict(_messages(rule, before).order_by("pk").values_list("pk", "conversation_id")[:_AT_ONCE])
    with write(by=_BY) as change:
        threads = Conversation.objects.for_system(_WHY).filter(pk__in=set(chosen.values()))
        locked = {row.pk: row for row in threads.select_related("contact", "channel").locked().order_by("id")}
        due = _messages(rule, before).filter(pk__in=list(chosen))  # a hold may have come meanwhile
        ids = list(due.values_list("pk", flat=True))
        files = _names(Media.objects.for_system(_WHY).filter(message__in=ids))
        emptied = [row for row in locked.values() if row.last_message_id in ids]
        forget_messages(rule.region_id, ids)
        Message.objects.for_system(_WHY).filter(pk__in=ids).delete()
        for row in emptied:
            row.last_message = None
            row.version += 1
            row.save(update_fields=["last_message", "version"])
        tell(change, conversations=[row for row in emptied if row.state != "binned"])
    _remove(files)
    return len(ids)


def _delete_notes(rule: RetentionRule) -> int:
    before = _moments(rule)[0]
    with write(by=_BY):
        rows = _old(InternalNote.objects.for_system(_WHY), rule, before).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:_AT_ONCE])
        files = _names(Media.objects.for_system(_WHY).filter(note__in=ids))
        forget_single_notes(rule.region_id, ids)
        InternalNote.objects.for_system(_WHY).filter(pk__in=ids).delete()
    _remove(files)
    return len(ids)


def _delete_files(rule: RetentionRule) -> int:
    before = _moments(rule)[1]
    with write(by=_BY):
        rows = list(_files(rule, before).order_by("pk")[:_AT_ONCE])
        files = [name for row in rows for name in (row.file, row.thumbnail) if name]
        same = Media.objects.for_system(_WHY).filter(pk__in=[row.pk for row in rows])
        same.update(state="failed", file="", thumbnail="")
    _remove(files)
    return len(rows)


def _delete_webhooks(rule: RetentionRule) -> int:
    with write(by=_BY):
        ids = list(_webhooks(rule, _moments(rule)[2]).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
        StoredWebhook.objects.filter(pk__in=ids).delete()
    return len(ids)


def _moments(rule: RetentionRule) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Before which messages, files and webhooks are too old. A raw webhook holds what its messages said, so it is not
    kept longer than those."""
    files = [days for days in (rule.file_days, rule.message_days) if days is not None]
    hooks = [rule.webhook_days or InboxPolicy.current().webhook_retention_days, rule.message_days or 36_500]
    return _ago(rule.message_days), _ago(min(files, default=None)), _ago(min(hooks))


def _ago(days: int | None) -> datetime | None:
    return None if days is None else timezone.now() - timedelta(days=days)


def _messages(rule: RetentionRule, before: datetime | None) -> Any:
    rows = _old(Message.objects.for_system(_WHY), rule, before)
    return rows.filter(at__lt=before).exclude(status__in=_LEAVING) if before is not None else rows


def _files(rule: RetentionRule, before: datetime | None) -> Any:
    rows = _old(Media.objects.for_system(_WHY), rule, before).filter(state="ready").exclude(file="")
    return rows.filter(~Q(message=None, note=None)).exclude(message__status__in=_LEAVING)


def _webhooks(rule: RetentionRule, before: datetime | None) -> Any:
    rows = StoredWebhook.objects.filter(channel__region_id=rule.region_id, state="applied")
    return rows.none() if before is None else rows.filter(pk__lt=first_id_at(before))


def _old(rows: Any, rule: RetentionRule, before: datetime | None) -> Any:
    if before is None:
        return rows.none()
    mine = rows.filter(not_held(of="conversation__"), conversation__region_id=rule.region_id)
    return mine.filter(pk__lt=first_id_at(before))


def _names(media: Any) -> list[str]:
    return [name for pair in media.values_list("file", "thumbnail") for name in pair if name]


def _remove(files: list[str]) -> None:
    """After the commit: a row without its file would be worse than a file without its row, which is swept up."""
    for name in files:
        delete_file(name)
