"""How a live connection begins: who is let in, where the streams stand, and what is replayed."""

import threading
from typing import Any

import pytest
from django.db import connections
from websockets.exceptions import ConnectionClosed, InvalidStatus

from inbox.actions.replies import send_text
from security.live import consumer
from security.live.store import prune
from security.models import SecurityPolicy, StreamEvent, StreamHead, User
from tests.security.live.conftest import World
from tests.worlds.serving import Stream, session_of
from tests.worlds.threads import thread


def test_the_first_hello_tells_heads_floors_and_the_heartbeat(world: World):
    thread(world.shop)
    head = StreamHead.objects.get(pk=world.asia).head
    with world.kefu.follow(world.cast.ben) as tab:
        hello = tab.next()
    person = f"person:{world.cast.ben.pk}"
    assert head == 3  # the contact, the message, the conversation
    assert hello == {
        "type": "hello",
        "schema": 1,
        "heads": {world.asia: head, person: StreamHead.objects.get(pk=person).head},
        "floors": {world.asia: 0, person: 0},
        "heartbeat_seconds": 15,
    }


def test_without_a_cursor_nothing_is_replayed_and_what_follows_is_heard(world: World):
    thread(world.shop, text="Before")
    with world.kefu.follow(world.cast.ben) as tab:
        tab.heads()
        thread(world.shop, text="After")
        tab.hears("conversation.changed")
    texts = [event["payload"]["content"]["text"] for event in tab.events if event["kind"] == "message.changed"]
    assert texts == ["After"]


def test_a_cursor_is_replayed_from_without_a_gap_or_a_repetition(world: World):
    for number in range(5):
        thread(world.shop, text=f"Message {number}")
    head = StreamHead.objects.get(pk=world.asia).head
    with world.kefu.follow(world.cast.ben, {world.asia: 4}) as tab:
        tab.heads()
        told = tab.upto(world.asia, head)
    assert [event["seq"] for event in told] == list(range(5, head + 1))


def test_a_replay_longer_than_a_page_comes_in_several_frames(world: World):
    SecurityPolicy.objects.update_or_create(pk=1, defaults={"replay_page": 50})
    for _ in range(20):
        thread(world.shop)
    head = StreamHead.objects.get(pk=world.asia).head
    with world.kefu.follow(world.cast.ben, {world.asia: 0}) as tab:
        told = tab.upto(world.asia, head)
    frames = [frame for frame in tab.frames if frame.get("stream") == world.asia]
    assert head > 50 and len(frames) >= 2
    assert [event["seq"] for event in told if event["stream"] == world.asia] == list(range(1, head + 1))


def test_replay_and_following_join_without_losing_what_happens_in_between(world: World):
    """Writers do not wait for somebody who catches up; every number arrives, in order, once."""

    def write_on() -> None:
        for _ in range(15):
            thread(world.shop)
        connections.close_all()

    for _ in range(10):
        thread(world.shop)
    writer = threading.Thread(target=write_on)
    writer.start()
    with world.kefu.follow(world.cast.ben, {world.asia: 0}) as tab:
        writer.join()
        told = tab.upto(world.asia, StreamHead.objects.get(pk=world.asia).head)
    numbers = [event["seq"] for event in told if event["stream"] == world.asia]
    assert numbers == list(range(1, 76))


def test_what_is_told_between_reading_the_heads_and_following_them_is_heard_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """Its nudge comes while nobody in this process follows the stream: without a second look it would be a heartbeat
    late."""
    read_heads = consumer._greeting
    thread(world.shop)

    def write_meanwhile() -> None:
        thread(world.shop, text="Meanwhile")
        connections.close_all()

    def told_meanwhile(streams: tuple[str, ...]) -> Any:
        heads = read_heads(streams)
        monkeypatch.setattr("security.writing.nudge", lambda heads: None)
        writer = threading.Thread(target=write_meanwhile)
        writer.start()
        writer.join()
        return heads

    monkeypatch.setattr(consumer, "_greeting", told_meanwhile)
    with world.kefu.follow(world.cast.ben, {}) as tab:
        heard = tab.hears("message.changed", seconds=10)
    assert heard["payload"]["content"]["text"] == "Meanwhile"


def test_a_stranger_is_closed_with_4401(world: World):
    assert Stream(world.kefu, "").closed_with() == 4401
    assert Stream(world.kefu, "no-such-session").closed_with() == 4401


