"""Whom an internal note names, as ``<@person:5>`` and ``<@team:2>`` in its text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from inbox.errors import MentionUnfit
from inbox.models import Conversation
from inbox.policies import scope_of, sees_conversation
from security.access import Access, accesses_of
from security.models import Team, TeamMembership, User
from security.names import names_of, team_names_of

PERSON, TEAM = "person", "team"
KINDS = (PERSON, TEAM)
_TOKEN = re.compile(r"<@(person|team):(\d{1,9})>")


@dataclass(frozen=True)
class Mentioned:
    people: frozenset[int]
    teams: frozenset[int]


def mentioned_in(text: str) -> Mentioned:
    found = [(kind, int(pk)) for kind, pk in _TOKEN.findall(text)]
    return Mentioned(
        people=frozenset(pk for kind, pk in found if kind == PERSON),
        teams=frozenset(pk for kind, pk in found if kind == TEAM),
    )


def in_words(text: str, people: dict[int, str], teams: dict[int, str]) -> str:
    """The text as people read it: ``@Fay``."""
    names = {PERSON: people, TEAM: teams}
    return _TOKEN.sub(lambda found: f"@{names[found[1]].get(int(found[2]), '…')}", text)


def without_names(text: str) -> str:
    """What is said besides: names change."""
    return _TOKEN.sub(" ", text)


def as_read(text: str) -> str:
    """The same of one text."""
    named = mentioned_in(text)
    return in_words(text, names_of(named.people), team_names_of(named.teams))


def who_sees(conversation: Conversation, among: Iterable[int] | None = None) -> dict[int, Access]:
    """The active people who see it, of ``among`` or of all who might: three statements whatever their number."""
    if among is not None:
        people = User.objects.filter(pk__in=list(among), is_active=True)
    else:
        here = Q(memberships__region_id=conversation.region_id) | Q(userobjectpermission__isnull=False)
        people = User.objects.filter(here, is_active=True).distinct()
    scope = scope_of(conversation)
    found = accesses_of(list(people.order_by("name", "pk")))
    return {pk: access for pk, access in found.items() if sees_conversation(access, scope)}


def refuse_unfit(conversation: Conversation, named: Mentioned) -> None:
    """Whoever cannot see the conversation would be told of what they cannot read."""
    seeing = who_sees(conversation, named.people) if named.people else {}
    blind = sorted(named.people - set(seeing))
    teams = Team.objects.filter(pk__in=named.teams, region_id=conversation.region_id)
    elsewhere = named.teams - set(teams.values_list("pk", flat=True)) if named.teams else set()
    if not blind and not elsewhere:
        return
    colleagues = User.objects.filter(pk__in=blind, memberships__region_id=conversation.region_id).distinct()
    names = list(colleagues.order_by("name").values_list("name", flat=True))  # nobody learns other regions' names
    known = MentionUnfit.named % {"names": ", ".join(names)} if names else None
    raise MentionUnfit(field="text", message=known)


def reached_by(conversation: Conversation, named: Mentioned) -> list[int]:
    """Everybody who is named, alone or with their team, and sees the conversation."""
    members: set[int] = set()
    if named.teams:
        rows = TeamMembership.objects.filter(team_id__in=named.teams)
        members = set(rows.values_list("user_id", flat=True))
    everybody = named.people | members
    return sorted(who_sees(conversation, everybody)) if everybody else []
