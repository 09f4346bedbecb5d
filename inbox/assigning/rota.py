"""Who can be given something right now, and what each conversation asks for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from inbox.assigning.choosing import Wanted, Worker
from inbox.assigning.policy import AssignmentPolicy
from inbox.models import Assignment, AssignmentRule, Conversation
from inbox.policies import can_take_on
from security.access import Access, accesses_of
from security.models import SecurityPolicy, TeamMembership, User, WorkProfile

_WHY = "who can be given what waits"


def on_duty(region_id: int) -> list[Worker]:
    """Those of a region who answer, are available and have a tab open; by id."""
    seen = timezone.now() - SecurityPolicy.current().silence
    there = User.objects.filter(is_active=True, availability="available", presence__seen_at__gte=seen)
    people = list(there.filter(memberships__region_id=region_id).order_by("pk"))
    return workers_of(people)


def workers_of(people: Sequence[User]) -> list[Worker]:
    """Everybody of ``people`` who can sign in and may answer, with what they have and can."""
    let_in = [person for person in people if person.has_usable_password()]  # else nobody would read what they are given
    answering = [access for access in accesses_of(let_in).values() if access.can("inbox.reply_conversation")]
    ids = [access.user_id for access in answering]
    languages = {user.pk: user.language for user in people}
    works = WorkProfile.objects.in_bulk(ids)
    loads = loads_of(ids)
    teams: dict[int, set[int]] = defaultdict(set)
    for user_id, team_id in TeamMembership.objects.filter(user_id__in=ids).values_list("user_id", "team_id"):
        teams[user_id].add(team_id)
    return [
        Worker(
            access=access,
            load=loads.get(access.user_id, 0),
            capacity=capacity_of(access, works.get(access.user_id)),
            languages=languages_of(languages[access.user_id], works.get(access.user_id)),
            skills=frozenset(works[access.user_id].skills) if access.user_id in works else frozenset(),
            teams=frozenset(teams[access.user_id]),
        )
        for access in answering
    ]


def loads_of(user_ids: Collection[int]) -> dict[int, int]:
    """How many open conversations each of them has; those without any are left out."""
    theirs = Conversation.objects.for_system(_WHY).filter(state="open", assignee_id__in=user_ids)
    return dict(theirs.order_by().values_list("assignee_id").annotate(Count("pk")))


def capacity_of(access: Access, work: WorkProfile | None) -> int:
    if work is not None and work.capacity is not None:
        return work.capacity
    policy = AssignmentPolicy.current()
    return policy.trainee_capacity if access.trainee else policy.capacity


def languages_of(own: str, work: WorkProfile | None) -> frozenset[str]:
    """Those named for the person, else the one they use Kefu in."""
    return frozenset(work.languages) if work is not None and work.languages else frozenset({bare(own)})


def bare(language: str) -> str:
    """``zh-hant`` and ``zh_TW`` are answered by whoever answers in ``zh``."""
    return language.replace("_", "-").partition("-")[0].lower()


def wishes(rule: AssignmentRule, talks: Iterable[Conversation]) -> dict[UUID, Wanted]:
    """What each of the waiting conversations of a channel asks for; their contacts are loaded."""
    talks = list(talks)
    before, put_back = _histories(talks)
    return {
        talk.pk: Wanted(
            language=bare(talk.contact.language),
            language_wish=rule.language,
            skill=rule.skill,
            team=talk.team_id or rule.team_id,
            before=before.get(talk.pk) if rule.returning else None,
            put_back=frozenset(put_back[talk.pk]),
        )
        for talk in talks
    }


def _histories(talks: Sequence[Conversation]) -> tuple[dict[UUID, int], dict[UUID, set[int]]]:
    """Who had each conversation last, not too long ago; and who put it back since its customer waits."""
    since = timezone.now() - timedelta(days=AssignmentPolicy.current().returning_days)
    waiting = {talk.pk: talk.waiting_since for talk in talks}
    rows = Assignment.objects.for_system(_WHY).filter(conversation_id__in=list(waiting), ended_at__gte=since)
    before: dict[UUID, int] = {}
    put_back: dict[UUID, set[int]] = defaultdict(set)
    for row in rows.order_by("assigned_at", "pk").only("conversation_id", "assignee_id", "ended_at", "ended_how"):
        before[row.conversation_id] = row.assignee_id
        began = waiting[row.conversation_id]
        if row.ended_how == "put_back" and began is not None and row.ended_at >= began:
            put_back[row.conversation_id].add(row.assignee_id)
    return before, put_back


def fit(talk: Conversation, workers: Iterable[Worker]) -> list[Worker]:
    """Those who would see this conversation if it were theirs."""
    return [worker for worker in workers if can_take_on(worker.access, talk)]
