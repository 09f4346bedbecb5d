"""Declaring events, and reading back rows that are damaged."""

import logging

import pytest

from security.events import AccessChanged, SessionEnded
from security.live.store import events_after
from security.models import StreamEvent
from security.streams import Event, kinds
from security.writing import write
from tests.conftest import BY


def test_an_event_without_an_audience_cannot_be_declared():
    with pytest.raises(TypeError, match="audience"):
        type("Careless", (Event,), {"kind": "tests.careless"})
    assert "tests.careless" not in kinds()


def test_a_damaged_row_is_left_out_and_said_once(db: None, caplog: pytest.LogCaptureFixture):
    for kind in (AccessChanged, SessionEnded):
        with write(by=BY) as change:
            change.announce(kind.of(987_001))
    StreamEvent.objects.filter(stream="person:987001", seq=1).update(payload=b"\x01" + b"x" * 40)
    with caplog.at_level(logging.ERROR, logger="security.live.store"):
        for _ in range(3):
            assert [event.payload for event in events_after("person:987001", 0)] == [None, "{}"]
    assert len(caplog.records) == 1
