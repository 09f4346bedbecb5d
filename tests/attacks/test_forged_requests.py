"""A page elsewhere makes somebody's browser send: no changing route takes it, whatever the page knows or claims (CSRF).

The list of routes is that of the permission matrix, so a new route is tried without a word here.
"""

from typing import Any

import pytest
from django.test import Client

from tests.attacks.attackers import undone
from tests.conftest import PASSWORD, Cast
from tests.contracts.calls import ANYBODY, Call
from tests.contracts.routes import CALLS
from tests.worlds.asia import Asia, asia

CHANGING = [one for one in CALLS if one.method != "GET"]
# Tried as a stranger: whoever is signed in has nothing to do with them.
_STEPS = [one for one in CHANGING if one.lowest == ANYBODY]
EVIL = "https://evil.example"
TOKEN = "a" * 32
FORGERIES: dict[str, dict[str, str]] = {
    "no token": {},
    "an empty token": {"x-csrftoken": ""},
    "another token": {"x-csrftoken": "b" * 32},
    "the right token, from another origin": {"x-csrftoken": TOKEN, "origin": EVIL},
    "the right token, from nowhere": {"x-csrftoken": TOKEN, "origin": "null"},
    "the right token, from a host that begins alike": {"x-csrftoken": TOKEN, "origin": "http://localhost.evil.example"},
    "the right token, from another port": {"x-csrftoken": TOKEN, "origin": "http://localhost:81"},
    "our origin without a token": {"origin": "http://localhost"},
}


@pytest.fixture
def world(cast: Cast) -> Asia:
    return asia(cast)


def victim(world: Asia) -> Client:
    """Ana's browser: she may do everything, so that nothing else refuses her."""
    browser = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    browser.force_login(world.cast.ana)
    browser.cookies["csrftoken"] = TOKEN
    return browser


def send(browser: Client, one: Call, world: Asia, headers: dict[str, str], **how: Any) -> tuple[int, str]:
    body = one.body(world) if one.body else None
    as_json = {} if one.multipart else {"content_type": "application/json"}
    with undone():
        ask = getattr(browser, one.method.lower())
        answer = ask(one.path(world), data={} if body is None else body, headers=headers, **as_json, **how)
        code = answer.json().get("code", "") if "json" in answer.get("Content-Type", "") else ""
    return answer.status_code, code


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_changing_route_takes_a_forged_request(world: Asia, forgery: str):
    browser, taken = victim(world), {}
    for one in CHANGING:
        if one in _STEPS:
            continue
        told = send(browser, one, world, FORGERIES[forgery])
        if told != (403, "csrf_failed"):
            taken[str(one)] = told
    assert taken == {}


@pytest.mark.parametrize("referer", [f"{EVIL}/", "https://localhost.evil.example/", "", "http://localhost/"])
def test_over_https_the_page_it_came_from_is_looked_at_where_no_origin_is_told(world: Asia, referer: str):
    browser, taken = victim(world), {}
    for one in CHANGING:
        headers = {"x-csrftoken": TOKEN, **({"referer": referer} if referer else {})}
        if one not in _STEPS and (told := send(browser, one, world, headers, secure=True)) != (403, "csrf_failed"):
            taken[str(one)] = told
    assert taken == {}


@pytest.mark.parametrize("headers", [{"origin": "http://localhost"}, {}])
def test_the_same_requests_of_our_own_page_are_taken(world: Asia, headers: dict[str, str]):
    """Or all of the above would prove nothing."""
    told = {str(one): send(victim(world), one, world, {"x-csrftoken": TOKEN, **headers}) for one in CHANGING}
    assert [name for name, (_, code) in told.items() if code == "csrf_failed"] == []
    assert sum(status < 300 for status, _ in told.values()) > len(CHANGING) / 3


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_stranger_is_signed_in_as_nobody_by_a_page_elsewhere(world: Asia, forgery: str):
    """Login CSRF: the victim would work in the forger's account."""
    stranger, taken = Client(enforce_csrf_checks=True, SERVER_NAME="localhost"), {}
    stranger.cookies["csrftoken"] = TOKEN
    for one in _STEPS:
        told = send(stranger, one, world, FORGERIES[forgery])
        if told != (403, "csrf_failed"):
            taken[str(one)] = told
    body = {"email": "ben@kefu.test", "password": PASSWORD}
    answer = stranger.post("/api/v1/session", body, content_type="application/json", headers=FORGERIES[forgery])
    assert (answer.status_code, "kefu_session" in answer.cookies) == (403, False)
    assert taken == {}


FORMS = ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x")


@pytest.mark.parametrize("kind", FORMS)
def test_what_a_form_can_send_without_asking_first_is_no_json(world: Asia, kind: str):
    """Such forms are sent across origins without a preflight: even with the right token they say nothing here."""
    ana = victim(world)
    before = world.cast.ana.availability
    body = b'{"availability": "away"}'
    answer = ana.generic("PATCH", "/api/v1/me", body, content_type=kind, headers={"x-csrftoken": TOKEN})
    assert answer.status_code == 415
    world.cast.ana.refresh_from_db()
    assert world.cast.ana.availability == before


def test_no_answer_lets_another_origin_read_it(world: Asia):
    ana = victim(world)
    for method in ("get", "options"):
        wish = {"origin": EVIL, "access-control-request-method": "GET"}
        answer = getattr(ana, method)("/api/v1/me", headers=wish)
        assert [name for name in answer.headers if name.lower().startswith("access-control-")] == []
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
