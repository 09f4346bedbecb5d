"""The link of an alert mail: it asks first, works once, and for nobody who made it up."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from security.actions.locks import lock_account, unlock_account
from security.lock_links import lock_token
from security.models import AccountLock, Operation, User
from tests.conftest import BY, Cast
from tests.worlds.browsers import browser, set_policy, signed_in
from tests.worlds.locks import is_locked
from tests.worlds.threads import logged


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_opening_it_locks_nobody(cast: Cast):
    """As the scanner of a mail server does."""
    address = f"/lock/{lock_token(cast.ben)}"
    for method in ("get", "head"):
        assert getattr(Client(), method)(address).status_code == 200
    assert not is_locked(cast.ben)


def test_its_button_locks_the_account_and_ends_its_sessions(cast: Cast):
    ben = signed_in("ben")
    answer = browser().post(f"/lock/{lock_token(cast.ben)}")
    assert answer.status_code == 200 and is_locked(cast.ben)
    assert ben.get("/api/v1/me").json()["code"] == "session_locked"
    (line,) = logged("person.locked")
    assert (line.actor_kind, line.about_id) == ("system", cast.ben.pk)


def test_it_works_once(cast: Cast):
    token = lock_token(cast.ben)
    browser().post(f"/lock/{token}")
    unlock_account(by=BY, user=cast.ben, reason="Spoke with Ben")
    assert browser().post(f"/lock/{token}").status_code == browser().get(f"/lock/{token}").status_code == 404
    assert not is_locked(cast.ben)


def test_using_one_makes_every_other_void(cast: Cast):
    early, late = lock_token(cast.ben), lock_token(cast.ben)
    browser().post(f"/lock/{late}")
    unlock_account(by=BY, user=cast.ben, reason="Spoke with Ben")
    assert browser().post(f"/lock/{early}").status_code == 404


def test_whoever_locks_makes_every_link_void_even_one_sent_while_it_is_locked(cast: Cast):
    early = lock_token(cast.ben)
    lock_account(by=cast.access("ana"), user=cast.ben, reason="Strange sign-ins")
    meanwhile = lock_token(cast.ben)
    unlock_account(by=BY, user=cast.ben, reason="Spoke with Ben")
    for token in (early, meanwhile):
        assert browser().get(f"/lock/{token}").status_code == browser().post(f"/lock/{token}").status_code == 404
    assert not is_locked(cast.ben)
    assert browser().post(f"/lock/{lock_token(cast.ben)}").status_code == 200 and is_locked(cast.ben)


@pytest.mark.parametrize("method", ["get", "post"])
def test_of_an_account_that_is_locked_already_it_says_so_and_does_nothing(cast: Cast, method: str):
    tokens = [lock_token(cast.ben)]
    lock_account(by=cast.access("ana"), user=cast.ben, reason="Strange sign-ins")
    tokens.append(lock_token(cast.ben))
    for token in tokens:
        answer = getattr(browser(), method)(f"/lock/{token}")
        assert answer.status_code == 200 and 'role="status"' in answer.content.decode()
    assert AccountLock.objects.count() == len(logged("person.locked")) == 1


def test_a_lock_that_would_end_by_itself_holds_once_its_person_says_it_was_not_them(cast: Cast):
    until = timezone.now() + timedelta(hours=1)
    lock_account(by=cast.access("ana"), user=cast.ben, reason="Strange sign-ins", until=until)
    token = lock_token(cast.ben)
    assert "<form" in browser().get(f"/lock/{token}").content.decode()
    assert AccountLock.objects.get().until == until
    assert browser().post(f"/lock/{token}").status_code == 200
    assert AccountLock.objects.get().until is None


def test_it_still_works_after_the_thief_changed_the_password_and_ended_all_sessions(cast: Cast):
    from security.actions.passwords import set_password
    from security.actions.session_ends import end_sessions

    token = lock_token(cast.ben)
    set_password(by=BY, user=fresh(cast.ben), password="Thiefs-own-2026!")
    end_sessions(by=BY, user=cast.ben, reason="The thief")
    assert browser().post(f"/lock/{token}").status_code == 200 and is_locked(cast.ben)


def test_it_is_void_after_the_policys_hours(cast: Cast):
    set_policy(lock_link_hours=2)
    with time_machine.travel("2026-06-01T10:00:00Z", tick=False):
        token = lock_token(cast.ben)
    with time_machine.travel("2026-06-01T11:59:00Z", tick=False):
        assert browser().get(f"/lock/{token}").status_code == 200
    with time_machine.travel("2026-06-01T12:01:00Z", tick=False):
        assert browser().post(f"/lock/{token}").status_code == 404
    assert not is_locked(cast.ben)


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1] + "x", lambda t: "made-up", lambda t: t.replace(":", "."), str.upper]
)
def test_an_altered_one_is_none(cast: Cast, spoil):
    assert browser().post(f"/lock/{spoil(lock_token(cast.ben))}").status_code == 404
    assert not is_locked(cast.ben)


def test_one_signed_for_something_else_is_none(cast: Cast):
    from django.core import signing

    for salt in ("kefu.device", "django.core.signing"):
        assert browser().post(f"/lock/{signing.dumps([cast.ben.pk, 0], salt=salt)}").status_code == 404
    assert not is_locked(cast.ben)


@pytest.mark.parametrize("held", [[1], "text", {"a": 1}, [None, 0], [10**30, 0], ["x", 0]])
def test_one_that_holds_something_else_is_none(cast: Cast, held: object):
    from django.core import signing

    assert browser().get(f"/lock/{signing.dumps(held, salt='kefu.lock')}").status_code == 404


def test_it_needs_no_cookie_and_is_in_no_log(cast: Cast, caplog: pytest.LogCaptureFixture):
    token = lock_token(cast.ben)
    answer = Client(enforce_csrf_checks=True).post(f"/lock/{token}")
    assert answer.status_code == 200 and is_locked(cast.ben) and not answer.cookies
    assert token not in caplog.text and all(token not in str(line.details) for line in Operation.objects.all())


def test_it_is_never_kept_and_tells_nobody_where_it_came_from(cast: Cast):
    answer = Client().get(f"/lock/{lock_token(cast.ben)}")
    assert "no-store" in answer["Cache-Control"] and answer["Referrer-Policy"] == "same-origin"
    assert "script-src" in answer["Content-Security-Policy"] and "<script" not in answer.content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "Lock it now"), ("zh-hant", "立即鎖定")])
def test_it_speaks_its_persons_language(cast: Cast, language: str, words: str):
    User.objects.filter(pk=cast.ben.pk).update(language=language)
    assert words in Client().get(f"/lock/{lock_token(cast.ben)}").content.decode()
