"""Nights delete what is older than its region keeps it, a little at a time (CM-8): see ``inbox.retention``.

Every batch locks its conversations and looks again: whoever sets a hold takes the same locks.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import timezone

from contacts.privacy.erased import blank_key
from inbox.media_store import delete_file
from inbox.models import Amendment, Conversation, InternalNote, Media, Message, RetentionRule, StoredWebhook
from inbox.retention import aging_kinds, old_files, old_messages, old_notes, old_webhooks, old_words, talk_of
from inbox.search.indexing import forget_messages, forget_single_notes
from inbox.telling import tell
from security.access import System
from security.bulk import save_many
from security.encryption.sealed_rows import BLANK, SealedRows
from security.scoping import every_row
from security.writing import write

_WHY = "retention"
_BY = System("retention")
_AT_ONCE = 200  # rows a transaction: on SQLite nobody else writes meanwhile
_BATCHES = 100  # a kind, a region and a run; the next one goes on


def retain() -> int:
    """Delete what is overdue in the regions that want it; returns how many rows. Safe to run twice."""
    deleted = 0
    now = timezone.now()
    rules = RetentionRule.objects.for_system(_WHY).filter(Q(begins_at=None) | Q(begins_at__lte=now), active=True)
    for rule in rules.select_related("region"):
        counts = {
            "messages": _again(partial(_delete_messages, rule)),
            "internal_notes": _again(partial(_delete_notes, rule)),
            "other": sum(_again(partial(_age, kind, rule)) for kind in aging_kinds()),
            "files": _again(partial(_delete_files, rule)),
            "webhooks": _again(partial(_delete_webhooks, rule)),
        }
        if any(counts.values()):
            with write(by=_BY) as change:
                change.record("retention.applied", rule.region, **counts)
        deleted += sum(counts.values())
    return deleted


def _again(delete: Callable[[], int]) -> int:
    done = 0
    for _ in range(_BATCHES):
        some = delete()
        done += some
        if some < _AT_ONCE:
            break
    return done


def _delete_messages(rule: RetentionRule) -> int:
    chosen = _chosen(old_messages(rule))
    with write(by=_BY) as change:
        locked = _lock(chosen.values())
        due = list(old_messages(rule).filter(pk__in=list(chosen)).only("pk", "conversation_id", "provider_ref"))
        ids = [row.pk for row in due]
        files = _names(Media.objects.for_system(_WHY).filter(message__in=ids))
        emptied = [row for row in locked if row.last_message_id in ids]
        forget_messages(rule.region_id, ids)
        refs = [row.provider_ref for row in due if row.provider_ref]
        changed = Amendment.objects.for_system(_WHY).filter(conversation__in=locked, target_ref__in=refs)
        changed.delete()  # what it said before, or since, is as old as itself
        Message.objects.for_system(_WHY).filter(pk__in=ids).delete()
        for row in emptied:
            row.last_message = None
            row.version += 1
            row.save(update_fields=["last_message", "version"])
        tell(change, conversations=[row for row in emptied if row.state != "binned"])
    _remove(files)
    return len(ids)


def _delete_notes(rule: RetentionRule) -> int:
    chosen = _chosen(old_notes(rule))
    with write(by=_BY):
        _lock(chosen.values())
        ids = list(old_notes(rule).filter(pk__in=list(chosen)).values_list("pk", flat=True))
        files = _names(Media.objects.for_system(_WHY).filter(note__in=ids))
        forget_single_notes(rule.region_id, ids)
        InternalNote.objects.for_system(_WHY).filter(pk__in=ids).delete()
    _remove(files)
    return len(ids)


def _delete_files(rule: RetentionRule) -> int:
    chosen = _chosen(old_files(rule))
    with write(by=_BY):
        _lock(chosen.values())
        rows = list(old_files(rule).filter(pk__in=list(chosen)))
        files = [name for row in rows for name in (row.file, row.thumbnail) if name]
        same = Media.objects.for_system(_WHY).filter(pk__in=[row.pk for row in rows])
        same.update(state="failed", file="", thumbnail="")
    _remove(files)
    return len(rows)


def _age(kind: SealedRows, rule: RetentionRule) -> int:
    """What else holds words: such rows are deleted, or stay without them for the figures of reports."""
    chosen = _chosen(old_words(kind, rule), by=talk_of(kind) or kind.owner)
    with write(by=_BY):
        if talk_of(kind):
            _lock(chosen.values())
        rows = list(old_words(kind, rule).filter(pk__in=list(chosen)))
        if kind.aging.how == BLANK:
            for row in rows:
                row.key_id = blank_key(rule.region_id)
                for name in kind.sealed:
                    setattr(row, name, kind.aging.words.get(name))
            save_many(rows, [*kind.sealed, "key_id"])
        else:
            every_row(kind.model, _WHY).filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _delete_webhooks(rule: RetentionRule) -> int:
    with write(by=_BY):
        ids = list(old_webhooks(rule).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
        StoredWebhook.objects.filter(pk__in=ids).delete()
    return len(ids)


def _chosen(rows: Any, *, by: str = "conversation") -> dict[Any, Any]:
    """Some, each with its conversation."""
    return dict(rows.order_by("pk").values_list("pk", f"{by}_id")[:_AT_ONCE])


def _lock(conversation_ids: Iterable[Any]) -> list[Conversation]:
    rows = Conversation.objects.for_system(_WHY).filter(pk__in=set(conversation_ids))
    return list(rows.select_related("contact", "channel").locked().order_by("id"))


def _names(media: Any) -> list[str]:
    return [name for pair in media.values_list("file", "thumbnail") for name in pair if name]


def _remove(files: list[str]) -> None:
    """After the commit: a row without its file would be worse than a file without its row, which is swept up."""
    for name in files:
        delete_file(name)
