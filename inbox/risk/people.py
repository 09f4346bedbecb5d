"""Who is told of a risky conversation, one level after the other, and which of them it is given to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Count
from django.utils import timezone

from inbox.assigning.choosing import Worker
from inbox.assigning.rota import fit, workers_of
from inbox.models import Conversation, RiskCase, RiskPolicy, RiskStep
from security.access import Access
from security.models import SecurityPolicy, User, WorkProfile

_WHY = "who deals with what is risky"


@dataclass(frozen=True)
class Level:
    """Those of one step who see the conversation and may answer it, and how long they have."""

    people: tuple[Worker, ...]
    minutes: int


class Crew:
    """Who deals with what is risky in a region, read once for all that is raised at once, and only as it is needed.
    Their loads grow as they are given more."""

    def __init__(self, region_id: int) -> None:
        self.region_id = region_id

    @cached_property
    def workers(self) -> list[Worker]:
        """Trainees too: who is none is read off them."""
        people = User.objects.filter(is_active=True, memberships__region_id=self.region_id)
        return workers_of(list(people.order_by("pk")))

    @cached_property
    def steps(self) -> list[RiskStep]:
        rows = RiskStep.objects.for_system(_WHY).filter(region_id=self.region_id).order_by("position")
        return list(rows.prefetch_related("people"))

    @cached_property
    def minutes(self) -> int:
        policy = RiskPolicy.objects.for_system(_WHY).filter(region_id=self.region_id).first() or RiskPolicy()
        return int(policy.minutes)

    @cached_property
    def here(self) -> set[int]:
        """Those on duty."""
        seen = timezone.now() - SecurityPolicy.current().silence
        ids = [worker.id for worker in self.workers]
        there = User.objects.filter(pk__in=ids, availability="available", presence__seen_at__gte=seen)
        return set(there.values_list("pk", flat=True))

    @cached_property
    def taken(self) -> dict[int, int]:
        """How much of what is risky each of them has."""
        running = RiskCase.objects.for_system(_WHY).filter(closed_at=None, taken_by__in=self.here)
        return dict(running.order_by().values_list("taken_by").annotate(Count("pk")))

    def known(self, user_id: int) -> Worker | None:
        return next((worker for worker in self.workers if worker.id == user_id), None)


def levels_of(conversation: Conversation, crew: Crew) -> list[Level]:
    """The region's steps, its supervisors, its admins. Trainees are nobody's specialists."""
    workers = [worker for worker in fit(conversation, crew.workers) if not worker.access.trainee]
    named = [Level(_of_step(step, workers), step.minutes) for step in crew.steps]
    above = [
        Level(tuple(worker for worker in workers if worker.access.level == level), crew.minutes)
        for level in ("supervisor", "admin")
    ]
    return [*named, *above]


def next_level(levels: Sequence[Level], after: int) -> int | None:
    """The first level behind ``after`` (-1: from the start) that has anybody."""
    return next((at for at, level in enumerate(levels) if at > after and level.people), None)


def best_of(level: Level, crew: Crew) -> int | None:
    """Whoever is there and has least: of what is risky, then of all. ``None``: nobody of them is there."""
    there = [worker for worker in level.people if worker.id in crew.here]
    best = min(there, key=lambda worker: (crew.taken.get(worker.id, 0), worker.load, worker.id), default=None)
    return None if best is None else best.id


def is_specialist(access: Access, region_id: int) -> bool:
    """Named by one of the region's steps, by name or by a skill."""
    if access.trainee or region_id not in access.region_ids:
        return False
    steps = list(RiskStep.objects.for_system(_WHY).filter(region_id=region_id).prefetch_related("people"))
    if any(person.pk == access.user_id for step in steps for person in step.people.all()):
        return True
    work = WorkProfile.objects.filter(pk=access.user_id).first()
    return work is not None and any(step.skill in work.skills for step in steps if step.skill)


def may_deal(access: Access, conversation: Conversation, case: RiskCase) -> bool:
    """Who takes a risky conversation: whom it was given to, specialists, and from senior on everybody who sees it."""
    if access.trainee or not access.can("inbox.flag_risk"):
        return False
    mine = access.user_id in (case.given_to_id, case.taken_by_id)
    return mine or access.can("inbox.assign_conversation") or is_specialist(access, conversation.region_id)


def may_close(access: Access, conversation: Conversation, case: RiskCase) -> bool:
    """The same, and whoever flagged it takes that back."""
    flagged = case.raised_by_id == access.user_id and not access.trainee
    return flagged or may_deal(access, conversation, case)


def due_after(level: Level) -> datetime:
    return timezone.now() + timedelta(minutes=level.minutes)


def _of_step(step: RiskStep, workers: Sequence[Worker]) -> tuple[Worker, ...]:
    named = {person.pk for person in step.people.all()}
    return tuple(worker for worker in workers if worker.id in named or (step.skill and step.skill in worker.skills))
