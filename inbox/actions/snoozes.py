"""Putting a conversation aside until a time, and taking it back (PM-11)."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.actions.waking import end_snooze, wake_moment
from inbox.errors import NotOpen
from inbox.models import Conversation, InboxPolicy, Snooze
from inbox.policies import can_resolve, refusal_of
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import tell
from security.access import Access
from security.actions.reasons import REASON_MAX
from security.errors import Invalid, require
from security.writing import write


def snooze_conversation(
    *, by: Access, conversation_id: object, until: datetime, reason: str = "", wakes_on_reply: bool = True
) -> Conversation:
    """Out of the open views until then. Of one that is snoozed already the time is changed."""
    _refuse_odd(until, reason)
    with write(by=by) as change:
        conversation = _theirs(by, conversation_id)
        require(conversation.state != "resolved", NotOpen)
        end_snooze(conversation, how="again", by=by)
        Snooze(
            conversation=conversation,
            key_id=conversation.contact.key_id,
            reason=reason.strip(),
            snoozed_by_id=by.user_id,
            snoozed_at=timezone.now(),
            until=until,
            wake_at=wake_moment(conversation, until),
            wakes_on_reply=wakes_on_reply,
        ).save(force_insert=True)
        _move(conversation, "snoozed")
        change.record("conversation.snoozed", conversation, until=until.isoformat(), on_reply=wakes_on_reply)
        tell(change, conversations=[conversation])
    return conversation


def wake_conversation(*, by: Access, conversation_id: object) -> Conversation:
    """Take it back before its time, to where it was. Doing it twice is doing it once."""
    with write(by=by) as change:
        conversation = _theirs(by, conversation_id)
        if conversation.state == "snoozed":
            end_snooze(conversation, how="person", by=by)
            _move(conversation, "open")
            change.record("conversation.woken", conversation, how="person")
            tell(change, conversations=[conversation])
    return conversation


def _move(conversation: Conversation, state: str) -> None:
    conversation.state = state
    conversation.version += 1
    refresh_due([conversation])
    conversation.save(update_fields=["state", "version", *DUE_FIELDS])


def _theirs(by: Access, conversation_id: object) -> Conversation:
    rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
    conversation: Conversation = rows.locked().get_or_404(conversation_id)
    require(can_resolve(by, conversation), refusal_of(by, conversation))
    return conversation


def _refuse_odd(until: datetime, reason: str) -> None:
    longest = InboxPolicy.current().snooze_days
    if until <= timezone.now():
        raise Invalid(field="until", message=_("This time is over already."))
    if until > timezone.now() + timedelta(days=longest):
        raise Invalid(field="until", message=_("At most %(n)s days.") % {"n": longest})
    if len(reason) > REASON_MAX:
        raise Invalid(field="reason", message=_("At most %(n)s characters.") % {"n": REASON_MAX})
