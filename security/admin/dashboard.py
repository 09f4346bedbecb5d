"""The admin's first page: who is there, what waits for them, what ends soon, how far the log is sealed."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from security.access import Access
from security.admin.base import by
from security.admin.freshness import is_asked_at_door
from security.admin.log import seal_state
from security.admin.person_panels import right_words
from security.factors import has_factor, must_have_factor
from security.levels import LEVELS, MARKETING_SENDER
from security.models import (
    AccessRequest,
    BehaviourAlarm,
    DutyHolding,
    Grant,
    Operation,
    ReviewItem,
    SecurityPolicy,
    SelfcheckRun,
    Traineeship,
    User,
    Withheld,
)
from security.policies import people_below, visible_requests, visible_review_items

_SOON = timedelta(days=7)
_SHOWN = 6


def dashboard(request: HttpRequest) -> dict[str, Any]:
    from security.admin.deeds import deed_words

    who = by(request)
    lately = Operation.objects.filter(action__startswith="person.").order_by("-id")[:_SHOWN]
    return {
        **_people(),
        "factor_off": not (is_asked_at_door() or must_have_factor(who)),
        "factor_missing": not has_factor(who.user_id),
        "requests": _requests(who),
        "grants": _ending(who),
        "seats": _seats(),
        "reviews": _reviews(who),
        "trainees": Traineeship.objects.filter(ended_at=None, ends_on__gte=timezone.localdate()).count(),
        "withheld": Withheld.objects.filter(lifted_at=None).count(),
        "alarms": BehaviourAlarm.objects.filter(state="open").count(),
        "selfcheck": SelfcheckRun.objects.order_by("-at", "-pk").first(),
        "seal": seal_state(),
        "deeds": [{"at": line.at, "words": words, "line": line} for line, words in deed_words(who, list(lately))],
    }


def _people() -> dict[str, Any]:
    active = User.objects.filter(is_active=True)
    here = active.filter(presence__is_here=True).order_by("name")
    return {
        "here": list(here[:30]),
        "here_count": here.count(),
        "people_count": active.count(),
        "inactive_count": User.objects.filter(is_active=False).count(),
        "by_level": [(name, words, active.filter(groups__name=name).count()) for name, words in LEVELS],
    }


def _requests(who: Access) -> dict[str, Any]:
    rows = AccessRequest.objects.filter(visible_requests(who), state="open").exclude(asker_id=who.user_id)
    shown = rows.select_related("asker").order_by("asked_at")[:_SHOWN]
    return {"count": rows.count(), "rows": [{"row": row, "right": right_words(row, who)} for row in shown]}


def _ending(who: Access) -> dict[str, Any]:
    now = timezone.now()
    mine = Q(user__in=people_below(who).values("pk")) | Q(user_id=who.user_id)
    rows = Grant.objects.filter(mine, ended_at=None, ends_at__gt=now)
    soon = rows.filter(ends_at__lte=now + _SOON).select_related("user").order_by("ends_at")
    shown = [{"row": row, "right": right_words(row, who)} for row in soon[:_SHOWN]]
    return {"running": rows.filter(starts_at__lte=now).count(), "soon": soon.count(), "rows": shown}


def _seats() -> dict[str, int]:
    most = SecurityPolicy.current().marketing_senders
    taken = DutyHolding.objects.filter(duty=MARKETING_SENDER).count()
    return {"taken": taken, "most": most, "share": min(100, round(100 * taken / most)) if most else 100}


def _reviews(who: Access) -> dict[str, Any]:
    rows = ReviewItem.objects.filter(visible_review_items(who), state="open").select_related("review")
    first = rows.order_by("review__due_at").first()
    return {"open": rows.count(), "due_at": first.review.due_at if first is not None else None}
