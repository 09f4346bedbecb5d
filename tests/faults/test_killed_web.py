"""``kill -9`` of what takes webhooks in, at the two moments that matter: before and after the commit of the bodies."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.conftest import Report
from tests.faults.count import count_incoming, settled
from tests.faults.locks import no_body_stored, waiting_for_a_lock
from tests.faults.meta import Meta, meta, steady
from tests.faults.patience import until
from tests.faults.place import Place
from tests.faults.tab import tabs


def stored(place: Place) -> int:
    return place.count("SELECT count(*) FROM inbox_storedwebhook")


def told(sending: Meta) -> int:
    """How many were acknowledged, once the answers that had left already have arrived."""
    threading.Event().wait(0.03)
    return len(sending.acknowledged)


def at_the_door(place: Place) -> bool:
    """Bodies are inside the process, before their INSERT. SQLite does not say who waits for it: they have had time."""
    if place.profile == "services":
        return bool(waiting_for_a_lock(place, query='INSERT INTO "inbox_storedwebhook"%'))
    threading.Event().wait(0.5)
    return True


@contextmanager
def a_crowd(sending: Meta) -> Iterator[None]:
    """As many bodies as it takes, all the time: at any moment some are stored and not yet acknowledged."""
    ended = threading.Event()

    def post() -> None:
        numbers = itertools.count()
        while not ended.wait(0.002):
            while sending.backlog < 4 * sending.connections:
                sending.text(next(numbers))

    with sending.at_work():
        thread = threading.Thread(target=post, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


def test_killed_before_the_commit_of_the_bodies_they_come_again(standing: Place, report: Report):
    settled(standing)
    sending = meta(standing)
    with tabs(standing) as (tab,):
        until(lambda: tab.loaded)
        before = stored(standing)

        def uncommitted() -> int:
            return sending.sent - (stored(standing) - before)

        with steady(sending, every=0.02):
            sending.until_sent(50)
            with no_body_stored(standing):
                until(lambda: uncommitted() >= sending.connections and at_the_door(standing))
                standing.house.kill(standing.web)
                lost_with_it = uncommitted()
            standing.restart(standing.web)
        found = count_incoming(standing, sending, tab)
    assert lost_with_it >= sending.connections and len(sending.acknowledged) < sending.attempts
    report("web killed before the commit of the bodies", "never acknowledged, so WhatsApp repeats", found)


def test_killed_between_commit_and_answer_the_repetition_is_stored_once(standing: Place, report: Report):
    settled(standing)
    sending = meta(standing, connections=16)
    with tabs(standing) as (tab,):
        until(lambda: tab.loaded)
        before = stored(standing)
        with a_crowd(sending):
            standing.kill_when(standing.web, lambda: stored(standing) - before > told(sending), brief=True)
            unanswered = stored(standing) - before - told(sending)
            standing.restart(standing.web)
        found = count_incoming(standing, sending, tab)
    assert unanswered > 0 and stored(standing) - before == len(sending.acknowledged) < sending.attempts
    report("web killed between commit and answer", "WhatsApp repeats; the body's digest is there already", found)
