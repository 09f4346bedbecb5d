"""Shapes of traineeships with how their people get on, for many with a fixed number of queries."""

from collections.abc import Sequence

from contacts.shapes import AuthorShape
from inbox.coaching.policy import CoachingPolicy
from inbox.coaching.progress import Learner, Progress, progress_of
from inbox.coaching.shapes import HeldCountsShape, ProgressShape, TraineeShape
from security.access import Access
from security.models import Traineeship
from security.trainees import LEAD, is_over, today_of


def trainee_shapes(rows: Sequence[Traineeship], *, reader: Access) -> list[TraineeShape]:
    """Expects ``user`` with its ``groups`` and ``memberships``, and ``mentors``. What the reader's regions do not
    concern is not counted, but for their own."""
    own = [row for row in rows if row.user_id == reader.user_id]
    others = [row for row in rows if row.user_id != reader.user_id]
    told = [
        *_told(own, progress_of([Learner.of(row) for row in own]), reader),
        *_told(others, progress_of([Learner.of(row) for row in others], within=reader.region_ids), reader),
    ]
    place = {row.pk: number for number, row in enumerate(rows)}
    return [shape for _, shape in sorted(told, key=lambda pair: place[pair[0]])]


def _told(rows: Sequence[Traineeship], progress: dict[int, Progress], reader: Access) -> list[tuple[int, TraineeShape]]:
    return [(row.pk, _trainee(row, progress[row.user_id], reader)) for row in rows]


def _trainee(row: Traineeship, progress: Progress, reader: Access) -> TraineeShape:
    groups = list(row.user.groups.all())
    over = is_over(row)
    mine = row.user_id == reader.user_id
    regions = {membership.region_id for membership in row.user.memberships.all()}
    may_lead = reader.can(LEAD) and not mine and not over
    return TraineeShape(
        person=AuthorShape(id=row.user_id, name=row.user.name),
        level=groups[0].name if groups else "observer",
        region_ids=sorted(regions if mine else regions & reader.region_ids),
        time_zone=row.user.time_zone,
        began_on=row.began_on,
        ends_on=row.ends_on,
        days_left=0 if over else (row.ends_on - today_of(row.user)).days + 1,
        ended_at=row.ended_at,
        ended_how=row.ended_how or ("over" if over else ""),
        holds_replies=row.holds_replies,
        mentors=[AuthorShape(id=one.pk, name=one.name) for one in row.mentors.all()],
        prompted_at=None if over or mine else row.prompted_at,
        progress=progress_shape(progress),
        mine=mine,
        may_lead=may_lead,
        may_set_level=may_lead and reader.level == "admin",
    )


def progress_shape(one: Progress) -> ProgressShape:
    policy = CoachingPolicy.current()
    return ProgressShape(
        since=one.since,
        cases=one.cases,
        reopened=one.reopened,
        reviewed=one.reviewed,
        correct=one.correct,
        accuracy=one.accuracy,
        first_reply_seconds=one.first_reply_seconds,
        held=HeldCountsShape(
            **{name: one.held.get(name, 0) for name in ("approved", "edited", "rejected", "withdrawn", "waiting")}
        ),
        goal_cases=policy.promotion_cases,
        goal_percent=policy.promotion_percent,
        goal_reviews=policy.promotion_reviews,
    )
