"""The numbers of a stream under concurrent writers: no gap, no repetition, in commit order; and no deadlock."""

import random
import threading
from collections.abc import Callable

import pytest
from django.db import connections

from security.errors import Conflict
from security.events import AccessChanged
from security.live.store import append_events, events_after, heads_and_floors, prune
from security.models import StreamEvent, StreamHead
from security.streams import Event
from security.writing import write
from tests.conftest import BY

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, WRITES = 8, 12


def at_once(work: Callable[[int], None], times: int = WRITERS) -> None:
    """Run ``work(0) … work(times - 1)`` in threads that start together; the first error of any fails the test."""
    start, errors = threading.Barrier(times), []

    def run(number: int) -> None:
        try:
            start.wait()
            work(number)
        except Exception as error:  # noqa: BLE001  (handed to the test)
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def event(*streams: str, about: str) -> Event:
    told = AccessChanged.of(1)
    return AccessChanged(streams=streams, object_id=about, payload={}, key_id=told.key_id, scope=told.scope)


def test_eight_writers_number_without_gaps_repetitions_or_deadlocks():
    """Each write tells several streams, in no particular order: locking them as they come would deadlock."""
    streams = ["region:1", "region:2", "region:3"]

    def work(number: int) -> None:
        chance = random.Random(number)
        for count in range(WRITES):
            with write(by=BY) as change:
                for stream in chance.sample(streams, 2):
                    change.announce(event(stream, about=f"{number}-{count}-{stream}"))

    event("warm", about="the shared key exists before the race")
    at_once(work)
    counts = {stream: StreamEvent.objects.filter(stream=stream).count() for stream in streams}
    assert sum(counts.values()) == WRITERS * WRITES * 2
    for stream, count in counts.items():
        numbers = StreamEvent.objects.filter(stream=stream).order_by("seq").values_list("seq", flat=True)
        assert list(numbers) == list(range(1, count + 1))
        assert StreamHead.objects.get(pk=stream).head == count


def test_a_reader_who_follows_by_number_misses_nothing_while_others_write():
    """An identity column would lose events here: ids commit out of order."""
    seen: list[int] = []
    done = threading.Event()

    def work(number: int) -> None:
        if number == 0:
            while not done.is_set() or events_after("region:1", seen[-1] if seen else 0):
                seen.extend(row.seq for row in events_after("region:1", seen[-1] if seen else 0))
            return
        for count in range(WRITES):
            with write(by=BY) as change:
                change.announce(event("region:1", about=f"{number}-{count}"))
        finished.append(number)
        if len(finished) == WRITERS - 1:
            done.set()

    finished: list[int] = []
    event("warm", about="the shared key exists before the race")
    at_once(work)
    assert seen == list(range(1, (WRITERS - 1) * WRITES + 1))


def test_a_change_that_fails_while_others_write_leaves_no_gap():
    def work(number: int) -> None:
        for count in range(WRITES):
            try:
                with write(by=BY) as change:
                    change.announce(event("region:1", about=f"{number}-{count}"))
                    if count % 3 == 0:
                        raise Conflict
            except Conflict:
                pass

    event("warm", about="the shared key exists before the race")
    at_once(work, 4)
    numbers = list(StreamEvent.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, 4 * WRITES * 2 // 3 + 1))


def test_the_first_events_of_a_stream_race_for_its_counter():
    event("warm", about="the shared key exists before the race")

    def work(number: int) -> None:
        with write(by=BY) as change:
            change.announce(event("region:9", about=str(number)))

    at_once(work)
    assert sorted(StreamEvent.objects.values_list("seq", flat=True)) == list(range(1, WRITERS + 1))


def test_an_event_of_two_streams_is_told_on_both():
    heads = append_events([event("region:1", "region:2", about="x"), event("region:2", about="y")])
    assert heads == {"region:1": 1, "region:2": 2}
    assert [row.object_id for row in events_after("region:2", 0)] == ["x", "y"]


def test_nothing_to_tell_touches_nothing():
    assert append_events([]) == {}
    assert not StreamHead.objects.exists()
    assert heads_and_floors(["region:1"]) == ({"region:1": 0}, {"region:1": 0})


def test_pruning_drops_what_is_old_raises_the_floor_and_can_be_repeated():
    append_events(event("region:1", about=str(number)) for number in range(4))
    append_events([event("region:2", about="z")])
    StreamEvent.objects.filter(stream="region:1", seq__lte=3).update(at="2020-01-01T00:00:00Z")
    assert [prune(), prune()] == [3, 0]
    assert heads_and_floors(["region:1", "region:2"]) == (
        {"region:1": 4, "region:2": 1},
        {"region:1": 3, "region:2": 0},
    )
    assert [row.seq for row in events_after("region:1", 0)] == [4]
    append_events([event("region:1", about="later")])
    assert [row.seq for row in events_after("region:1", 3)] == [4, 5]
