"""Sockets end with the session they hang on: at the very moment it is idle too long, and with the reason."""

from websockets.exceptions import ConnectionClosed

from security.actions.session_ends import end_session
from security.models import BrowserSession
from tests.security.live.conftest import World
from tests.worlds.browsers import idle_for, row_of_key
from tests.worlds.serving import Stream, session_of


def reason_of(tab: Stream) -> str:
    assert tab.closed_with(seconds=8) == 4401
    try:
        tab.next(seconds=1)
    except ConnectionClosed as closed:
        assert closed.rcvd is not None
        return closed.rcvd.reason
    raise AssertionError("it was closed")


def test_a_socket_closes_at_the_moment_its_person_was_idle_too_long(world: World):
    """Long before the next heartbeat (15 s): only the session's end can have hastened it."""
    key = session_of(world.cast.ben)
    idle_for(row_of_key(key), minutes=14, seconds=58)
    with Stream(world.kefu, key) as tab:
        tab.hello({}).heads()
        assert reason_of(tab) == "idle"


def test_revoking_a_session_closes_its_sockets_at_once_and_no_others(world: World):
    ours, theirs = session_of(world.cast.ben), session_of(world.cast.ben)
    with Stream(world.kefu, ours) as here, Stream(world.kefu, theirs) as there:
        for tab in (here, there):
            tab.hello({}).heads()
        end_session(by=world.cast.access("ben"), session_id=row_of_key(theirs).pk)
        assert reason_of(there) == "revoked"
        here.hears("session.ended")
    assert BrowserSession.objects.filter(user=world.cast.ben, ended_at=None).count() == 1
