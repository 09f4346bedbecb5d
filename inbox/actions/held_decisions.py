"""A mentor decides on what a trainee wrote (PM-4): it leaves, it leaves with other words, or it does not."""

from inbox.actions.assignments import BY_ANSWERING, give_to, is_fit
from inbox.actions.holding import (
    count,
    opened,
    refuse_own,
    require_waiting,
    reword,
    save_and_tell,
    say,
    settle,
    tell_held,
)
from inbox.actions.replies import enqueue_delivery, note_first_reply, refuse_unless_sendable
from inbox.actions.resolutions import reopen
from inbox.actions.risks import take_by_answering
from inbox.coaching.notices import notify_people
from inbox.crossing import refuse_crossing
from inbox.models import Case, Conversation, HeldReply, InboxPolicy, Message
from inbox.policies import can_reply, refusal_of
from inbox.sla import refresh_due
from inbox.telling import LeftScopes, tell
from security.access import Access
from security.errors import require
from security.writing import Change, write

_WHY = "what was approved is said"


def approve_held(
    *, by: Access, held_id: object, revision: int, text: str | None = None, answers_seen: int | None = None
) -> HeldReply:
    """Let it leave now, in its author's name; with ``text`` in these words.

    All sending rules are asked again: what may not leave any more stays held. ``revision`` is that of what was read.
    ``answers_seen``: how many answers of ours the mentor knew of; refused when a colleague has answered since.
    """
    with write(by=by) as change:
        held, conversation, message = opened(by, held_id)
        refuse_own(by, held)
        require_waiting(held, revision)
        require(can_reply(by, conversation), refusal_of(by, conversation))
        refuse_crossing(by, conversation, answers_seen, author_id=held.trainee_id)
        before = message.content.get("text")
        edited = text is not None and reword(change, held, message, text, deed="reply.edited")
        refuse_unless_sendable(message.kind, conversation, message.content)
        settle(held, "approved", by)
        if edited:
            held.edited, held.before = True, before
            held.save(update_fields=["edited", "before"])
        _let_leave(change, by, held, conversation, message)
        how = "edited" if edited else "approved"
        notify_people(change, to=[held.trainee_id], kind="reply.decided", conversation=conversation, how=how)
    return held


def reject_held(*, by: Access, held_id: object, revision: int, comment: str) -> HeldReply:
    """Nothing is sent; the trainee reads why, and may write it anew."""
    with write(by=by) as change:
        held, conversation, message = opened(by, held_id)
        refuse_own(by, held)
        require_waiting(held, revision)
        say(held, by, comment)
        settle(held, "rejected", by)
        message.status = "rejected"
        count(conversation, -1)
        change.record("reply.rejected", message)
        save_and_tell(change, held, message, conversation)
        notify_people(
            change, to=[held.trainee_id], kind="reply.decided", conversation=conversation, note=comment, how="rejected"
        )
    return held


def _let_leave(change: Change, by: Access, held: HeldReply, conversation: Conversation, message: Message) -> None:
    """From here on it is a queued message like any other. It keeps its place in the thread and its ``client_ref``."""
    message.status, message.created_at = "queued", held.decided_at or held.held_at
    if conversation.state == "resolved":
        reopen(change, by, conversation)
    case = Case.objects.for_system(_WHY).filter(conversation=conversation).order_by("-number").first()
    message.case = case
    message.version += 1
    message.save(update_fields=["status", "content", "case", "created_at", "version"])
    note_first_reply(case, held.decided_at, message.kind)
    _now_said(conversation, message)
    count(conversation, -1)
    left: LeftScopes = take_by_answering(change, by, conversation)
    author = held.trainee_id
    free = conversation.assignee_id is None and InboxPolicy.current().assign_on_reply
    if free and author is not None and is_fit(conversation, author):
        left = give_to(change, by, conversation, author, BY_ANSWERING)
    change.record("reply.approved", message, kind=message.kind, author=author)
    tell(change, conversations=[conversation], left_scopes=left)
    tell_held(change, held, message, conversation)
    enqueue_delivery(change, conversation)


def _now_said(conversation: Conversation, message: Message) -> None:
    """What the customer wrote after it was written still waits for an answer."""
    if conversation.last_message_id is None or message.at >= conversation.said_at:
        conversation.last_message = message
        conversation.last_activity_at = max(message.at, conversation.last_activity_at)
    later = None
    if conversation.last_inbound_at is not None and conversation.last_inbound_at > message.at:
        heard = Message.objects.for_system(_WHY).filter(conversation=conversation, direction="in")
        later = heard.filter(at__gt=message.at).exclude(kind="system").order_by("at").values_list("at", flat=True)
    conversation.waiting_since = later.first() if later is not None else None
    conversation.answer_count += 1
    refresh_due([conversation])
    conversation.save()
