"""Counting how often a canned reply was sent, after it was: nobody's message waits for a counter."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from inbox.models import CannedReply, Message, ReplyUse
from security.access import Access, System
from security.writing import write

_WHY = "counting what was sent"
_BY = System("counting canned replies")


def count_soon(*, by: Access, reply_id: object, message: Message) -> None:
    """Ask for the count; a broker that is away costs one count."""
    from inbox.tasks import count_reply_use  # tasks import actions

    count_reply_use.apply_async(args=(str(reply_id), by.user_id, str(message.pk)), retry=False)


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
