"""Redis only carries hints: without it everything is slower, and nothing is lost."""

import threading

import pytest

from tests.faults.conftest import Report, long, services_only
from tests.faults.count import count_incoming, count_outgoing, settled, together
from tests.faults.desk import desk
from tests.faults.meta import meta, steady
from tests.faults.own_redis import OwnRedis
from tests.faults.patience import until
from tests.faults.place import Place
from tests.faults.tab import tabs

pytestmark = [services_only, pytest.mark.skipif(not OwnRedis.available(), reason="redis-server is not installed")]


def busy(place: Place, fault: str, *, away: float = 0.0, back: str = "") -> tuple:
    """Both directions under load while Redis meets ``fault`` and, ``away`` seconds later, ``back``."""
    assert place.redis is not None
    settled(place)
    sending, answers = meta(place), desk(place)
    with tabs(place) as (tab,):
        until(lambda: tab.loaded)
        with steady(sending), answers.answering():
            sending.until_sent(20)
            getattr(place.redis, fault)()
            threading.Event().wait(away)
            if back:
                getattr(place.redis, back)()
            sending.until_sent(20)
        found = together(count_incoming(place, sending, tab), count_outgoing(place, answers))
    return found, answers


def test_flushed_it_costs_hints_only(standing: Place, report: Report):
    found, _ = busy(standing, "flush")
    report("Redis flushed", "the sweeper enqueues what waits", found)


def test_stopped_for_three_seconds_nothing_is_lost_and_agents_can_work(standing: Place, report: Report):
    found, answers = busy(standing, "stop", away=3, back="start")
    assert answers.slowest < 15, "an answer is stored without Redis"
    report("Redis stopped for 3 s", "bodies and answers are stored meanwhile; then the sweeper", found)


@long
def test_stopped_for_thirty_seconds_nothing_is_lost_and_agents_can_work(standing: Place, report: Report):
    found, answers = busy(standing, "stop", away=30, back="start")
    assert answers.slowest < 15
    report("Redis stopped for 30 s", "bodies and answers are stored meanwhile; then the sweeper", found)


@long
def test_frozen_for_thirty_seconds_nobody_hangs_for_it(standing: Place, report: Report):
    """It keeps its connections and answers nothing: worse than being away, since nobody is told."""
    found, answers = busy(standing, "freeze", away=30, back="thaw")
    assert answers.slowest < 15, answers.slowest
    report("Redis frozen for 30 s", "calls to it time out; then the sweeper", found)
