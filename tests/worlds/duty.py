"""People at work: who is there, what they can be given, and by which rule."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from inbox.actions.assignment_rules import set_assignment_rule
from inbox.models import Assignment, AssignmentPolicy, Channel, Conversation
from security.actions.presence import attend
from security.actions.teams import add_team
from security.actions.work import change_work
from security.models import Presence, Team, User
from security.policy import Policy
from tests.conftest import BY, Cast

_WHY = "the test looks"


def at_work(*people: User) -> None:
    """They have a tab open."""
    attend([person.pk for person in people])


def left(person: User, *, minutes: float = 60) -> None:
    """Their last tab was closed a while ago, and colleagues were told."""
    seen = timezone.now() - timedelta(minutes=minutes)
    Presence.objects.update_or_create(user=person, defaults={"seen_at": seen, "is_here": False})


def rule(cast: Cast, shop: Channel, method: str = "round_robin", **wanted: Any) -> None:
    """Without further wishes: everybody, in whatever language, whoever had them before."""
    fields = {"team_id": None, "skill": "", "language": "off", "returning": False, **wanted}
    set_assignment_rule(by=cast.access("dee"), channel_id=shop.pk, method=method, **fields)


def can_take(
    person: User, *, languages: tuple[str, ...] = (), skills: tuple[str, ...] = (), capacity: int | None = None
):
    change_work(by=BY, user_id=person.pk, languages=languages, skills=skills, capacity=capacity)


def team(cast: Cast, *people: User, name: str = "Orders", region: Any = None) -> Team:
    return add_team(by=BY, region=region or cast.asia, name=name, people=[person.pk for person in people])


def policy(**wanted: Any) -> None:
    AssignmentPolicy.objects.update_or_create(pk=1, defaults=wanted)
    Policy.forget()


def holder(talk: Conversation) -> int | None:
    return Conversation.objects.for_system(_WHY).values_list("assignee_id", flat=True).get(pk=talk.pk)


def given(talk: Conversation) -> list[Assignment]:
    """Oldest first."""
    return list(Assignment.objects.for_system(_WHY).filter(conversation=talk).order_by("assigned_at", "pk"))


def given_long_ago(talk: Conversation) -> None:
    """As if it had been given an hour ago."""
    rows = Assignment.objects.for_system(_WHY).filter(conversation=talk)
    rows.update(assigned_at=timezone.now() - timedelta(hours=1))
