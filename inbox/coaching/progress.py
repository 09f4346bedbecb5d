"""How somebody gets on (PM-4), told from indexed rows: finished cases, reviews, held replies. No message is read.

``cases``: finished by them since ``since`` and not taken up again. ``accuracy``: of the reviewed ones, the share that
passed and was not reopened. Reopened is a case whose resolution anybody took back, also by writing in it, within the
policy's days; a customer who writes again begins a new case, since most of those say thank you.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from inbox.coaching.policy import CoachingPolicy
from inbox.models import HeldReply, QaReview, Resolution
from security.models import Traineeship

_WHY = "how somebody gets on"
_MOST_TIMED = 2000


@dataclass(frozen=True)
class Learner:
    """Whose progress, since when; ``traineeship_id`` where they are a trainee."""

    user_id: int
    since: datetime
    traineeship_id: int | None = None

    @classmethod
    def of(cls, row: Traineeship) -> "Learner":
        """From the first moment of their first day. Expects ``user`` loaded."""
        began = datetime.combine(row.began_on, time(), ZoneInfo(row.user.time_zone))
        return cls(row.user_id, began, row.pk)

    @classmethod
    def lately(cls, user_id: int) -> "Learner":
        """Somebody who is no trainee: the policy's days."""
        return cls(user_id, timezone.now() - timedelta(days=CoachingPolicy.current().measured_days))


@dataclass
class Progress:
    """``approved``, ``edited``, ``rejected``, ``withdrawn``, ``waiting``: what became of their held replies."""

    since: datetime
    cases: int = 0
    reopened: int = 0
    reviewed: int = 0
    correct: int = 0
    first_reply_seconds: float | None = None
    held: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def accuracy(self) -> float | None:
        """0 to 1; ``None`` while nothing was reviewed."""
        return self.correct / self.reviewed if self.reviewed else None

    @property
    def is_ready(self) -> bool:
        """Whether promotion is to be proposed."""
        policy = CoachingPolicy.current()
        enough = self.cases >= policy.promotion_cases and self.reviewed >= policy.promotion_reviews
        return enough and self.correct * 100 >= policy.promotion_percent * self.reviewed


def progress_of(learners: Sequence[Learner], *, within: Collection[int] | None = None) -> dict[int, Progress]:
    """By person, with five statements whatever their number. ``within``: only what happened in these regions, since
    counts of other ones are nobody else's business (PM-3)."""
    found = {one.user_id: Progress(one.since) for one in learners}
    if not found:
        return found
    place = Q() if within is None else Q(conversation__region_id__in=within)
    rows = Resolution.objects.for_system(_WHY).filter(_theirs(learners, "resolved_by_id"), place)
    _count_cases(found, rows)
    _count_reviews(found, learners, within)
    _count_held(found, learners, place)
    return found


def _theirs(learners: Sequence[Learner], person: str) -> Q:
    """The rows of each from their own beginning on."""
    asked = Q(pk__in=())
    for one in learners:
        asked |= Q(**{person: one.user_id, "resolved_at__gte": one.since})
    return asked


def _soon_reopened() -> Q:
    days = timedelta(days=CoachingPolicy.current().reopened_days)
    return Q(reopened_at__isnull=False, reopened_at__lte=F("resolved_at") + days)


def _count_cases(found: dict[int, Progress], rows: Any) -> None:
    standing = rows.filter(reopened_at=None)
    for person, count in _counted(standing):
        found[person].cases = count
    for person, count in _counted(rows.filter(_soon_reopened())):
        found[person].reopened = count
    answered = standing.filter(case__first_reply_at__isnull=False).order_by("-resolved_at")
    times: dict[int, list[float]] = defaultdict(list)
    for person, opened, replied in answered.values_list("resolved_by_id", "case__opened_at", "case__first_reply_at")[
        :_MOST_TIMED
    ]:
        times[person].append(max(0.0, (replied - opened).total_seconds()))
    for person, seconds in times.items():
        found[person].first_reply_seconds = median(seconds)


def _counted(rows: Any) -> Any:
    return rows.order_by().values_list("resolved_by_id").annotate(count=Count("case_id", distinct=True))


def _count_reviews(found: dict[int, Progress], learners: Sequence[Learner], within: Collection[int] | None) -> None:
    again = Resolution.objects.for_system(_WHY).filter(
        _soon_reopened(), case_id=OuterRef("case_id"), resolved_by_id=OuterRef("person_id")
    )
    done = QaReview.objects.for_system(_WHY).filter(_theirs(learners, "person_id"), state="done")
    if within is not None:
        done = done.filter(region_id__in=within)
    told = done.annotate(again=Exists(again)).order_by().values_list("person_id", "passed", "again")
    for person, passed, reopened, count in told.annotate(count=Count("pk")):
        found[person].reviewed += count
        found[person].correct += count if passed and not reopened else 0


def _count_held(found: dict[int, Progress], learners: Sequence[Learner], place: Q) -> None:
    whose = {one.traineeship_id: one.user_id for one in learners if one.traineeship_id is not None}
    if not whose:
        return
    rows = HeldReply.objects.for_system(_WHY).filter(place, traineeship_id__in=whose).order_by()
    for traineeship, state, edited, count in rows.values_list("traineeship_id", "state", "edited").annotate(
        count=Count("pk")
    ):
        found[whose[traineeship]].held["edited" if edited and state == "approved" else state] += count
