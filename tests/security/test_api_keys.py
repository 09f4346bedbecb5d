"""Programs sign in with a key: it acts as its owner and never sees more."""

from datetime import timedelta

import pytest
from django.test import Client

from security.models import ApiKey, User
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.threads import thread


def key_of(user: User, expiry: timedelta | None = None) -> str:
    _, key = ApiKey.objects.create(user=user, expiry=expiry)
    return str(key)


def program(key: str) -> Client:
    return Client(enforce_csrf_checks=True, headers={"authorization": f"Api-Key {key}", "accept-language": "en"})


def test_a_key_reads_and_writes_as_its_owner_without_a_csrf_token(cast: Cast):
    thread(channel(cast.asia))
    ben = program(key_of(cast.ben))
    assert ben.get("/api/v1/me").json()["email"] == "ben@kefu.test"
    assert len(ben.get("/api/v1/conversations").json()["results"]) == 1
    assert ben.patch("/api/v1/me", {"availability": "away"}, content_type="application/json").status_code == 200


def test_a_key_sees_no_more_than_its_owner(cast: Cast):
    talk = thread(channel(cast.asia))
    cho, eli = program(key_of(cast.cho)), program(key_of(cast.eli))
    assert cho.get("/api/v1/conversations").json()["results"] == []
    assert cho.get(f"/api/v1/conversations/{talk.pk}").status_code == 404
    assert eli.post(f"/api/v1/conversations/{talk.pk}/resolve").status_code == 403


def test_a_key_is_stored_as_a_digest(cast: Cast):
    key = key_of(cast.ben)
    row = ApiKey.objects.get()
    assert key not in (row.digest, row.token_key) and key.startswith(row.token_key)


@pytest.mark.parametrize(
    "spoil", [lambda key: key[:-1], lambda key: key + "0", lambda key: key[::-1], lambda key: key.upper()]
)
def test_a_damaged_key_is_401(cast: Cast, spoil):
    key = key_of(cast.ben)
    if spoil(key) != key:
        assert program(spoil(key)).get("/api/v1/me").status_code == 401


def test_a_key_that_expired_or_was_deleted_is_401(cast: Cast):
    expired, deleted = key_of(cast.ben, timedelta(seconds=-1)), key_of(cast.ben)
    ApiKey.objects.filter(digest__isnull=False, expiry=None).delete()
    for key in (expired, deleted):
        answer = program(key).get("/api/v1/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_the_key_of_somebody_inactive_is_401(cast: Cast):
    key = key_of(cast.ben)
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    assert program(key).get("/api/v1/me").status_code == 401


def test_another_scheme_is_not_a_key(cast: Cast):
    key = key_of(cast.ben)
    for scheme in ("Token", "Bearer", "Basic"):
        assert Client(headers={"authorization": f"{scheme} {key}"}).get("/api/v1/me").status_code == 401


def test_a_browser_that_is_signed_in_and_shows_a_wrong_key_is_the_browser(cast: Cast):
    """The session is tried first; what it must not do is to fall back from a refused session to nobody silently."""
    browser = cast.browser("ben")
    assert browser.get("/api/v1/me", headers={"authorization": "Api-Key wrong"}).json()["name"] == "Ben"
