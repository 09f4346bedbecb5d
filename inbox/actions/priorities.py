"""How much a conversation presses (PM-11)."""

from inbox.actions.opening import conversations_for, require_may
from inbox.models import Conversation
from inbox.models.conversation import PRIORITIES
from inbox.policies import can_reply
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import tell
from security.access import Actor
from security.errors import Invalid
from security.writing import write


def set_priority(*, by: Actor, conversation_id: object, priority: str) -> Conversation:
    """``priority``: urgent, high, normal or low."""
    if priority not in PRIORITIES:
        raise Invalid(field="priority")
    with write(by=by) as change:
        rows = conversations_for(by).select_related("contact", "channel")
        conversation: Conversation = rows.locked().get_or_404(conversation_id)
        require_may(by, conversation, lambda person: can_reply(person, conversation))
        before, conversation.priority = conversation.priority, PRIORITIES[priority]
        if conversation.priority != before:
            conversation.version += 1
            refresh_due([conversation])
            conversation.save(update_fields=["priority", "version", *DUE_FIELDS])
            change.record("conversation.priority_set", conversation, before=before, after=conversation.priority)
            tell(change, conversations=[conversation])
    return conversation
