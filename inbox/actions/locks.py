"""Nobody else writes in a conversation while a refund is handled (PM-5). What was queued before leaves all the same: it
was said before, and an answer that stays away would only make the customer ask again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from inbox.actions.notifications import notify
from inbox.errors import Locked, NotLocked
from inbox.models import Conversation, ConversationLock, InboxPolicy
from inbox.policies import is_locked, locked_against
from inbox.telling import tell
from security.access import Access, System
from security.actions.reasons import check_reason
from security.errors import require
from security.writing import Change, write

_WHY = "locks of conversations"


def lock_conversation(*, by: Access, conversation_id: object, reason: str) -> Conversation:
    """Lock it for the policy's minutes; whoever holds it already holds it for that long from now on."""
    check_reason(reason)
    with write(by=by) as change:
        conversation = _seen(by, conversation_id)
        require(by.can("inbox.lock_conversation"))
        require(not locked_against(by, conversation), Locked)
        now = timezone.now()
        until = now + timedelta(minutes=InboxPolicy.current().lock_minutes)
        if is_locked(conversation):
            _running(conversation).update(until=until)
        else:
            _end(conversation, how="due", by=None)  # one that is over and was not swept yet
            ConversationLock(
                conversation=conversation,
                key_id=conversation.contact.key_id,
                reason=reason.strip(),
                locked_by_id=by.user_id,
                locked_at=now,
                until=until,
            ).save(force_insert=True)
        conversation.locked_by_id, conversation.locked_until = by.user_id, until
        _save_and_tell(change, conversation, "conversation.locked", until=until.isoformat())
    return conversation


def unlock_conversation(*, by: Access, conversation_id: object) -> Conversation:
    """Let the others in again. Only whoever locked it; twice is once."""
    with write(by=by) as change:
        conversation = _seen(by, conversation_id)
        require(not locked_against(by, conversation), Locked)
        if is_locked(conversation):
            _end(conversation, how="released", by=by)
            _save_and_tell(change, conversation, "conversation.unlocked")
    return conversation


def break_lock(*, by: Access, conversation_id: object, reason: str) -> Conversation:
    """A supervisor ends somebody else's lock; whoever held it is told by whom and why."""
    check_reason(reason)
    with write(by=by) as change:
        conversation = _seen(by, conversation_id)
        require(by.can("inbox.break_lock"))
        require(is_locked(conversation), NotLocked)
        holder = conversation.locked_by_id
        lock = _running(conversation).get()
        lock.broken_because = reason.strip()
        lock.save(update_fields=["broken_because"])
        _end(conversation, how="broken", by=by)
        _save_and_tell(change, conversation, "conversation.lock_broken", holder=holder)
        if holder is not None and holder != by.user_id:
            notify(change, to=[holder], kind="lock.broken", conversation=conversation, note=reason.strip())
    return conversation


def end_due_locks() -> int:
    """Write down what is over and tell it: the right to write came back by itself. Returns how many ended."""
    due = ConversationLock.objects.for_system(_WHY).filter(ended_at=None, until__lte=timezone.now())
    return sum(_end_due(pk) for pk in list(due.values_list("conversation_id", flat=True)))


def _end_due(conversation_id: UUID) -> bool:
    with write(by=System("locks that are over")) as change:
        rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
        conversation: Conversation = rows.locked().get(pk=conversation_id)
        if is_locked(conversation) or not _end(conversation, how="due", by=None):
            return False
        _save_and_tell(change, conversation, "conversation.lock_ended")
    return True


def _seen(by: Access, conversation_id: object) -> Conversation:
    rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
    found: Conversation = rows.locked().get_or_404(conversation_id)
    return found


def _running(conversation: Conversation) -> Any:
    return ConversationLock.objects.for_system(_WHY).filter(conversation=conversation, ended_at=None)


def _end(conversation: Conversation, *, how: str, by: Access | None) -> bool:
    ended_by = by.user_id if by else None
    conversation.locked_by_id = conversation.locked_until = None
    ended: int = _running(conversation).update(ended_at=timezone.now(), ended_how=how, ended_by_id=ended_by)
    return ended > 0


def _save_and_tell(change: Change, conversation: Conversation, action: str, **details: object) -> None:
    conversation.version += 1
    conversation.save(update_fields=["locked_by", "locked_until", "version"])
    change.record(action, conversation, **details)
    tell(change, conversations=[conversation])
