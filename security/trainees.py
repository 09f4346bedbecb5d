"""Who trains whom (PM-4): who leads trainees somewhere, who may be a mentor, and which traineeships somebody sees."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from security.access import Access, Scope, access_of, accesses_of
from security.levels import rank
from security.models import Membership, Traineeship, User
from security.streams import register_audience

LEAD = "security.lead_trainee"


def today_of(user: User) -> date:
    """A day is one of their own time zone."""
    return timezone.now().astimezone(ZoneInfo(user.time_zone)).date()


def is_over(row: Traineeship, now: datetime | None = None) -> bool:
    """Whether its last day is over, or somebody ended it. Expects ``user`` loaded."""
    today = (now or timezone.now()).astimezone(ZoneInfo(row.user.time_zone)).date()
    return row.ended_at is not None or row.ends_on < today


def leaders_of(region_ids: Collection[int]) -> list[int]:
    """Those who may lead the trainees of these regions: the mentors of whoever has none, and whom alarms reach."""
    rows = User.objects.filter(is_active=True, memberships__region_id__in=region_ids)
    people = list(rows.filter(groups__name__in=("supervisor", "admin")).distinct().order_by("pk"))
    given = rows.filter(grants__permission=LEAD, grants__ended_at=None).exclude(pk__in=[one.pk for one in people])
    accesses = accesses_of([*people, *given.distinct()])
    return [pk for pk, access in accesses.items() if access.can(LEAD)]


def fit_as_mentor(mentor: User, trainee: User) -> bool:
    """A senior of a shared region, and somebody else."""
    theirs = access_of(mentor)
    able = mentor.is_active and rank(theirs.level) >= rank("senior") and not theirs.trainee and mentor.pk != trainee.pk
    return able and bool(theirs.region_ids & access_of(trainee).region_ids)


def visible_traineeships(access: Access) -> Q:
    """One's own; those one mentors by name; and those of one's regions, for whoever leads trainees."""
    allowed = Q(user_id=access.user_id) | Q(user_id__in=access.mentor_of, ended_at=None)
    if not access.can(LEAD):
        return allowed
    if access.level == "admin":
        return Q()
    there = Membership.objects.filter(region_id__in=access.region_ids).values("user_id")
    return allowed | Q(user_id__in=there)


def sees_traineeship(access: Access, scope: Scope) -> bool:
    """The same over ``{user_id, region_ids, running}``."""
    if scope["user_id"] == access.user_id or (scope["user_id"] in access.mentor_of and scope["running"]):
        return True
    regions: Iterable[int] = scope["region_ids"]  # type: ignore[assignment]
    return access.can(LEAD) and (access.level == "admin" or bool(access.region_ids.intersection(regions)))


def traineeship_scope(row: Traineeship) -> dict[str, object]:
    regions = Membership.objects.filter(user_id=row.user_id).values_list("region_id", flat=True)
    return {"user_id": row.user_id, "region_ids": sorted(regions), "running": row.ended_at is None}


register_audience("traineeship", sees_traineeship)
