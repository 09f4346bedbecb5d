"""Signing in and out by the browser, and what a stranger can learn from it: nothing."""

from typing import Any

import pytest
from django.test import Client

from security.models import BrowserSession, Operation, User
from security.sessions import user_of_session
from tests.conftest import PASSWORD, Cast
from tests.worlds.threads import logged

SESSION = "/api/v1/session"


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


def sign_in(stranger: Client, email: str = "ben@kefu.test", password: str = PASSWORD) -> Any:
    token = stranger.get(SESSION).cookies["csrftoken"].value
    body = {"email": email, "password": password}
    return stranger.post(SESSION, body, content_type="application/json", headers={"x-csrftoken": token})


def test_a_stranger_is_told_that_nobody_is_signed_in_and_gets_a_csrf_cookie(db: None, stranger: Client):
    answer = stranger.get(SESSION)
    told: dict[str, Any] = {
        "user": None,
        "over": "",
        "idle": None,
        "step": None,
        "tier": None,
        "recovery_codes": [],
        "password_length": 12,
        "mail": True,
    }
    assert (answer.status_code, answer.json()) == (200, told)
    assert answer.cookies["csrftoken"].value


def test_signing_in_says_who_one_is(cast: Cast, stranger: Client):
    answer = sign_in(stranger)
    user = answer.json()["user"]
    assert (answer.status_code, user["email"], user["name"], user["level"]) == (200, "ben@kefu.test", "Ben", "agent")
    assert [region["code"] for region in user["regions"]] == ["asia"]
    assert "conversation.reply" in user["permissions"] and "conversation.assign" not in user["permissions"]
    assert stranger.get("/api/v1/me").json() == user == stranger.get(SESSION).json()["user"]
    assert [line.actor_id for line in logged("session.started")] == [str(cast.ben.pk)]


@pytest.mark.parametrize("email", ["BEN@KEFU.TEST", "  ben@kefu.test "])
def test_the_address_is_not_case_sensitive(cast: Cast, stranger: Client, email: str):
    assert sign_in(stranger, email).status_code == 200


def test_a_wrong_password_and_an_unknown_address_look_the_same(cast: Cast, stranger: Client):
    wrong = sign_in(stranger, password="not it")
    unknown = sign_in(stranger, "nobody@kefu.test", "not it")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.content == unknown.content
    assert wrong.json()["code"] == "sign_in_failed" and wrong.json()["field"] == "password"
    assert not BrowserSession.objects.exists() and not Operation.objects.filter(action="session.started").exists()


def test_somebody_made_inactive_looks_like_a_stranger(cast: Cast, stranger: Client):
    before = sign_in(stranger, password="not it").content
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    assert sign_in(stranger).content == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "email"),
        ({"email": "x", "password": "y"}, "email"),
        ({"email": "ben@kefu.test"}, "password"),
        ({"email": "ben@kefu.test", "password": ""}, "password"),
        ({"email": "ben@kefu.test", "password": "x" * 257}, "password"),
        ({"email": ["a"], "password": "y"}, "email"),
        ({"email": "ben@kefu.test\u0000", "password": "y"}, "email"),
    ],
)
def test_an_incomplete_form_is_told_which_field(db: None, body: dict, field: str):
    answer = Client().post(SESSION, body, content_type="application/json")
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_a_password_is_taken_as_it_is_with_its_spaces(cast: Cast, stranger: Client):
    ben = User.objects.get(pk=cast.ben.pk)
    ben.set_password("  spaces matter ")
    ben.save()
    assert sign_in(stranger, password="spaces matter").status_code == 401
    assert sign_in(stranger, password="  spaces matter ").status_code == 200


def test_signing_in_starts_a_new_session_so_that_a_planted_one_is_worthless(cast: Cast, stranger: Client):
    stranger.cookies["kefu_session"] = "planted"
    sign_in(stranger)
    assert stranger.cookies["kefu_session"].value not in ("", "planted")
    assert stranger.cookies["kefu_session"]["httponly"] and stranger.cookies["kefu_session"]["samesite"] == "Lax"


def test_signing_out_ends_the_session_for_good(cast: Cast, stranger: Client):
    token = sign_in(stranger).cookies["csrftoken"].value
    key = stranger.cookies["kefu_session"].value
    assert stranger.delete(SESSION, headers={"x-csrftoken": token}).status_code == 204
    assert user_of_session(key) is None
    thief = Client()
    thief.cookies["kefu_session"] = key
    assert thief.get("/api/v1/me").status_code == 401
    assert len(logged("session.ended")) == 1


def test_signing_out_twice_is_401_and_harmless(cast: Cast):
    ben = cast.browser("ben")
    assert [ben.delete(SESSION).status_code, ben.delete(SESSION).status_code] == [204, 401]


def test_a_change_needs_the_csrf_token_and_a_key_does_not(cast: Cast, stranger: Client):
    token = sign_in(stranger).cookies["csrftoken"].value
    change: Any = {"data": {"availability": "away"}, "content_type": "application/json"}
    assert stranger.patch("/api/v1/me", **change).status_code == 403
    assert stranger.patch("/api/v1/me", **change, headers={"x-csrftoken": "x" * 32}).status_code == 403
    assert stranger.patch("/api/v1/me", **change, headers={"x-csrftoken": token}).status_code == 200
