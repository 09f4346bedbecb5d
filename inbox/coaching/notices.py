"""Whom to tell of a trainee's reply, and telling them."""

from collections.abc import Iterable

from inbox.actions.notifications import notify
from inbox.models import Conversation, HeldReply
from inbox.notifying import ANSWER, RIGHTS, RISK, Kind, declare_kinds
from security.models import Traineeship
from security.trainees import leaders_of
from security.writing import Change


def mentors_of(held: HeldReply) -> list[int]:
    """Those named for the trainee; without any, whoever leads the trainees of the conversation's region."""
    named = Traineeship.mentors.through.objects.filter(traineeship_id=held.traineeship_id)
    found = list(named.values_list("user_id", flat=True)) if held.traineeship_id is not None else []
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
    """Notify each of them but whoever does it; nobody is nobody."""
    people = [pk for pk in to if pk is not None]
    notify(change, to=people, kind=kind, conversation=conversation, note=note, **data)


declare_kinds(
    {
        "reply.commented": Kind(ANSWER),
        "reply.escalated": Kind(RISK, mutable=False),
        "qa.answered": Kind(ANSWER, sound=False),
        "trainee.promotable": Kind(RIGHTS, sound=False),
    }
)
