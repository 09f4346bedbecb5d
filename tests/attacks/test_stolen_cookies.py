"""A copied cookie is worth nothing from the moment its session ends, whichever way, over HTTP and the socket."""

from collections.abc import Callable

import pytest

from security.actions.locks import lock_account
from security.actions.people import change_person
from security.actions.session_ends import end_sessions
from security.models import BrowserSession, User
from security.models.session import digest_of_key
from tests.attacks.over_http import Browser
from tests.conftest import BY, PASSWORD, Cast
from tests.security.test_api_keys import key_of
from tests.worlds.serving import Served, Stream

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "Another-pass-2026!"
Way = Callable[[Cast, Browser], object]


def _deactivate(cast: Cast) -> None:
    cast.ben.is_active = False
    change_person(by=BY, user=cast.ben, changed=["is_active"])


def _revoke(mine: Browser) -> object:
    other = Browser(mine.kefu)
    other.sign_in("ben@kefu.test")
    listed = BrowserSession.objects.get(digest=digest_of_key(mine.key))
    return other.ask("DELETE", f"me/sessions/{listed.pk}")


WAYS: dict[str, Way] = {
    "signed out": lambda cast, mine: mine.ask("DELETE", "session"),
    "revoked from another browser": lambda cast, mine: _revoke(mine),
    "all others ended": lambda cast, mine: _ended_by_another(mine),
    "an admin ended all": lambda cast, mine: end_sessions(by=BY, user=cast.ben, reason="Stolen"),
    "the password changed elsewhere": lambda cast, mine: _changed_elsewhere(mine),
    "the account locked": lambda cast, mine: lock_account(by=BY, user=cast.ben, reason="Stolen"),
    "the person made inactive": lambda cast, mine: _deactivate(cast),
}


def _ended_by_another(mine: Browser) -> object:
    other = Browser(mine.kefu)
    other.sign_in("ben@kefu.test")
    return other.ask("DELETE", "me/sessions")


def _changed_elsewhere(mine: Browser) -> object:
    other = Browser(mine.kefu)
    other.sign_in("ben@kefu.test")
    return other.ask("POST", "me/password", {"current": PASSWORD, "password": NEW})


@pytest.mark.parametrize("way", WAYS)
def test_it_is_worth_nothing_once_the_session_ended(cast: Cast, kefu: Served, way: str):
    mine = Browser(kefu)
    assert mine.sign_in("ben@kefu.test").status_code == 200
    thief, key = mine.stolen(), mine.key
    assert thief.is_in(), "until then the thief is whoever it was stolen from"
    with Stream(kefu, key).hello({}) as tab:
        tab.heads()
        WAYS[way](cast, mine)
        assert tab.closed_with() == 4401
    for method, path, body in (("GET", "me", None), ("PATCH", "me", {"availability": "away"}), ("GET", "people", None)):
        thief.http.cookies.set("kefu_session", key)  # the answer takes it out of a browser; a thief puts it in again
        assert thief.ask(method, path, body).status_code in (401, 403)
    with Stream(kefu, key).hello({}) as tab:
        assert tab.closed_with() == 4401
    assert User.objects.get(pk=cast.ben.pk).availability == cast.ben.availability


def test_it_does_not_come_back_when_its_owner_signs_in_again(cast: Cast, kefu: Served):
    mine = Browser(kefu)
    mine.sign_in("ben@kefu.test")
    thief = mine.stolen()
    mine.ask("DELETE", "session")
    assert mine.sign_in("ben@kefu.test").status_code == 200 and mine.is_in()
    assert not thief.is_in()


def test_whoever_changes_their_password_keeps_working_and_the_thief_does_not(cast: Cast, kefu: Served):
    mine = Browser(kefu)
    mine.sign_in("ben@kefu.test")
    thief, before = mine.stolen(), mine.key
    assert mine.ask("POST", "me/password", {"current": PASSWORD, "password": NEW}).status_code < 300
    assert mine.is_in() and not thief.is_in() and mine.key != before


def test_a_thief_cannot_take_the_account_over(cast: Cast, kefu: Served):
    """Without the password a cookie changes neither it nor the factors, and makes no key that outlives it."""
    mine = Browser(kefu)
    mine.sign_in("dee@kefu.test")
    thief = mine.stolen()
    tries = [
        ("POST", "me/password", {"current": "guessed", "password": NEW}),
        ("POST", "me/factor", {"password": "guessed"}),
        ("POST", "me/passkeys/options", {"password": "guessed"}),
        (
            "POST",
            "api-keys",
            {"name": "Mine", "permissions": [], "regions": [cast.asia.pk], "days": 9},
        ),
        ("POST", "session/factor", {"code": "000000"}),
    ]
    assert {thief.ask(*one).status_code for one in tries} <= {403, 429}, "refused, and slowed down when guessing"
    assert mine.is_in() and Browser(kefu).sign_in("dee@kefu.test").status_code == 200


def test_a_session_planted_before_signing_in_is_nobodys_afterwards(cast: Cast, kefu: Served):
    """Fixation: the attacker's own browser is signed in as Cho, and its cookies are planted in Ben's."""
    attacker, victim = Browser(kefu), Browser(kefu)
    attacker.sign_in("cho@kefu.test")
    planted = attacker.key
    victim.http.cookies.update(attacker.http.cookies)
    assert victim.sign_in("ben@kefu.test").status_code == 200
    assert victim.key != planted and victim.ask("GET", "me").json()["name"] == "Ben"
    assert attacker.key == planted and not (attacker.is_in() and attacker.ask("GET", "me").json()["name"] == "Ben")


@pytest.mark.parametrize("made_up", ["x" * 32, "", "0" * 32, "../../etc/passwd", "a" * 5000, "' OR 1=1 --"])
def test_a_made_up_session_is_nobodys_and_is_not_taken_over(cast: Cast, kefu: Served, made_up: str):
    """A key that the server did not give never becomes one."""
    victim = Browser(kefu)
    victim.http.cookies.set("kefu_session", made_up)
    assert victim.ask("GET", "me").status_code == 401
    assert victim.sign_in("ben@kefu.test").status_code == 200
    thief = Browser(kefu)
    thief.http.cookies.set("kefu_session", made_up)
    assert not thief.is_in()


@pytest.mark.parametrize("name", ["kefu_session", "sessionid", "session", "key", "api_key", "token", "authorization"])
def test_neither_session_nor_key_counts_in_an_address(cast: Cast, kefu: Served, name: str):
    mine = Browser(kefu)
    mine.sign_in("ben@kefu.test")
    for secret in (mine.key, key_of(cast.ben)):
        assert Browser(kefu).ask("GET", f"me?{name}={secret}").status_code in (400, 401)
