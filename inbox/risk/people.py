"""Who is told of a risky conversation, one level after the other, and which of them it is given to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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


def levels_of(conversation: Conversation) -> list[Level]:
    """The region's steps, its supervisors, its admins. Trainees are nobody's specialists."""
    people = list(User.objects.filter(is_active=True, memberships__region_id=conversation.region_id).order_by("pk"))
    workers = [worker for worker in fit(conversation, workers_of(people)) if not worker.access.trainee]
    steps = RiskStep.objects.for_system(_WHY).filter(region_id=conversation.region_id).order_by("position")
    policy = RiskPolicy.objects.for_system(_WHY).filter(region_id=conversation.region_id).first() or RiskPolicy()
    named = [Level(_of_step(step, workers), step.minutes) for step in steps.prefetch_related("people")]
    above = [
        Level(tuple(worker for worker in workers if worker.access.level == level), policy.minutes)
        for level in ("supervisor", "admin")
    ]
    return [*named, *above]


def next_level(levels: Sequence[Level], after: int) -> int | None:
    """The first level behind ``after`` (-1: from the start) that has anybody."""
    return next((at for at, level in enumerate(levels) if at > after and level.people), None)


def best_of(level: Level) -> int | None:
    """Whoever is there and has least: of what is risky, then of all. ``None``: nobody of them is there."""
    here = _on_duty([worker.id for worker in level.people])
    running = RiskCase.objects.for_system(_WHY).filter(closed_at=None, taken_by__in=here)
    has = dict(running.order_by().values_list("taken_by").annotate(Count("pk")))
    there = [worker for worker in level.people if worker.id in here]
    best = min(there, key=lambda worker: (has.get(worker.id, 0), worker.load, worker.id), default=None)
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


def _on_duty(ids: Sequence[int]) -> set[int]:
    seen = timezone.now() - SecurityPolicy.current().silence
    there = User.objects.filter(pk__in=ids, availability="available", presence__seen_at__gte=seen)
    return set(there.values_list("pk", flat=True))
