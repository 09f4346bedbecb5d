"""Telling of a reply for later that does not leave (PM-11): nobody's word is lost without anybody knowing."""

from inbox.actions.notifications import notify
from inbox.models import Conversation, ScheduledReply
from inbox.notifying import ANSWER, Kind, declare_kinds
from inbox.policies import scope_of, sees_conversation
from inbox.scheduling import STOPPED
from security.access import access_of
from security.models import User
from security.trainees import leaders_of
from security.writing import Change

declare_kinds(
    {"scheduled.asking": Kind(ANSWER), "scheduled.cancelled": Kind(ANSWER, desktop=False, sound=False)}
)  # that one failed is declared with the others


def tell_of_stop(change: Change, conversation: Conversation, row: ScheduledReply) -> None:
    """Tell its author; where they are gone, or do not see the conversation any more, also whoever looks after it now.

    An author without sight hears of it without the conversation: a notification about one they do not see is none. So
    does everybody of one that goes into the bin, where nobody can decide anything.
    """
    kind, about = f"scheduled.{row.state}", {"reason": row.error_code, "scheduled": str(row.pk)}
    if row.error_code == STOPPED:
        notify(change, to=[row.author_id], kind=kind, conversation=None, note="", **about)
        return
    author = User.objects.filter(pk=row.author_id, is_active=True).first()
    if author is not None and sees_conversation(access_of(author), scope_of(conversation)):
        notify(change, to=[author.pk], kind=kind, conversation=conversation, **about)
        return
    notify(change, to=[row.author_id], kind=kind, conversation=None, note="", **about)
    if row.state != "cancelled":  # by its author's own choice: nobody has to decide anything
        heirs = [pk for pk in _heirs(conversation) if pk != row.author_id]
        notify(change, to=heirs, kind=kind, conversation=conversation, colleague=row.author_id, **about)


def _heirs(conversation: Conversation) -> list[int]:
    """Whoever has the conversation; while nobody has it, or nobody who is active, the supervisors of its region."""
    found = User.objects.filter(pk=conversation.assignee_id or 0, is_active=True).values_list("pk", flat=True)
    return list(found) or leaders_of([conversation.region_id])
