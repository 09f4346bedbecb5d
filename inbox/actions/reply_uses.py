"""Counting how often a canned reply was sent, after it was: nobody's message waits for a counter."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from inbox.actions.replies import send
from inbox.models import CannedReply, Message, ReplyUse
from security.access import Access, System
from security.writing import write

_WHY = "counting what was sent"
_BY = System("counting canned replies")


def send_counted(*, by: Access, reply_id: object, **parts: Any) -> Message:
    """``replies.send`` of what began as a canned reply. A broker that is away costs one count, never the message."""
    from inbox.tasks import count_reply_use  # tasks import actions

    with write(by=by) as change:
        message = send(by=by, **parts)
        if not message.repeated:
            change.enqueue(count_reply_use, str(reply_id), by.user_id, str(message.pk))
    return message


def count_use(*, reply_id: UUID, person_id: int, message_id: UUID) -> None:
    """One more of this person's own row; the same message again is none."""
    with write(by=_BY):
        if not CannedReply.objects.for_system(_WHY).filter(pk=reply_id).exists():
            return
        rows: Any = ReplyUse.objects.for_system(_WHY)
        now = timezone.now()
        use, made = rows.get_or_create(
            reply_id=reply_id, person_id=person_id, defaults={"times": 1, "last_at": now, "last_ref": message_id}
        )
        if not made:
            again = rows.filter(pk=use.pk).exclude(last_ref=message_id)
            again.update(times=F("times") + 1, last_at=now, last_ref=message_id)
