"""What a person's stream tells of their notifications."""

from datetime import datetime

from inbox.models import Notification
from inbox.notification_shapes import NotificationShape, NotificationsReadShape
from inbox.policies import scope_of
from security.encryption.keyring import shared_key
from security.ids import new_id
from security.streams import Event


class NotificationCreated(Event):
    """I am notified of something."""

    kind = "notification.created"
    payload_shape = NotificationShape
    audience = "notification"

    @classmethod
    def of(cls, row: Notification, shape: NotificationShape) -> "NotificationCreated":
        about = scope_of(row.conversation) if row.conversation is not None else {}
        return cls(
            streams=(f"person:{row.to_id}",),
            object_id=str(row.pk),
            payload=shape,
            key_id=row.key_id,
            scope={"user_id": row.to_id, **about},
        )


class NotificationsRead(Event):
    """I read notifications, perhaps in another tab."""

    kind = "notification.read"
    payload_shape = NotificationsReadShape
    audience = "me"

    @classmethod
    def of(cls, user_id: int, *, ids: list[str], until: datetime | None = None) -> "NotificationsRead":
        return cls(
            streams=(f"person:{user_id}",),
            object_id=str(new_id()),  # two readings in one write are two
            payload=NotificationsReadShape(ids=ids, until=until),
            key_id=shared_key(region_id=None, purpose="people"),
            scope={"user_id": user_id},
        )
