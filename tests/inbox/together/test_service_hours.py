"""The clock that runs only while a region serves customers."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox.hours import Hours

TAIPEI = ZoneInfo("Asia/Taipei")
OFFICE = {weekday: ((time(9), time(18)),) for weekday in range(5)}


def taipei(day: int, hour: int, minute: int = 0) -> datetime:
    """Of March 2026, whose second is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=TAIPEI)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (taipei(2, 10), 30, taipei(2, 10, 30)),
        (taipei(2, 8), 30, taipei(2, 9, 30)),
        (taipei(2, 17, 50), 30, taipei(3, 9, 20)),
        (taipei(6, 17, 50), 30, taipei(9, 9, 20)),
        (taipei(7, 12), 30, taipei(9, 9, 30)),
        (taipei(2, 9), 9 * 60, taipei(2, 18)),
        (taipei(2, 9), 9 * 60 + 1, taipei(3, 9, 1)),
    ],
    ids=["within", "before it opens", "over night", "over the weekend", "on a Saturday", "a whole day", "and a minute"],
)
def test_only_service_time_counts(start: datetime, minutes: int, end: datetime):
    assert Hours(TAIPEI, OFFICE).after(start, timedelta(minutes=minutes)) == end


def test_a_holiday_is_no_service_time():
    hours = Hours(TAIPEI, OFFICE, frozenset({date(2026, 3, 3)}))
    assert hours.after(taipei(2, 17, 50), timedelta(minutes=30)) == taipei(4, 9, 20)


def test_hours_may_reach_past_midnight():
    hours = Hours(TAIPEI, {0: ((time(22), time(6)),)})
    assert hours.after(taipei(2, 23), timedelta(hours=3)) == taipei(3, 2)
    assert hours.after(taipei(3, 5), timedelta(hours=2)) == taipei(9, 23)


def test_a_night_on_which_the_clocks_change_counts_its_real_hours():
    london = ZoneInfo("Europe/London")
    hours = Hours(london, {6: ((time(0), time(0)),)})
    start = datetime(2026, 3, 29, 0, 30, tzinfo=london)
    assert hours.after(start, timedelta(hours=2)) == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)


def test_without_hours_it_is_round_the_clock():
    assert Hours(TAIPEI).after(taipei(7, 3), timedelta(minutes=30)) == taipei(7, 3, 30)


def test_a_region_that_never_opens_promises_nothing_soon():
    closed = frozenset(date(2026, 1, 1) + timedelta(days=day) for day in range(1000))
    assert Hours(TAIPEI, OFFICE, closed).after(taipei(2, 9), timedelta(minutes=1)) > taipei(2, 9) + timedelta(days=700)
