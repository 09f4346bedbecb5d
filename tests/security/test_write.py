"""The one block in which anything changes: all of it or nothing, told once, after the commit."""

from typing import Any

import pytest
from django.db import connection, transaction

from security.actions.people import add_region
from security.encryption.keyring import shared_key
from security.errors import Conflict
from security.events import AccessChanged, SessionEnded
from security.live.store import events_after
from security.models import Operation, Region, StreamEvent, StreamHead
from security.tasks import prune_stream
from security.writing import write
from tests.conftest import BY, Cast


def region(code: str) -> Region:
    return Region.objects.create(code=code, name=code)


def told(stream: str = "person:1") -> list[str]:
    return [event.kind for event in events_after(stream, 0)]


def test_what_is_recorded_is_in_the_log_with_who_and_what(db: None):
    with write(by=BY) as change:
        made = region("oceania")
        change.record("region.added", made, code="oceania")
    line = Operation.objects.get()
    assert (line.actor_kind, line.actor_id, line.action) == ("system", "tests", "region.added")
    assert (line.subject_kind, line.subject_id, line.details) == ("security.region", str(made.pk), {"code": "oceania"})


def test_a_person_is_named_in_the_log(cast: Cast):
    with write(by=cast.access("ben")) as change:
        change.record("test.done", cast.asia)
    line = Operation.objects.get(action="test.done")
    assert (line.actor_kind, line.actor_id) == ("person", str(cast.ben.pk))


def test_a_refusal_leaves_nothing_behind(db: None):
    with pytest.raises(Conflict), write(by=BY) as change:
        change.record("region.added", region("oceania"))
        change.announce(AccessChanged.of(1))
        raise Conflict
    assert not Region.objects.exists() and not Operation.objects.exists()
    assert not StreamEvent.objects.exists() and not StreamHead.objects.exists()


def test_an_inner_block_joins_the_outer_one_and_is_told_at_its_end(db: None):
    with write(by=BY) as outer:
        with write(by=BY) as inner:
            assert inner is outer
            inner.record("inner", region("a"))
            inner.announce(AccessChanged.of(1))
        assert not Operation.objects.exists() and not StreamEvent.objects.exists()
        outer.record("outer", region("b"))
    assert list(Operation.objects.order_by("id").values_list("action", flat=True)) == ["inner", "outer"]
    assert told() == ["access.changed"]


def test_an_inner_refusal_that_is_caught_takes_only_its_own_part_away(db: None):
    with write(by=BY) as outer:
        outer.record("before", region("a"))
        outer.announce(AccessChanged.of(1))
        with pytest.raises(Conflict), write(by=BY) as inner:
            inner.record("within", region("b"))
            inner.announce(SessionEnded.of(1))
            raise Conflict
        outer.record("after", region("c"))
    assert set(Region.objects.values_list("code", flat=True)) == {"a", "c"}
    assert list(Operation.objects.order_by("id").values_list("action", flat=True)) == ["before", "after"]
    assert told() == ["access.changed"]


def test_an_inner_refusal_gives_back_what_it_had_replaced(db: None):
    """The inner block announced the same object anew; when it is undone the outer word stands again."""
    with write(by=BY) as outer:
        outer.announce(AccessChanged.of(1))
        with pytest.raises(Conflict), write(by=BY) as inner:
            inner.announce(AccessChanged.of(1))
            inner.enqueue(prune_stream)
            raise Conflict
        assert outer.afterwards == {}
    assert told() == ["access.changed"]


def test_an_inner_refusal_that_is_not_caught_takes_everything_away(db: None):
    with pytest.raises(Conflict), write(by=BY) as outer:
        outer.record("before", region("a"))
        with write(by=BY):
            raise Conflict
    assert not Region.objects.exists() and not Operation.objects.exists()


def test_a_block_after_a_refused_one_begins_afresh(db: None):
    with pytest.raises(Conflict), write(by=BY) as change:
        change.record("lost", region("a"))
        raise Conflict
    with write(by=BY) as change:
        change.record("kept", region("a"))
    assert list(Operation.objects.values_list("action", flat=True)) == ["kept"]


def test_two_words_on_one_object_are_told_as_the_last_one(db: None):
    with write(by=BY) as change:
        change.announce(AccessChanged.of(1))
        change.announce(SessionEnded.of(1))
        change.announce(AccessChanged.of(1))
    assert told() == ["session.ended", "access.changed"]


def test_actions_compose_into_one_change(db: None):
    with write(by=BY):
        add_region(by=BY, code="oceania", name="Oceania", time_zone="Pacific/Auckland")
        add_region(by=BY, code="africa", name="Africa", time_zone="Africa/Accra")
        assert not Operation.objects.exists()
    assert Operation.objects.count() == 2


def test_numbers_of_a_rolled_back_change_are_given_to_the_next_one(db: None):
    for kind in (AccessChanged, SessionEnded, AccessChanged):
        with transaction.atomic():
            with write(by=BY) as change:
                change.announce(kind.of(1))
            if kind is SessionEnded:
                transaction.set_rollback(True)
    events = events_after("person:1", 0)
    assert [(event.seq, event.kind) for event in events] == [(1, "access.changed"), (2, "access.changed")]


@pytest.mark.django_db(transaction=True)
def test_nudges_and_tasks_follow_the_commit_and_never_a_rollback():
    """What would leave the process is only registered inside; the transaction decides."""
    left = Witness()
    with pytest.raises(Conflict), write(by=BY) as change:
        change.enqueue(left)
        raise Conflict
    assert left.started == []
    with write(by=BY) as change:
        change.enqueue(left, "a")
        change.enqueue(left, "a")
        change.enqueue(left, "b")
        assert left.started == [] and connection.in_atomic_block
    assert left.started == [("a",), ("b",)], "once per task and arguments"


@pytest.mark.django_db(transaction=True)
def test_a_nudge_is_given_after_the_commit_only():
    shared_key(region_id=None, purpose="people")  # made and remembered before, or that too waits for the commit
    with write(by=BY) as change:
        change.announce(AccessChanged.of(1))
        assert connection.run_on_commit == []
    assert StreamHead.objects.get(pk="person:1").head == 1
    with transaction.atomic():
        with write(by=BY) as change:
            change.announce(AccessChanged.of(1))
        assert len(connection.run_on_commit) == 1, "the outermost transaction has not committed yet"
        transaction.set_rollback(True)
    assert StreamHead.objects.get(pk="person:1").head == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_does_not_undo_what_was_written():
    with write(by=BY) as change:
        change.record("kept", region("a"))
        change.enqueue(Witness(broken=True))
    assert Operation.objects.filter(action="kept").exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_commit_sets_off_may_write_and_is_told_too():
    def follow_up() -> None:
        with write(by=BY) as later:
            later.record("later", region("b"))
            later.announce(SessionEnded.of(1))

    with write(by=BY) as change:
        change.record("first", region("a"))
        change.announce(AccessChanged.of(1))
        transaction.on_commit(follow_up)
    assert list(Operation.objects.order_by("id").values_list("action", flat=True)) == ["first", "later"]
    assert told() == ["access.changed", "session.ended"]


class Witness:
    """Stands where a Celery task does and keeps what it was started with; ``broken``: its broker is away."""

    name = "tests.witness"

    def __init__(self, *, broken: bool = False) -> None:
        self.started: list[tuple[Any, ...]] = []
        self.broken = broken

    def apply_async(self, *, args: tuple[Any, ...], retry: bool) -> None:
        if self.broken:
            raise ConnectionError("no broker")
        self.started.append(args)
