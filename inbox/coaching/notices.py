"""Whom to tell of a trainee's reply, and telling them."""

from collections.abc import Iterable

from inbox.actions.notifications import notify
from inbox.models import Conversation, HeldReply
from inbox.notifying import ANSWER, RIGHTS, RISK, Kind, declare_kinds
from inbox.policies import scope_of, sees_conversation
from security.access import accesses_of
from security.models import Traineeship, User
from security.trainees import leaders_of
from security.writing import Change


def mentors_of(held: HeldReply) -> list[int]:
    """Those named for the trainee; without any, whoever leads the trainees of the conversation's region."""
    named = Traineeship.mentors.through.objects.filter(traineeship_id=held.traineeship_id or 0)
    found = list(named.values_list("user_id", flat=True))
    return found or leaders_of([held.conversation.region_id])


def notify_people(
    change: Change,
    *,
    to: Iterable[int | None],
    kind: str,
    conversation: Conversation | None = None,
    note: str = "",
    **data: object,
) -> None:
    """Notify each of them but whoever does it; nobody is nobody. Whoever does not see the conversation (a trainee from
    whom it was taken) hears of it without: a notification about what somebody does not see is hidden from them."""
    people = {pk for pk in to if pk is not None}
    seeing = _seeing(people, conversation) if conversation is not None else set()
    notify(change, to=seeing, kind=kind, conversation=conversation, note=note, **data)
    notify(change, to=people - seeing, kind=kind, conversation=None, note=note, **data)


def _seeing(people: set[int], conversation: Conversation) -> set[int]:
    scope = scope_of(conversation)
    accesses = accesses_of(list(User.objects.filter(pk__in=people)))
    return {pk for pk, access in accesses.items() if sees_conversation(access, scope)}


declare_kinds(
    {
        "reply.commented": Kind(ANSWER),
        "reply.escalated": Kind(RISK, mutable=False),
        "qa.answered": Kind(ANSWER, sound=False),
        "trainee.promotable": Kind(RIGHTS, sound=False),
    }
)
