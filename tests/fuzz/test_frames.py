"""The socket under any frames: the server never stumbles, and never tells what the person may not see."""

import contextlib
import json
import logging
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from inbox.actions.replies import send_text
from security.models import StreamHead
from tests.conftest import Cast
from tests.fuzz.effort import search
from tests.fuzz.odd_json import ODD_TEXTS, spelled
from tests.fuzz.two_regions import MARK, TwoRegions, two_regions
from tests.worlds.serving import Served, Stream, session_of

# 1007 no UTF-8, 1009 too large: WebSocket's own. 4401, 4409, 4429: ours, in docs/live-stream.md.
DOCUMENTED = {1007, 1009, 4401, 4409, 4429}
NUMBERS: st.SearchStrategy[Any] = st.sampled_from(
    [0, 1, -1, 3, 2**31, 2**63 - 1, 2**63, 2**64, 10**30, 1.5, 1e300, True, None, "1", [], {}]
)
GIANT = [" " * 2_000_000, "[" * 500_000, json.dumps({"type": "hello", "since": {"x" * 900_000: 1}})]


def hellos(streams: list[str]) -> st.SearchStrategy[str]:
    names = st.sampled_from([*streams, "region:", "region:-1", "person:0", "region:1 OR 1", "*", ""]) | ODD_TEXTS
    since = st.dictionaries(names, NUMBERS | st.integers(0, 40), max_size=5) | NUMBERS
    kinds = st.sampled_from(["hello", "Hello", "events", "heartbeat", None, ["hello"]])
    documents = st.builds(lambda kind, told: {"type": kind, "since": told}, kinds, since)
    return documents.map(lambda document: spelled(document).decode())


def frames(streams: list[str]) -> st.SearchStrategy[list[str | bytes]]:
    readable = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
    one = hellos(streams) | readable | st.binary(max_size=50) | st.sampled_from(GIANT) | st.just(b"\xff" * 70_000)
    return st.lists(one, min_size=1, max_size=5)


@pytest.fixture
def both(kefu: Served, cast: Cast) -> TwoRegions:
    return two_regions(cast)


def heard(tab: Stream, *, seconds: float) -> int | None:
    """Everything that comes within ``seconds`` of silence; the close code when the server closed."""
    try:
        while True:
            tab.next(seconds=seconds)
    except TimeoutError:
        return None
    except ConnectionClosed as closed:
        assert closed.rcvd is not None, "the connection broke without a close frame"
        return closed.rcvd.code


def test_no_frames_make_the_server_stumble_or_tell_of_another_region(
    kefu: Served, both: TwoRegions, caplog: pytest.LogCaptureFixture
):
    ben = both.people["agent"]
    key = session_of(ben)
    own = {f"region:{both.asia.region.pk}", f"person:{ben.pk}"}
    foreign = [f"region:{both.europe.region.pk}", f"person:{both.cast.cho.pk}"]

    @search(40)
    @given(frames([*sorted(own), *foreign]))
    @example([json.dumps({"type": "hello", "since": dict.fromkeys([*own, *foreign], 0)})] * 3)
    def hold(said: list[str | bytes]) -> None:
        with Stream(kefu, key) as tab:
            with contextlib.suppress(ConnectionClosed):  # it closed at an earlier frame; `heard` sees with what
                for frame in said:
                    tab.say_raw(frame)
            code = heard(tab, seconds=0.05)
        assert code is None or code in DOCUMENTED
        _only_own(both, tab, own)

    with caplog.at_level(logging.WARNING):
        hold()
    assert [line for line in caplog.records if line.name.startswith(("security", "inbox", "uvicorn", "asyncio"))] == []
    _still_serves(kefu, both)


def _only_own(world: TwoRegions, tab: Stream, own: set[str]) -> None:
    told = json.dumps(tab.frames, ensure_ascii=False)
    for secret in world.forbidden:
        assert secret not in told, f"{secret} was told"
    assert MARK not in told
    hellos_: list[dict[str, Any]] = [frame for frame in tab.frames if frame["type"] == "hello"]
    assert len(hellos_) <= 1
    for frame in hellos_:
        assert set(frame["heads"]) == set(frame["floors"]) == own
    assert {event["stream"] for event in tab.events} <= own
    for stream in own:
        numbers = [event["seq"] for event in tab.events if event["stream"] == stream]
        assert numbers == sorted(set(numbers)), "an event came twice or out of order"


def _still_serves(kefu: Served, world: TwoRegions) -> None:
    """After all that, an honest tab follows as if nothing had been."""
    asia = f"region:{world.asia.region.pk}"
    with kefu.follow(world.people["agent"]) as tab:
        assert tab.heads()[asia] == StreamHead.objects.get(pk=asia).head
        by = world.cast.access("fay")
        send_text(by=by, conversation_id=world.asia.talk.pk, client_ref="after", text="after all that")
        tab.hears("message.changed")


@pytest.mark.parametrize("cookie", ["", "x", "../x", "%00", "é" * 50, "a" * 4000])
def test_a_stranger_who_sends_anything_is_closed_with_4401_and_told_nothing(
    kefu: Served, both: TwoRegions, cookie: str
):
    with Stream(kefu, cookie) as tab:
        with contextlib.suppress(ConnectionClosed):
            for frame in ('{"type":"hello","since":{}}', b"\x00", "[" * 1000):
                tab.say_raw(frame)
        assert heard(tab, seconds=2) == 4401
    assert tab.frames == []
