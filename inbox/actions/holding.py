"""What a trainee writes waits for a mentor (PM-4): put aside, changed or taken back by its author, spoken about."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.coaching.errors import DecidedMeanwhile, NoTextToEdit, RevisedMeanwhile
from inbox.coaching.events import HeldChanged
from inbox.coaching.notices import mentors_of, notify_people
from inbox.coaching.policies import may_mentor
from inbox.content import EDITABLE
from inbox.fitting import fitted
from inbox.models import Conversation, HeldComment, HeldReply, Message
from inbox.search.indexing import reindex_message
from inbox.telling import tell
from security.access import Access, Actor
from security.errors import Invalid, Missing, NotAllowed, require
from security.models import Traineeship
from security.names import names_of
from security.writing import Change, write

_WHY = "replies that wait for a mentor"
_COMMENT_MAX = 2000


def put_aside(change: Change, by: Access, conversation: Conversation, message: Message) -> Message:
    """``message`` is stored with the status ``held``; the caller holds the conversation's lock. Neither the list nor
    the promises to the customer move: nothing was said yet."""
    traineeship = Traineeship.objects.filter(user_id=by.user_id, ended_at=None).first()
    held = HeldReply(
        message=message,
        conversation=conversation,
        traineeship=traineeship,
        trainee_id=by.user_id,
        key_id=message.key_id,
        held_at=message.created_at,
        answers_seen=conversation.answer_count,
    )
    held.save(force_insert=True)
    count(conversation, 1)
    tell_held(change, held, message, conversation)
    notify_people(change, to=mentors_of(held), kind="reply.held", conversation=conversation, message=str(message.pk))
    return message


def revise_held(*, by: Access, held_id: object, revision: int, text: str) -> HeldReply:
    """Its author writes it anew; it waits on."""
    with write(by=by) as change:
        held, conversation, message = opened(by, held_id)
        require(held.trainee_id == by.user_id)
        require_waiting(held, revision)
        reword(change, held, message, text, deed="reply.revised")
        held.revision += 1
        held.answers_seen = conversation.answer_count  # they have read what was said since
        held.save(update_fields=["revision", "answers_seen"])
        save_and_tell(change, held, message, conversation)
    return held


def withdraw_held(*, by: Access, held_id: object) -> HeldReply:
    """Its author takes it back: it is never sent, and stays readable in the thread. Twice is once."""
    with write(by=by) as change:
        held, conversation, message = opened(by, held_id)
        require(held.trainee_id == by.user_id)
        if held.state != "withdrawn":
            settle(held, "withdrawn", by)
            message.status = "withdrawn"
            count(conversation, -1)
            change.record("reply.withdrawn", message)
            save_and_tell(change, held, message, conversation)
    return held


def comment_held(*, by: Access, held_id: object, text: str) -> HeldReply:
    """A word without deciding: the mentors to the trainee, or the trainee back."""
    with write(by=by) as change:
        held, conversation, message = opened(by, held_id)
        mine = held.trainee_id == by.user_id
        require(mine or may_mentor(by, held.trainee_id))
        say(held, by, text)
        change.record("reply.commented", message)
        change.announce(HeldChanged.of(held))
        to = mentors_of(held) if mine else [held.trainee_id]
        notify_people(change, to=to, kind="reply.commented", conversation=conversation, note=text.strip())
    return held


def opened(by: Access, held_id: object) -> tuple[HeldReply, Conversation, Message]:
    """What ``by`` sees of it, locked in the order of every write: conversation, message, then the held reply."""
    seen = HeldReply.objects.visible_to(by).get_or_404(held_id)
    rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
    conversation: Conversation = rows.locked().get_or_404(seen.conversation_id)
    message: Message = Message.objects.for_system(_WHY).locked().get(pk=seen.message_id)
    held: HeldReply = HeldReply.objects.for_system(_WHY).locked().get(pk=seen.pk)
    message.conversation = held.conversation = conversation
    held.message = message
    return held, conversation, message


def require_waiting(held: HeldReply, revision: int | None = None) -> None:
    """It still waits, and is what was read."""
    if held.state != "waiting":
        raise _decided(held)
    if revision is not None and held.revision != revision:
        raise RevisedMeanwhile(field="revision")


def settle(held: HeldReply, state: str, by: Actor) -> None:
    """Decide, for exactly one: whoever comes second finds it decided, whatever the locks do."""
    now, who = timezone.now(), by.user_id if isinstance(by, Access) else None
    waiting = HeldReply.objects.for_system(_WHY).filter(pk=held.pk, state="waiting")
    if not waiting.update(state=state, decided_at=now, decided_by_id=who):
        held.refresh_from_db(fields=["state", "decided_by"])
        raise _decided(held)
    held.state, held.decided_at, held.decided_by_id = state, now, who


def reword(change: Change, held: HeldReply, message: Message, text: str, *, deed: str) -> bool:
    """Other words in the same message, held against WhatsApp's limits like the first ones. False when they are not
    other ones."""
    if message.kind not in EDITABLE:
        raise NoTextToEdit(field="text")
    before = message.content.get("text")
    checked = fitted(message.kind, {**message.content, "text": text})
    if checked.get("text") == before:
        return False
    said = message.content
    content = {name: value for name, value in said.items() if name != "text"}
    message.content = content | ({"text": checked["text"]} if "text" in checked else {})
    reindex_message(message, (message.kind, said))
    change.record(deed, message, words={"text": (before, checked.get("text"))})
    return True


def say(held: HeldReply, by: Access, text: str) -> HeldComment:
    text = text.strip()
    if not text:
        raise Missing(field="comment")
    if len(text) > _COMMENT_MAX:
        raise Invalid(field="comment", message=_("At most %(n)s characters.") % {"n": _COMMENT_MAX})
    comment = HeldComment(held=held, key_id=held.key_id, text=text, author_id=by.user_id, at=timezone.now())
    comment.save(force_insert=True)
    return comment


def count(conversation: Conversation, step: int) -> None:
    """How many wait is kept on the conversation, where lists read it."""
    conversation.held_count = max(0, conversation.held_count + step)
    conversation.version += 1
    conversation.save(update_fields=["held_count", "version"])


def save_and_tell(change: Change, held: HeldReply, message: Message, conversation: Conversation) -> None:
    message.version += 1
    message.save(update_fields=["status", "content", "version"])
    tell_held(change, held, message, conversation)


def tell_held(change: Change, held: HeldReply, message: Message, conversation: Conversation) -> None:
    tell(change, messages=[message], conversations=[conversation])
    change.announce(HeldChanged.of(held))


def waiting_in(conversation_ids: Iterable[UUID]) -> Any:
    """Those that wait in these conversations."""
    return HeldReply.objects.for_system(_WHY).filter(conversation_id__in=list(conversation_ids), state="waiting")


def refuse_own(by: Access, held: HeldReply) -> None:
    """Nobody decides on what they wrote themselves."""
    require(may_mentor(by, held.trainee_id), NotAllowed)


def _decided(held: HeldReply) -> DecidedMeanwhile:
    name = names_of([held.decided_by_id]).get(held.decided_by_id or 0, "")
    return DecidedMeanwhile(message=DecidedMeanwhile.by_somebody % {"name": name} if name else None)
