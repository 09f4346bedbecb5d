"""When customers write: evenings more than mornings, weekdays more than Sundays, campaign days most of all."""

from bisect import bisect
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

DAYS = 180
HOUR_US = 3_600_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOURS = (2, 1, 1, 1, 1, 2, 4, 9, 16, 28, 34, 32, 26, 28, 32, 30, 28, 30, 36, 48, 58, 56, 34, 12)
_WEEKDAYS = (1.1, 1.0, 1.0, 1.0, 1.1, 0.7, 0.6)
_CAMPAIGN_EVERY_DAYS = 14
_CAMPAIGN = (5.0, 2.2, 1.4)  # the day itself, and the two after it
_GROWTH = 1.5  # the last day is so much busier than the first


class Rhythm:
    """The moments of one region, in microseconds of Unix time."""

    def __init__(self, zone: str, *, now_us: int) -> None:
        self._begins = now_us - DAYS * 24 * HOUR_US
        self._begins -= self._begins % HOUR_US
        hours = (now_us - self._begins) // HOUR_US
        local = ZoneInfo(zone)
        self._sums = list(accumulate(self._weight(hour, hours, local) for hour in range(hours)))

    def moment(self, rng: Random) -> int:
        hour = bisect(self._sums, rng.random() * self._sums[-1])
        return self._begins + int((min(hour, len(self._sums) - 1) + rng.random()) * HOUR_US)

    def _weight(self, hour: int, hours: int, zone: ZoneInfo) -> float:
        at = (_EPOCH + timedelta(microseconds=self._begins + hour * HOUR_US)).astimezone(zone)
        after = hour // 24 % _CAMPAIGN_EVERY_DAYS
        campaign = _CAMPAIGN[after] if after < len(_CAMPAIGN) else 1.0
        return _HOURS[at.hour] * _WEEKDAYS[at.weekday()] * campaign * (1 + (_GROWTH - 1) * hour / hours)


def microseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def moment(at_us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=at_us)
