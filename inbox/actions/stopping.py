"""What waits to leave a conversation that goes into the bin does not leave (PM-9). A trainee's held reply goes on
waiting: it leaves by nothing but a mentor's word, and nobody can give that in the bin."""

from django.db.models import F
from django.utils import timezone

from inbox.actions.scheduled_news import tell_of_stop
from inbox.models import Conversation, Deletion, Message, ScheduledReply
from inbox.scheduling import STOPPED, tell_scheduled
from security.writing import Change

_WHY = "what waits to leave"


def stop_queued(conversation: Conversation) -> list[Message]:
    """The messages that fail for it; what a worker is just sending cannot be called back, and is stopped as soon as
    it turns out that it has not left. The caller holds the conversation's lock and tells."""
    queued = Message.objects.for_system(_WHY).locked().filter(conversation=conversation, status="queued")
    rows = list(queued.order_by("id"))
    for row in rows:
        row.conversation = conversation
        _fail(row)
        row.version += 1
        row.save(update_fields=["status", "error_code", "failed_at", "due_at", "version"])
    return rows


def stop_late(row: Message) -> None:
    """It was on its way when the conversation went into the bin, and did not leave after all: no less stopped than what
    waited, and counted with it. The caller holds the conversation's lock, saves and tells."""
    _fail(row)
    kept = Deletion.objects.for_system(_WHY).filter(conversation=row.conversation, state="binned")
    kept.update(stopped=F("stopped") + 1)


def _fail(row: Message) -> None:
    row.status, row.error_code, row.failed_at, row.due_at = "failed", STOPPED, timezone.now(), None


def stop_scheduled(change: Change, conversation: Conversation) -> int:
    """How many replies for later fail with it. They never leave by themselves: restored, they wait for their author's
    word like all that failed. The caller sets the conversation's state afterwards."""
    waiting = ScheduledReply.objects.for_system(_WHY).locked().filter(conversation=conversation, state="waiting")
    rows = list(waiting.order_by("id"))
    for row in rows:
        row.state, row.error_code = "failed", STOPPED
        row.version += 1
        row.save(update_fields=["state", "error_code", "version"])
        tell_of_stop(change, conversation, row)
        tell_scheduled(change, conversation, row)
    return len(rows)
