"""Today in figures: counted over today's cases only, and at most every few seconds for all who look."""

import hashlib
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import DurationField, ExpressionWrapper, F
from django.utils import timezone

from inbox.board.shapes import FiguresShape
from inbox.models import Case, Conversation, InboxPolicy, Resolution
from security.access import ALL, Access
from security.scoping import ScopedQuerySet

_FRESH_FOR_SECONDS = 10
MOST_COUNTED = 1000


def figures(*, access: Access, channel_ids: Collection[UUID]) -> FiguresShape:
    """Of these channels, which ``access`` sees all of."""
    since = midnight(access.time_zone)
    places = hashlib.blake2b(" ".join(sorted(map(str, channel_ids))).encode(), digest_size=16).hexdigest()
    # Whoever sees less of these channels (finance: what is marked payment) has figures of their own.
    narrow = "" if access.sight == ALL else f":{access.sight}:{access.user_id}"
    key = f"board:{since.isoformat()}:{places}{narrow}"
    known = cache.get(key)
    if known is None:
        known = asdict(_counted(access, channel_ids, since))
        cache.set(key, known, _FRESH_FOR_SECONDS)
    return FiguresShape(**known)


def midnight(time_zone: str) -> datetime:
    return timezone.now().astimezone(ZoneInfo(time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def _counted(access: Access, channel_ids: Collection[UUID], since: datetime) -> FiguresShape:
    cases = Case.objects.visible_to(access).filter(conversation__channel_id__in=channel_ids)
    answered = cases.filter(first_reply_at__gte=since)
    count = answered.count()
    resolved = Resolution.objects.visible_to(access).filter(
        conversation__channel_id__in=channel_ids, resolved_at__gte=since, reopened_at=None
    )
    return FiguresShape(
        received=cases.filter(opened_at__gte=since).count(),
        answered=count,
        resolved=resolved.count(),
        median_seconds=_median(answered, count),
        over_window=over_window(access, channel_ids)[:MOST_COUNTED].count(),
    )


def _median(answered: ScopedQuerySet[Case], count: int) -> int | None:
    """The lower of the middle two. Both databases do this; percentiles only one of them."""
    if not count:
        return None
    took = ExpressionWrapper(F("first_reply_at") - F("opened_at"), output_field=DurationField())
    middle = answered.annotate(took=took).order_by("took").values_list("took", flat=True)[(count - 1) // 2]
    return int(middle.total_seconds())


def over_window(access: Access, channel_ids: Collection[UUID]) -> ScopedQuerySet[Conversation]:
    """Whose customers wait, have nobody, and can be answered with a template only."""
    limit = timezone.now() - timedelta(hours=InboxPolicy.current().window_hours)
    rows: ScopedQuerySet[Conversation] = Conversation.objects.visible_to(access)
    return rows.filter(
        channel_id__in=channel_ids, assignee=None, waiting_since__lte=limit, last_inbound_at__lte=limit, state="open"
    )
