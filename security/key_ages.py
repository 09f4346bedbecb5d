"""How old the keys are: what a self-check asks."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.utils import timezone

from security.models import DataKey, RegionKey

REGION_KEYS = "region keys"


@dataclass(frozen=True)
class KeyAge:
    """``what`` is ``region keys``, or data keys by purpose; ``days`` is the age of the oldest in force."""

    what: str
    count: int
    days: int


def key_ages() -> list[KeyAge]:
    now = timezone.now()
    regions = RegionKey.objects.filter(retired_at=None).aggregate(count=Count("pk"), oldest=Min("made_at"))
    ages = [KeyAge(REGION_KEYS, regions["count"], _days(regions["oldest"], now))]
    kinds = DataKey.objects.filter(replaced_by=None).order_by("purpose").values("purpose")
    for kind in kinds.annotate(count=Count("pk"), oldest=Min("made_at")):
        ages.append(KeyAge(f"data keys of purpose {kind['purpose']}", kind["count"], _days(kind["oldest"], now)))
    return ages


def _days(since: datetime | None, now: datetime) -> int:
    return 0 if since is None else (now - since).days
