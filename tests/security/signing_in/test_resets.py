"""A new password by a link that comes by e-mail, and one's own changed: once, in time, telling strangers nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import override_settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from config import celery_app
from security.account_errors import LinkOver
from security.actions.invitations import link_parts
from security.actions.mails import send_due_mails
from security.actions.password_resets import (
    ask_for_reset,
    mail_reset_link,
    reset_link_parts,
    reset_password,
    settle_lost_resets,
    settle_reset,
)
from security.models import Operation, PastPassword, ResetRequest, SignInPolicy, User
from security.tasks import prune_stream
from tests.conftest import PASSWORD, Cast
from tests.security.signing_in.conftest import Stranger
from tests.worlds.factors import enrol

NEW = "Orchid-tumble-42!"
ASK, SET, OWN = "/api/v1/password-reset", "/api/v1/password-reset/confirm", "/api/v1/me/password"


def link_of(cast: Cast) -> dict[str, str]:
    who, token = reset_link_parts(User.objects.get(pk=cast.ben.pk))
    return {"who": who, "token": token}


def test_asking_says_the_same_whoever_has_the_address(cast: Cast, stranger: Stranger):
    for email in ("ben@kefu.test", "nobody@kefu.test"):
        answer = stranger.post(ASK, email=email)
        assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(("language", "said"), [("en", "Somebody asked"), ("zh-hant", "有人要求重設")])
def test_the_letter_speaks_the_persons_language_and_its_link_works(
    cast: Cast, stranger: Stranger, language: str, said: str
):
    User.objects.filter(pk=cast.ben.pk).update(language=language)
    assert mail_reset_link("ben@kefu.test") and not mail_reset_link("nobody@kefu.test")
    send_due_mails()
    (letter,) = mail.outbox
    found = re.search(r"/reset-password/([^/]+)/(\S+)", str(letter.body))
    assert said in letter.body and letter.to == ["ben@kefu.test"] and found
    assert stranger.post(SET, who=found[1], token=found[2], password=NEW).status_code == 204
    assert stranger.sign_in(password=NEW).json()["user"]["name"] == "Ben"


def test_strangers_do_not_fill_a_mailbox(cast: Cast):
    assert [mail_reset_link("ben@kefu.test") for _ in range(3)] == [True, False, False]
    send_due_mails()
    assert len(mail.outbox) == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=False):
        assert mail_reset_link("ben@kefu.test")


def test_a_link_works_once(cast: Cast, stranger: Stranger):
    link = link_of(cast)
    assert stranger.post(SET, **link, password=NEW).status_code == 204
    again = stranger.post(SET, **link, password="Another-tumble-43!")
    assert (again.status_code, again.json()["code"]) == (410, "link_over")
    assert User.objects.get(pk=cast.ben.pk).check_password(NEW)


def test_it_holds_for_an_hour(cast: Cast):
    link = link_of(cast)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False), pytest.raises(LinkOver):
        reset_password(**link, password=NEW)
    SignInPolicy.objects.filter(pk=1).update(reset_minutes=120)
    SignInPolicy.forget()
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        reset_password(**link, password=NEW)


@pytest.mark.parametrize("how", ["altered", "other person", "invitation", "signed in since", "nonsense", "inactive"])
def test_any_other_link_is_refused_alike(cast: Cast, stranger: Stranger, how: str):
    link = link_of(cast)
    if how == "altered":
        link["token"] = link["token"][:-1] + ("0" if link["token"][-1] != "0" else "1")
    elif how == "other person":
        link["who"] = reset_link_parts(cast.fay)[0]
    elif how == "invitation":
        link["token"] = link_parts(cast.ben)[1]
    elif how == "signed in since":
        stranger.sign_in()
    elif how == "nonsense":
        link = {"who": "%00", "token": "-"}
    else:
        User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    refused = stranger.post(SET, **link, password=NEW)
    assert (refused.status_code, refused.json()["code"]) == (410, "link_over")
    assert User.objects.get(pk=cast.ben.pk).check_password(PASSWORD)


def test_a_password_that_will_not_do_leaves_the_link_good(cast: Cast, stranger: Stranger):
    link = link_of(cast)
    assert stranger.post(SET, **link, password="short").json()["field"] == "password"
    assert stranger.post(SET, **link, password=NEW).status_code == 204


def test_it_opens_what_wrong_passwords_locked_and_ends_all_sessions(cast: Cast, stranger: Stranger):
    ben = cast.browser("ben")
    for _ in range(3):
        stranger.sign_in(password="wrong")
    assert stranger.sign_in().status_code == 429
    reset_password(**link_of(cast), password=NEW)
    assert ben.get("/api/v1/me").status_code == 401
    assert stranger.sign_in(password=NEW).status_code == 200
    assert Operation.objects.filter(action="person.password_reset").count() == 1


def test_it_does_not_replace_the_second_factor(cast: Cast, stranger: Stranger):
    enrol(cast, "ben")
    reset_password(**link_of(cast), password=NEW)
    assert stranger.sign_in(password=NEW).json()["step"]["name"] == "factor" and not stranger.is_in()


def post(browser: Any, **body: str) -> Any:
    return browser.post(OWN, body, content_type="application/json")


def test_changing_ones_own_ends_the_other_sessions_and_renews_this_ones_key(cast: Cast):
    here, there = cast.browser("ben"), cast.browser("ben")
    stolen = here.cookies["kefu_session"].value
    assert post(here, current=PASSWORD, password=NEW).status_code == 204
    assert here.get("/api/v1/me").status_code == 200 and there.get("/api/v1/me").status_code == 401
    assert here.cookies["kefu_session"].value != stolen
    there.cookies["kefu_session"] = stolen
    assert there.get("/api/v1/me").status_code == 401
    assert PastPassword.objects.filter(user=cast.ben).count() == 1


def test_whoever_finds_an_open_browser_lacks_the_present_one(cast: Cast):
    ben = cast.browser("ben")
    assert post(ben, current="guessed", password=NEW).json()["code"] == "password_refused"
    assert post(ben, current=PASSWORD, password=NEW).json()["code"] == "code_too_soon"
    assert User.objects.get(pk=cast.ben.pk).check_password(PASSWORD)


def test_the_same_one_again_is_refused(cast: Cast):
    refused = post(cast.browser("ben"), current=PASSWORD, password=PASSWORD)
    assert (refused.status_code, refused.json()["field"]) == (400, "password")


@contextmanager
def broker_away() -> Iterator[None]:
    """Nothing listens where tasks are handed over."""
    there = celery_app.conf.broker_write_url
    celery_app.conf.broker_write_url = "redis://127.0.0.1:9/0"
    celery_app.amqp._producer_pool = None
    try:
        yield
    finally:
        celery_app.conf.broker_write_url, celery_app.amqp._producer_pool = there, None


@pytest.mark.django_db(transaction=True)
def test_what_was_asked_for_outlives_a_broker_that_is_away(cast: Cast, stranger: Stranger):
    with broker_away():
        with pytest.raises(OperationalError):
            prune_stream.apply_async(retry=False)
        for email in ("ben@kefu.test", "nobody@kefu.test"):
            assert stranger.post(ASK, email=email).status_code == 204
    kept = list(ResetRequest.objects.values_list("address", flat=True))
    assert len(kept) == 2 and all(b"kefu.test" not in bytes(one) for one in kept)
    with time_machine.travel(timezone.now() + timedelta(seconds=11), tick=False):
        settle_lost_resets()
        send_due_mails()
    assert [letter.to for letter in mail.outbox] == [["ben@kefu.test"]] and not ResetRequest.objects.exists()


def test_a_request_is_settled_once(cast: Cast):
    ask_for_reset(email=" BEN@kefu.test ")
    (row,) = ResetRequest.objects.all()
    assert row.address == "ben@kefu.test"
    settle_lost_resets()
    assert ResetRequest.objects.exists(), "its own task may still come"
    assert [settle_reset(row.pk), settle_reset(row.pk)] == [True, False]


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def test_where_no_mail_is_set_up_nothing_is_said_to_have_been_asked(cast: Cast):
    assert not mail_reset_link("ben@kefu.test")
    assert User.objects.get(pk=cast.ben.pk).reset_mailed_at is None
    assert not Operation.objects.filter(action="person.reset_asked").exists()
