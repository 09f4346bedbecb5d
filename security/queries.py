"""Reads of people's rights (requests, grants, how long deciding takes), and of one's own sessions and devices."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils import timezone

from security.access import Access
from security.access_shapes import ReviewShape
from security.cursors import time_and_id
from security.models import AccessRequest, BrowserSession, Grant, KnownDevice, Review, ReviewItem, SessionPolicy
from security.policies import people_below, visible_requests, visible_review_items

_MEASURED_DAYS = 90
_MOST_MEASURED = 1000
_MOST_REVIEWS = 40  # ten years
_MOST_SESSIONS = 200


def request_page(*, access: Access, box: str, after: list[Any] | None, limit: int) -> list[AccessRequest]:
    """``mine``: what I asked for; ``asked``: of that, what waits; ``waiting``: what I may decide on; ``decided``: what
    is settled. Newest first."""
    rows = AccessRequest.objects.filter(visible_requests(access)).select_related("asker", "decided_by", "grant")
    if box in ("mine", "asked"):
        rows = rows.filter(asker_id=access.user_id)
        rows = rows.filter(state="open") if box == "asked" else rows
    else:
        rows = rows.exclude(asker_id=access.user_id)
        rows = rows.filter(state="open") if box == "waiting" else rows.exclude(state="open")
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(asked_at__lt=at) | Q(asked_at=at, pk__lt=pk))
    return list(rows.order_by("-asked_at", "-pk")[: limit + 1])


def waiting_count(*, access: Access) -> int:
    """How many requests wait for me."""
    rows = AccessRequest.objects.filter(visible_requests(access), state="open")
    return rows.exclude(asker_id=access.user_id).count()


def to_review_count(*, access: Access) -> int:
    """How many drawn rights wait for my word: what nobody confirms in time is withdrawn."""
    return ReviewItem.objects.filter(visible_review_items(access), state="open").count()


def median_wait(*, access: Access) -> float | None:
    """Seconds from question to answer, in the middle, of what was decided lately and I may see."""
    since = timezone.now() - timedelta(days=_MEASURED_DAYS)
    rows = AccessRequest.objects.filter(visible_requests(access), state__in=("approved", "refused"))
    pairs = rows.filter(decided_at__gte=since).order_by("-decided_at").values_list("asked_at", "decided_at")
    waits = sorted((decided - asked).total_seconds() for asked, decided in pairs[:_MOST_MEASURED] if decided)
    return waits[len(waits) // 2] if waits else None


def grants_between(*, access: Access, since: datetime, until: datetime) -> list[Grant]:
    """What was, is or will be given for a time within a span: to me, and to people I may give rights to."""
    theirs = Q(user_id=access.user_id) | Q(user__in=people_below(access).values("pk"))
    rows: QuerySet[Grant] = Grant.objects.filter(theirs, starts_at__lt=until, ends_at__gt=since)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gt=since))
    return list(rows.select_related("user", "given_by").order_by("starts_at", "id")[:1000])


def reviews(*, access: Access) -> list[ReviewShape]:
    """Every quarter's review, the latest first."""
    counted = ReviewItem.objects.filter(visible_review_items(access)).values_list("review_id", "state")
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for review_id, state, count in counted.annotate(count=Count("id")):
        counts[review_id][state] = count
    return [ReviewShape.of(row, counts[row.pk]) for row in Review.objects.order_by("-quarter")[:_MOST_REVIEWS]]


def review_items(*, access: Access, quarter: str) -> list[ReviewItem]:
    """What a quarter's review (or the latest) drew of people one may decide on; what waits comes first."""
    latest = Review.objects.order_by("-quarter").values("pk")[:1]
    of_it = Q(review__quarter=quarter) if quarter else Q(review__in=latest)
    rows = ReviewItem.objects.filter(visible_review_items(access) & of_it).select_related("holder", "decided_by")
    waiting_first = Case(When(state="open", then=0), default=1)
    return list(rows.order_by(waiting_first, "holder__name", "id")[:1000])


def running_sessions() -> QuerySet[BrowserSession]:
    """Those that count at this moment: signed in, not ended, not idle too long."""
    now = timezone.now()
    live = BrowserSession.objects.filter(ended_at=None, expires_at__gt=now).exclude(user=None)
    return live.filter(last_active_at__gt=now - SessionPolicy.current().idle)


def sessions_of(access: Access) -> list[BrowserSession]:
    """One's own that count, the latest used first."""
    rows = running_sessions().filter(user_id=access.user_id).select_related("known_device")
    return list(rows.order_by("-last_active_at", "-pk")[:_MOST_SESSIONS])


def devices_of(access: Access) -> list[KnownDevice]:
    """One's own, the latest used first."""
    return list(
        KnownDevice.objects.filter(user_id=access.user_id)
        .select_related("user")
        .order_by("-last_seen_at", "-pk")[:_MOST_SESSIONS]
    )
