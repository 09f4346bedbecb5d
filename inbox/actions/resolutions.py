"""A case is done, or it is not after all."""

from django.utils import timezone

from contacts.occurrences import happened, happening
from inbox.actions.handovers import end_handover
from inbox.actions.waking import end_snooze
from inbox.assigning.hints import dispatch_soon
from inbox.models import Case, Conversation, Resolution
from inbox.outside import RESOLVED
from inbox.policies import can_resolve, refusal_of
from inbox.rules.telling import tell_rules_of_end
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import tell
from security.access import Access
from security.errors import require
from security.writing import Change, write


def resolve_conversation(*, by: Access, conversation_id: object) -> Conversation:
    """Close the running case. Doing it twice is doing it once."""
    from inbox.tasks import look_at_progress  # tasks import actions

    with write(by=by) as change:
        conversation = _theirs(by, conversation_id)
        if conversation.state != "resolved":
            end_snooze(conversation, how="resolved", by=by)
            end_handover(change, conversation, how="resolved", by=by)
            # A conversation that began with a reaction has no case yet.
            conversation.case_count = max(conversation.case_count, 1)
            case, _ = Case.objects.for_system("the running case").get_or_create(
                conversation=conversation,
                number=conversation.case_count,
                defaults={"opened_at": conversation.created_at},
            )
            done = Resolution.objects.create(
                conversation=conversation, case=case, resolved_by_id=by.user_id, resolved_at=timezone.now()
            )
            conversation.state = "resolved"
            conversation.waiting_since = None
            _save(change, conversation, "conversation.resolved")
            tell(change, conversations=[conversation])
            dispatch_soon(change, conversation.channel)
            tell_rules_of_end(change, done)
            happened(change, happening(change, RESOLVED, contact=conversation.contact, subject=conversation))
            if by.trainee:
                change.enqueue(look_at_progress, by.user_id)
    return conversation


def reopen_conversation(*, by: Access, conversation_id: object) -> Conversation:
    """Take the resolution back: the case goes on."""
    with write(by=by) as change:
        conversation = _theirs(by, conversation_id)
        if conversation.state == "resolved":
            reopen(change, by, conversation)
            tell(change, conversations=[conversation])
    return conversation


def reopen(change: Change, by: Access, conversation: Conversation) -> None:
    """The same inside another write that holds the lock and tells."""
    standing = Resolution.objects.for_system("reopening").filter(conversation=conversation, reopened_at=None)
    # Only of the running case: earlier ones stay resolved.
    standing.filter(case__number=conversation.case_count).update(reopened_at=timezone.now(), reopened_by_id=by.user_id)
    conversation.state = "open"
    _save(change, conversation, "conversation.reopened")


def _theirs(by: Access, conversation_id: object) -> Conversation:
    rows = Conversation.objects.visible_to(by).select_related("contact", "channel__assignment_rule")
    conversation: Conversation = rows.locked().get_or_404(conversation_id)
    require(can_resolve(by, conversation), refusal_of(by, conversation))
    return conversation


def _save(change: Change, conversation: Conversation, action: str) -> None:
    conversation.version += 1
    refresh_due([conversation])
    conversation.save(update_fields=["state", "waiting_since", "case_count", "version", *DUE_FIELDS])
    change.record(action, conversation, case=conversation.case_count)
