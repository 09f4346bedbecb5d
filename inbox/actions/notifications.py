"""Telling single people of what concerns them, and what they do with it (PM-11)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from inbox.models import Conversation, InboxPolicy, Notification, NotificationChoices
from inbox.notification_events import NotificationCreated, NotificationsRead
from inbox.notification_shapes import notification_shapes
from inbox.notifying import Kind, kind_of, kinds
from security.access import Access, System
from security.bulk import insert_many
from security.encryption.keyring import shared_key
from security.errors import Invalid
from security.models import User
from security.writing import Change, write

_WHY = "one's own notifications"
_AT_ONCE = 5000
_VOLUME_MOST = 100
WAYS = ("in_app", "desktop", "sound")


def notify(
    change: Change,
    *,
    to: Iterable[int],
    kind: str,
    conversation: Conversation | None = None,
    note: str = "",
    **data: object,
) -> None:
    """Notify each of ``to`` but whoever does it, and whoever does without this kind, when the write commits.

    ``note``: what somebody wrote; it is sealed. ``data``: ids, codes and counts only. The same few statements for one
    person and for many.
    """
    people = _those_who_want(set(to) - _doers(change), kind_of(kind), kind)
    if not people:
        return
    now = timezone.now()
    key_id = conversation.contact.key_id if conversation is not None else shared_key(region_id=None, purpose="people")
    rows = [
        Notification(
            to_id=person,
            kind=kind,
            conversation=conversation,
            actor_id=change.by.user_id if isinstance(change.by, Access) else None,
            key_id=key_id,
            note=note or None,
            data=data,
            created_at=now,
        )
        for person in people
    ]
    insert_many(rows)
    for row, shape in zip(rows, notification_shapes(rows), strict=True):
        change.announce(NotificationCreated.of(row, shape))


def notify_given(change: Change, given: Mapping[int, Sequence[Conversation]]) -> None:
    """Tell each person what they were given: one conversation by name, several as a number."""
    for person in sorted(given):
        talks = given[person]
        one = talks[0] if len(talks) == 1 else None
        notify(change, to=[person], kind="conversation.assigned", conversation=one, count=len(talks))


def read_notifications(*, by: Access, ids: Sequence[UUID]) -> None:
    """Those of ``ids`` that are one's own and unread."""
    _read(by, {"pk__in": list(ids)})


def read_about(*, by: Access, conversation_id: object) -> None:
    """What one was told of a conversation, since one looks at it."""
    _read(by, {"conversation_id": conversation_id})


def read_all(*, by: Access, until: datetime) -> None:
    """All up to a moment: what came after the reader pressed the button stays unread."""
    with write(by=by) as change:
        rows = Notification.objects.for_system(_WHY).filter(to_id=by.user_id, read_at=None, created_at__lte=until)
        if rows.update(read_at=timezone.now()):
            change.announce(NotificationsRead.of(by.user_id, ids=[], until=until))


def choose_notifications(*, by: Access, choices: Mapping[str, Mapping[str, bool]], volume: int) -> NotificationChoices:
    """How somebody wants to be told of each kind; what is not named is as it is at first."""
    known = kinds()
    for name, wanted in choices.items():
        if name not in known or set(wanted) - set(WAYS) or not all(isinstance(one, bool) for one in wanted.values()):
            raise Invalid(field="choices")
        if not known[name].mutable and not wanted.get("in_app", True):
            raise Invalid(field="choices")
    if not 0 <= volume <= _VOLUME_MOST:
        raise Invalid(field="volume")
    kept = {name: dict(wanted) for name, wanted in choices.items()}
    with write(by=by):
        row, _made = NotificationChoices.objects.update_or_create(
            person_id=by.user_id, defaults={"choices": kept, "volume": volume}
        )
    return row


def forget_notifications() -> int:
    """Delete those that are older than the policy's days; returns how many."""
    oldest = timezone.now() - timedelta(days=InboxPolicy.current().notification_days)
    with write(by=System("retention of notifications")):
        old = Notification.objects.for_system("retention").filter(created_at__lt=oldest)
        gone = list(old.order_by("created_at").values_list("pk", flat=True)[:_AT_ONCE])
        Notification.objects.for_system("retention").filter(pk__in=gone).delete()
    return len(gone)


def _doers(change: Change) -> set[int]:
    return {change.by.user_id} if isinstance(change.by, Access) else set()


def _those_who_want(people: set[int], kind: Kind, name: str) -> list[int]:
    """Whoever is not active is not notified: nobody would read it."""
    if kind.derived:
        raise ValueError(f"{name} is told by the client; nothing is stored of it")
    if not people:
        return []
    active = set(User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))
    if kind.mutable and active:
        without = NotificationChoices.objects.filter(person_id__in=active, **{f"choices__{name}__in_app": False})
        active -= set(without.values_list("person_id", flat=True))
    return sorted(active)


def _read(by: Access, which: dict[str, Any]) -> None:
    with write(by=by) as change:
        rows = Notification.objects.for_system(_WHY).filter(to_id=by.user_id, read_at=None, **which)
        ids = list(rows.values_list("pk", flat=True)[:_AT_ONCE])
        if ids and rows.filter(pk__in=ids).update(read_at=timezone.now()):
            change.announce(NotificationsRead.of(by.user_id, ids=[str(pk) for pk in ids]))
