"""The database away, cut off in a transaction, locked or in a deadlock."""

import threading
from collections.abc import Callable

from tests.faults.conftest import Report, embedded_only, long, services_only
from tests.faults.count import Outcome, count_incoming, count_outgoing, settled, together
from tests.faults.desk import desk
from tests.faults.locks import held, waiting_for_a_lock, write_lock
from tests.faults.meta import meta, steady
from tests.faults.patience import until
from tests.faults.place import Place
from tests.faults.tab import tabs


def busy(place: Place, fault: Callable[[], None]) -> Outcome:
    """Both directions under load while ``fault`` happens."""
    settled(place)
    sending, answers = meta(place), desk(place)
    with tabs(place) as (tab,):
        until(lambda: tab.loaded)
        with steady(sending), answers.answering():
            sending.until_sent(20)
            fault()
            sending.until_sent(20)
        return together(count_incoming(place, sending, tab), count_outgoing(place, answers))


@services_only
def test_connections_cut_inside_transactions_leave_nothing_half_written(standing: Place, report: Report):
    def cut() -> None:
        assert standing.line is not None
        with held(standing, "SELECT 1 FROM security_streamhead FOR UPDATE"):  # the last lock of every write
            until(lambda: waiting_for_a_lock(standing) >= 2)
            standing.line.cut()

    found = busy(standing, cut)
    report("connections cut inside transactions", "rolled back; the sweeper drains and settles", found)


@services_only
@long
def test_stopped_for_twenty_seconds_it_costs_time_only(standing: Place, report: Report):
    def stop() -> None:
        assert standing.line is not None
        standing.line.stop()
        threading.Event().wait(20)
        standing.line.mend()

    report("database stopped for 20 s", "webhooks are answered 503 and repeated", busy(standing, stop))


@services_only
@long
def test_a_network_that_swallows_everything_for_twenty_seconds_costs_time_only(standing: Place, report: Report):
    def freeze() -> None:
        assert standing.line is not None
        standing.line.freeze()
        threading.Event().wait(20)
        standing.line.mend()

    report("line to the database frozen for 20 s", "everybody waits and goes on", busy(standing, freeze))


@services_only
@long
def test_a_deadlock_costs_its_victim_one_sweep(standing: Place, report: Report):
    """Kefu locks conversations in the order of their ids; a stranger who does not makes PostgreSQL choose a victim."""
    first, last = standing.rows("SELECT min(id::text), max(id::text) FROM inbox_conversation")[0]
    lock = "SELECT 1 FROM inbox_conversation WHERE id = %s FOR UPDATE"
    before = _deadlocks(standing)

    def cross() -> None:
        # The last lock of every write: bodies pile up before it, until one batch has something for everybody.
        with held(standing, "SELECT 1 FROM security_streamhead FOR UPDATE") as gate:
            until(lambda: standing.count("SELECT count(*) FROM inbox_storedwebhook WHERE state = 'pending'") > 30)
            with held(standing, lock, last) as connection:
                gate.rollback()
                until(lambda: waiting_for_a_lock(standing, query='SELECT "inbox_conversation"%'))
                threading.Event().wait(0.5)  # it may have been an answer; the batch comes at once
                connection.execute("SET LOCAL deadlock_timeout = '1min'")  # who looks first is the victim: Kefu
                connection.execute(lock, (first,))

    found = busy(standing, cross)
    for _ in range(4):
        if _deadlocks(standing) > before:
            break
        found = together(found, busy(standing, cross))
    assert _deadlocks(standing) > before, "no deadlock came about"
    report("deadlock with a stranger", "the victim rolls back and is tried again", found)


def _deadlocks(place: Place) -> int:
    return place.count("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")


@embedded_only
def test_a_stranger_who_holds_the_write_lock_for_three_seconds_is_waited_for(standing: Place, report: Report):
    report("SQLite's write lock held for 3 s", "everybody waits for it", busy(standing, _hold(standing, 3)))


@embedded_only
@long
def test_a_stranger_who_holds_the_write_lock_for_longer_than_anybody_waits(standing: Place, report: Report):
    found = busy(standing, _hold(standing, 25))
    report("SQLite's write lock held for 25 s", "after 20 s webhooks are answered 503 and repeated", found)


def _hold(place: Place, seconds: float) -> Callable[[], None]:
    def hold() -> None:
        with write_lock(place):
            threading.Event().wait(seconds)

    return hold
