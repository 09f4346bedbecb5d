"""The rate that is promised is the rate that passes, whoever counts."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from subprocess import run
from sys import executable

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from security.limits import buckets
from security.limits.buckets import OwnBuckets, Rate, take
from tests.contracts.committed import ROOT

RATES = st.builds(Rate, st.integers(1, 50), st.sampled_from([1.0, 60.0, 3600.0]), st.integers(1, 20))
SECOND = 1_000_000


@given(RATES, st.lists(st.integers(0, 3 * SECOND), max_size=60))
def test_over_any_span_no_more_pass_than_burst_and_rate(rate: Rate, pauses: list[int]):
    bucket, now, passed = OwnBuckets(), 0, []
    for pause in pauses:
        now += pause
        if bucket.take("x", rate.step, rate.step * rate.burst, now=now)[0]:
            passed.append(now)
    for first, began in enumerate(passed):
        for last in range(first, len(passed)):
            assert last - first + 1 <= rate.burst + (passed[last] - began) / rate.step


@given(RATES)
def test_whoever_waits_as_long_as_was_said_passes(rate: Rate):
    bucket, room = OwnBuckets(), rate.step * rate.burst
    while bucket.take("x", rate.step, room, now=0)[0]:
        pass
    _, empty_in = bucket.take("x", rate.step, room, now=0)
    wait = empty_in + rate.step - room
    assert wait > 0 and not bucket.take("x", rate.step, room, now=wait - 1)[0]
    assert bucket.take("x", rate.step, room, now=wait)[0]


def test_what_costs_more_is_all_or_nothing():
    rate = Rate(10, 3600.0, 10)
    assert take("cost", rate, cost=7).left == 3
    refused = take("cost", rate, cost=4)
    assert not refused.allowed and 300 < refused.wait <= 360
    assert take("cost", rate, cost=3).allowed


def test_what_costs_more_than_there_is_takes_all():
    rate = Rate(10, 3600.0, 10)
    assert take("giant", rate, cost=10_000).left == 0
    assert not take("giant", rate).allowed


def test_each_has_a_bucket_of_its_own():
    rate = Rate(1, 3600.0, 1)
    assert take("one", rate).allowed and not take("one", rate).allowed and take("other", rate).allowed


def test_many_threads_together_let_through_exactly_the_burst():
    rate = Rate(7, 3600.0, 7)
    gate = threading.Barrier(16)

    def hurry(_: int) -> int:
        gate.wait()
        return sum(take("crowd", rate).allowed for _ in range(10))

    with ThreadPoolExecutor(16) as crowd:
        assert sum(crowd.map(hurry, range(16))) == 7


@pytest.mark.skipif(not settings.CELERY_BROKER_URL.startswith("redis"), reason="without Redis there is one process")
def test_many_processes_together_let_through_exactly_the_burst():
    code = (
        "import django; django.setup()\n"
        "from security.limits.buckets import Rate, take\n"
        "print(sum(take('processes', Rate(9, 3600.0, 9)).allowed for _ in range(20)))\n"
    )

    def process(_: int) -> int:
        return int(run([executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout)

    with ThreadPoolExecutor(3) as crowd:
        assert sum(crowd.map(process, range(3))) == 9


def test_a_redis_that_is_away_stops_nobody_and_still_counts(monkeypatch: pytest.MonkeyPatch, settings):
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0", "KEY_PREFIX": "away"}}
    buckets._script.cache_clear()
    try:
        began, rate = time.monotonic(), Rate(3, 3600.0, 3)
        assert [take("away", rate).allowed for _ in range(5)] == [True, True, True, False, False]
        assert time.monotonic() - began < 5
    finally:
        buckets._script.cache_clear()
