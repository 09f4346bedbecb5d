"""Reading one's own notifications."""

from typing import Any

from django.db.models import Q

from inbox.models import Notification, NotificationChoices
from inbox.notification_shapes import UnreadShape
from inbox.notifying import MENTION, kinds
from security.access import Access
from security.cursors import time_and_id
from security.encryption.keyring import open_keys

MOST_COUNTED = 100


def notification_page(
    *, access: Access, mentions: bool, unread: bool, after: list[Any] | None, limit: int
) -> list[Notification]:
    """Newest first, without what is about conversations one does not see any more."""
    rows = Notification.objects.visible_to(access).select_related("conversation__contact")
    if mentions:
        rows = rows.filter(kind__in=_mentions())
    if unread:
        rows = rows.filter(read_at=None)
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk))
    page = list(rows.order_by("-created_at", "-pk")[: limit + 1])
    open_keys(row.key_id for row in page)
    return page


def unread(*, access: Access) -> UnreadShape:
    """Counted no further than ``MOST_COUNTED``."""
    rows = Notification.objects.visible_to(access).filter(read_at=None).order_by()
    kinds_ = list(rows.values_list("kind", flat=True)[:MOST_COUNTED])
    among = set(_mentions())
    mentions = sum(kind in among for kind in kinds_)
    if len(kinds_) == MOST_COUNTED:
        mentions = rows.filter(kind__in=among)[:MOST_COUNTED].count()
    return UnreadShape(unread=len(kinds_), mentions=mentions)


def choices_of(*, access: Access) -> NotificationChoices:
    """One's choices, or the first ones."""
    own = NotificationChoices.objects.filter(person_id=access.user_id).first()
    return own or NotificationChoices(person_id=access.user_id)


def _mentions() -> list[str]:
    return [name for name, kind in kinds().items() if kind.group == MENTION]
