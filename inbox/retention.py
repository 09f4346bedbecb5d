"""What is older than its region keeps it (CM-8): found by primary keys, which tell when rows were made, so that no
index beside those is needed. What is on hold stays, and so does what waits to leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from contacts.privacy.erased import blank_key
from inbox.holds import held_deletions, not_held
from inbox.models import InboxPolicy, InternalNote, Media, Message, RetentionRule, StoredWebhook
from security.encryption.sealed_rows import BLANK, DELETE, SealedRows, sealed_rows
from security.ids import first_id_at
from security.scoping import every_row

_WHY = "retention"
_LEAVING = ("queued", "sending", "held", "unconfirmed")
_TALK = "conversation__contact"


@dataclass(frozen=True)
class Moments:
    """Before which what is too old; ``None``: it is kept."""

    messages: datetime | None
    files: datetime | None
    webhooks: datetime | None


@dataclass(frozen=True)
class Overdue:
    """What the next nights would delete. ``words``: rows that hold words besides messages and notes, by kind."""

    messages: int
    contacts: int
    internal_notes: int
    words: dict[str, int]
    files: int
    webhooks: int
    before: Moments

    @property
    def rows(self) -> int:
        return self.messages + self.internal_notes + sum(self.words.values()) + self.files + self.webhooks


def overdue(rule: RetentionRule) -> Overdue:
    """The dry run: the same rows that ``actions.retention`` would delete or empty."""
    before = moments_of(rule)
    messages = old_messages(rule)
    return Overdue(
        messages=messages.count(),
        contacts=messages.values("conversation__contact_id").distinct().count(),
        internal_notes=old_notes(rule).count(),
        words=_counted(rule),
        files=old_files(rule).count(),
        webhooks=old_webhooks(rule).count(),
        before=before,
    )


def moments_of(rule: RetentionRule) -> Moments:
    """A raw webhook holds what its messages said, so it is not kept longer than those."""
    files = [days for days in (rule.file_days, rule.message_days) if days is not None]
    hooks = [rule.webhook_days or InboxPolicy.current().webhook_retention_days, rule.message_days or 36_500]
    return Moments(_ago(rule.message_days), _ago(min(files, default=None)), _ago(min(hooks)))


def aging_kinds() -> Iterator[SealedRows]:
    """Every other kind of row that holds words of a contact and does not keep them for ever."""
    yield from (kind for kind in sealed_rows("contact") if kind.aging.how in (DELETE, BLANK))


def old_messages(rule: RetentionRule) -> Any:
    before = moments_of(rule).messages
    rows = _old(Message.objects.for_system(_WHY), rule, before)
    return rows.filter(at__lt=before).exclude(status__in=_LEAVING) if before is not None else rows


def old_notes(rule: RetentionRule) -> Any:
    return _old(InternalNote.objects.for_system(_WHY), rule, moments_of(rule).messages)


def old_files(rule: RetentionRule) -> Any:
    rows = _old(Media.objects.for_system(_WHY), rule, moments_of(rule).files).filter(state="ready").exclude(file="")
    return rows.filter(~Q(message=None, note=None)).exclude(message__status__in=_LEAVING)


def old_webhooks(rule: RetentionRule) -> Any:
    before = moments_of(rule).webhooks
    rows = StoredWebhook.objects.filter(channel__region_id=rule.region_id, state="applied")
    return rows.none() if before is None else rows.filter(pk__lt=first_id_at(before))


def old_words(kind: SealedRows, rule: RetentionRule) -> Any:
    """Of one of ``aging_kinds``; as old as messages may get."""
    before, rows = moments_of(rule).messages, every_row(kind.model, _WHY)
    if before is None:
        return rows.none()
    of = kind.owner
    rows = rows.filter(kind.aging.over, **{f"{of}__region_id": rule.region_id, f"{of}__held_at": None})
    rows = rows.filter(pk__lt=first_id_at(before))
    if kind.aging.at:
        rows = rows.filter(**{f"{kind.aging.at}__lt": before})
    if of.endswith(_TALK):
        rows = rows.exclude(**{f"{talk_of(kind)}__in": held_deletions().values("conversation_id")})
    return rows.exclude(key_id=blank_key(rule.region_id)) if kind.aging.how == BLANK else rows


def talk_of(kind: SealedRows) -> str:
    """The path to the conversation of its rows; empty where they belong to none."""
    return kind.owner.removesuffix("__contact") if kind.owner.endswith(_TALK) else ""


def _counted(rule: RetentionRule) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in aging_kinds():
        label = kind.model._meta.label_lower
        found[label] = found.get(label, 0) + old_words(kind, rule).count()
    return {label: count for label, count in found.items() if count}


def _ago(days: int | None) -> datetime | None:
    return None if days is None else timezone.now() - timedelta(days=days)


def _old(rows: Any, rule: RetentionRule, before: datetime | None) -> Any:
    if before is None:
        return rows.none()
    mine = rows.filter(not_held(of="conversation__"), conversation__region_id=rule.region_id)
    return mine.filter(pk__lt=first_id_at(before))
