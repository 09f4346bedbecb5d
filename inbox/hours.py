"""Service time: the clock that runs only while a region serves customers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_LONGEST_DAYS = 800  # a region that is closed for longer than this serves nobody any more
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """``spans``: opening and closing by weekday, Monday 0; none at all is round the clock. ``closed``: holidays."""

    zone: ZoneInfo
    spans: Mapping[int, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()

    def after(self, start: datetime, length: timedelta) -> datetime:
        """When ``length`` of service time has passed since ``start``."""
        if not self.spans:
            return start + length
        begin, left = start.astimezone(UTC), length
        first = start.astimezone(self.zone).date() - _DAY  # a span may reach past midnight
        for number in range(_LONGEST_DAYS):
            for opens, closes in self._of(first + number * _DAY):
                opened = max(opens, begin)
                if closes <= opened:
                    continue
                if left <= closes - opened:
                    return opened + left
                left -= closes - opened
        return begin + _LONGEST_DAYS * _DAY

    def opening(self, day: date, otherwise: time) -> datetime:
        """When it opens first on ``day`` or after; at ``otherwise`` of that day when it never closes."""
        for number in range(_LONGEST_DAYS if self.spans else 0):
            for opens, _ in self._of(day + number * _DAY):
                return opens
        return self._moment(day, otherwise)

    def _of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The spans of one day, in UTC: between local times on the night the clocks change, Python would count the
        hours on the dial."""
        if day in self.closed:
            return
        for opens, closes in sorted(self.spans.get(day.weekday(), ())):
            ends_on = day if closes > opens else day + _DAY
            yield self._moment(day, opens), self._moment(ends_on, closes)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)
