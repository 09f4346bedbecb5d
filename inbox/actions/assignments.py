"""Who looks after a conversation."""

from django.utils import timezone

from inbox.errors import AssigneeUnfit
from inbox.models import Assignment, Conversation
from inbox.policies import can_assign, scope_of, sees_conversation
from inbox.telling import LeftScopes, tell
from security.access import Access, access_of
from security.errors import require
from security.models import User
from security.writing import Change, write


def assign_conversation(*, by: Access, conversation_id: object, to: int | None) -> Conversation:
    """Give a conversation to somebody of its region who may answer, or to nobody."""
    with write(by=by) as change:
        rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
        conversation: Conversation = rows.locked().get_or_404(conversation_id)
        require(can_assign(by, conversation, to))
        if conversation.assignee_id != to:
            if to is not None:
                _require_fit(conversation, to)
            left = give_to(change, by, conversation, to)
            tell(change, conversations=[conversation], left_scopes=left)
    return conversation


def give_to(change: Change, by: Access, conversation: Conversation, to: int | None) -> LeftScopes:
    """End the running assignment and begin the next; the caller holds the lock, has checked, and tells: with what is
    returned, since whoever saw it as theirs may see it no longer (PM-4)."""
    now = timezone.now()
    left = {conversation.pk: scope_of(conversation)}
    running = Assignment.objects.for_system("handing over").filter(conversation=conversation, ended_at=None)
    running.update(ended_at=now)
    if to is not None:
        Assignment.objects.create(conversation=conversation, assignee_id=to, assigned_by_id=by.user_id, assigned_at=now)
    before, conversation.assignee_id = conversation.assignee_id, to
    conversation.version += 1
    conversation.save(update_fields=["assignee", "version"])
    change.record("conversation.assigned", conversation, before=before, after=to)
    return left


def _require_fit(conversation: Conversation, to: int) -> None:
    """They would see it once it is theirs, and may answer."""
    person = User.objects.filter(pk=to, is_active=True).first()
    access = access_of(person) if person else None
    if (
        access is None
        or not access.can("inbox.reply_conversation")
        or not sees_conversation(access, {**scope_of(conversation), "assignee_id": to})
    ):
        raise AssigneeUnfit(field="assignee")