def test_a_hello_that_is_under_way_changes_nothing_for_a_stranger(world: World):
    assert world.kefu.follow(None).closed_with() == 4401


def test_somebody_made_inactive_is_closed_with_4401(world: World):
    key = session_of(world.cast.ben)
    User.objects.filter(pk=world.cast.ben.pk).update(is_active=False)
    assert Stream(world.kefu, key).closed_with() == 4401


def test_a_changed_password_ends_the_sessions_of_before(world: World):
    key = session_of(world.cast.ben)
    ben = User.objects.get(pk=world.cast.ben.pk)
    ben.set_password("Another-2026!")
    ben.save()
    assert Stream(world.kefu, key).closed_with() == 4401


def test_a_cursor_below_the_floor_is_closed_with_4409(world: World):
    thread(world.shop)
    StreamEvent.objects.filter(stream=world.asia).update(at="2020-01-01T00:00:00Z")
    assert prune() == 3
    thread(world.shop)
    assert world.kefu.follow(world.cast.ben, {world.asia: 2}).closed_with() == 4409
    with world.kefu.follow(world.cast.ben, {world.asia: 3}) as tab:
        assert tab.next()["floors"][world.asia] == 3
        assert [event["seq"] for event in tab.upto(world.asia, 6)] == [4, 5, 6]


@pytest.mark.parametrize("ahead", [1, 2**62])
def test_a_cursor_above_the_head_is_from_another_database_and_closed_with_4409(world: World, ahead: int):
    thread(world.shop)
    assert world.kefu.follow(world.cast.ben, {world.asia: 3 + ahead}).closed_with() == 4409


def test_a_cursor_for_a_stream_of_somebody_else_is_ignored(world: World):
    thread(world.bureau)
    foreign = {world.europe: 0, f"person:{world.cast.cho.pk}": 0, "nonsense": 5}
    with world.kefu.follow(world.cast.ben, foreign) as tab:
        assert set(tab.heads()) == {world.asia, f"person:{world.cast.ben.pk}"}
        thread(world.shop)
        tab.hears("conversation.changed")
    assert {event["stream"] for event in tab.events} == {world.asia}


@pytest.mark.parametrize("since", [None, [], "x", {"region:1": "5"}, {"region:1": -1}, {"region:1": 1e30}])
def test_a_senseless_since_counts_as_none(world: World, since: object):
    with world.kefu.follow(world.cast.ben) as tab:
        tab.heads()
    fresh = Stream(world.kefu, session_of(world.cast.ben))
    fresh.say(type="hello", since=since)
    assert world.asia in fresh.heads()


@pytest.mark.parametrize("frame", ["", "{", "[]", "5", '{"type": "hallo"}', b"\x00\xff", '{"type": ["hello"]}'])
def test_frames_that_make_no_sense_are_ignored(world: World, frame: str | bytes):
    with Stream(world.kefu, session_of(world.cast.ben)) as tab:
        tab.say_raw(frame)
        tab.hello({})
        assert world.asia in tab.heads()
        tab.say_raw(frame)
        tab.say(type="heartbeat")
        tab.hello({world.asia: 0})  # a second hello is not one
        thread(world.shop)
        tab.hears("conversation.changed")
    assert len([frame for frame in tab.frames if frame["type"] == "hello"]) == 1


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_page_of_another_origin_cannot_open_it(world: World, origin: str):
    with pytest.raises(InvalidStatus) as refused:
        Stream(world.kefu, session_of(world.cast.ben), origin=origin)
    assert refused.value.response.status_code == 403


def test_another_socket_address_is_closed(world: World):
    from websockets.sync.client import connect

    with (
        pytest.raises((InvalidStatus, ConnectionClosed)),
        connect(f"ws://127.0.0.1:{world.kefu.port}/ws/other") as socket,
    ):
        socket.recv(5)


def test_a_person_hears_their_own_events_and_nobody_elses(world: World):
    from inbox.actions.reading import mark_read

    talk = thread(world.shop)
    with world.kefu.follow(world.cast.ben) as ben, world.kefu.follow(world.cast.fay) as fay:
        ben.heads()
        fay.heads()
        mark_read(by=world.cast.access("ben"), conversation_id=talk.pk)
        heard = ben.hears("conversation.read")
        send_text(by=world.cast.access("fay"), conversation_id=talk.pk, client_ref="1", text="Hi")
        fay.hears("message.changed")
    assert heard["payload"] == {"id": str(talk.pk), "read_count": 1}
    assert "conversation.read" not in {event["kind"] for event in fay.events}
