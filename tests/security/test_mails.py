"""Mails to our own people: what they say, that they leave once, and what becomes of those that cannot."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings
from django.utils import timezone

from inbox.actions.keyword_words import add_term
from inbox.models import KeywordRise
from security.access import System
from security.actions.alarms import raise_alarm
from security.actions.behaviour import lay_out_rules
from security.actions.mails import forget_mails, send_due_mails, send_mail_later, send_mail_now
from security.actions.selfcheck import keep_run
from security.lock_links import read_lock_link
from security.mail.letters import kinds
from security.models import (
    ApiKey,
    BehaviourRule,
    BrowserSession,
    DeviceConfirmation,
    Incident,
    OutgoingMail,
    StalledSignIn,
    TierSwitch,
    User,
)
from security.writing import write
from tests.conftest import BY, Cast
from tests.worlds.browsers import FIREFOX, TOKYO, signed_in
from tests.worlds.threads import logged

BROKEN = "tests.security.test_mails.Broken"


class Broken:
    """A mail server that is not there."""

    def __init__(self, **_options: Any) -> None:
        pass

    def send_messages(self, letters: list[Any]) -> int:
        raise ConnectionRefusedError(f"nobody listens for {letters[0].to}")


def alert(cast: Cast, language: str = "en") -> EmailMultiAlternatives:
    """The mail about a sign-in of Ben from Tokyo in another browser."""
    User.objects.filter(pk=cast.ben.pk).update(language=language)
    signed_in("ben")
    signed_in("ben", TOKYO, FIREFOX)
    send_due_mails()
    letter = mail.outbox[-1]
    assert isinstance(letter, EmailMultiAlternatives)
    return letter


def html_of(letter: EmailMultiAlternatives) -> str:
    (html,) = (str(part[0]) for part in letter.alternatives)
    return html


def link_of(letter: EmailMultiAlternatives) -> str:
    (link,) = {word for word in str(letter.body).split() if "/lock/" in word}
    return link


def test_it_says_when_where_and_with_what_but_never_the_address(cast: Cast):
    letter = alert(cast)
    for told in (str(letter.body), html_of(letter)):
        assert all(words in told for words in ("Firefox · Linux", "Japan", "202.12.27.0/24", "(Asia/Taipei)"))
        assert "202.12.27.33" not in told
    assert letter.to == ["ben@kefu.test"] and letter.subject == "New sign-in to your Kefu account"


def test_it_speaks_its_readers_language(cast: Cast):
    letter = alert(cast, "zh-hant")
    assert (
        letter.subject == "你的 Kefu 帳號有新的登入" and "日本" in letter.body and 'lang="zh-hant"' in html_of(letter)
    )


def test_its_link_locks_its_readers_account(cast: Cast):
    letter = alert(cast)
    link = link_of(letter)
    assert link.startswith("http://127.0.0.1") and link in html_of(letter)
    assert read_lock_link(link.rpartition("/")[2]) == cast.ben


def test_it_loads_nothing_from_elsewhere(cast: Cast):
    html = html_of(alert(cast))
    assert not any(word in html for word in ("<img", "<script", "<link", "url(", "@import"))
    assert letter_headers(mail.outbox[-1])["Auto-Submitted"] == "auto-generated"


def letter_headers(letter: Any) -> dict[str, str]:
    return dict(letter.message().items())


def test_a_device_that_calls_itself_markup_stays_words(cast: Cast):
    signed_in("ben")
    signed_in("ben", agent="<b>bold</b>\r\nBcc: everybody@kefu.test")
    send_due_mails()
    letter = mail.outbox[-1]
    assert isinstance(letter, EmailMultiAlternatives)
    assert "<b>bold" not in html_of(letter) and "&lt;b&gt;bold" in html_of(letter)
    assert letter.bcc == [] and "Bcc" not in letter_headers(letter)


def test_no_link_and_no_word_is_kept(cast: Cast):
    letter = alert(cast)
    (row,) = OutgoingMail.objects.all()
    assert row.context == {"session": str(BrowserSession.objects.get(country="JP").pk), "why": row.context["why"]}
    assert link_of(letter).rpartition("/")[2] not in str(row.context)


def test_a_mail_leaves_once_however_often_it_is_tried(cast: Cast):
    send_mail_later(kind="account.locked", user=cast.ben)
    pk = OutgoingMail.objects.get().pk
    assert [send_mail_now(pk), send_mail_now(pk)] == [True, False]
    send_due_mails()
    assert len(mail.outbox) == 1


def test_a_change_that_is_undone_mails_nobody(cast: Cast):
    with pytest.raises(LookupError), write(by=System("the test")):
        send_mail_later(kind="account.locked", user=cast.ben)
        raise LookupError
    assert not OutgoingMail.objects.exists()


def test_a_mail_that_fails_is_tried_again_later_and_given_up_at_last(cast: Cast, caplog: pytest.LogCaptureFixture):
    send_mail_later(kind="account.locked", user=cast.ben)
    row = OutgoingMail.objects.get()
    with override_settings(EMAIL_BACKEND=BROKEN), caplog.at_level(logging.WARNING):
        for tries in range(1, 7):
            send_due_mails()
            send_due_mails()  # it is not due yet
            row.refresh_from_db()
            assert (row.tries, row.sent_at) == (tries, None)
            OutgoingMail.objects.update(due_at="2026-01-01T00:00:00Z")
        send_due_mails()
    row.refresh_from_db()
    assert (row.tries, row.error, row.failed_at is None) == (6, "ConnectionRefusedError", False)
    assert [line.about_id for line in logged("mail.failed")] == [cast.ben.pk]
    assert "ben@kefu.test" not in caplog.text


def test_one_that_failed_leaves_once_the_server_is_back(cast: Cast):
    send_mail_later(kind="account.locked", user=cast.ben)
    with override_settings(EMAIL_BACKEND=BROKEN):
        send_due_mails()
    OutgoingMail.objects.update(due_at="2026-01-01T00:00:00Z")
    send_due_mails()
    assert len(mail.outbox) == 1 and OutgoingMail.objects.get().error == ""


def test_of_a_session_that_was_forgotten_nothing_is_told(cast: Cast):
    signed_in("ben")
    signed_in("ben", agent=FIREFOX)
    BrowserSession.objects.all().delete()
    send_due_mails()
    assert mail.outbox == [] and OutgoingMail.objects.get().sent_at is not None


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def test_where_no_mail_is_set_up_none_waits(cast: Cast):
    signed_in("ben")
    signed_in("ben", agent=FIREFOX)
    assert not OutgoingMail.objects.exists() and logged("session.unfamiliar")


def test_old_ones_are_forgotten(cast: Cast):
    send_mail_later(kind="account.locked", user=cast.ben)
    OutgoingMail.objects.update(created_at="2020-01-01T00:00:00Z")
    forget_mails()
    assert not OutgoingMail.objects.exists()


def subjects(cast: Cast) -> dict[str, Any]:
    """One of all that mails tell of, by what their contexts call it."""
    User.objects.filter(pk=cast.ben.pk).update(executive_since=timezone.now())
    lay_out_rules(by=BY)
    alarm = raise_alarm(by=BY, user_id=cast.fay.pk, rule=BehaviourRule.objects.filter(is_on=True)[0])
    assert alarm is not None
    return {
        "session": str(BrowserSession.objects.get().pk),
        "person": cast.fay.pk,
        "alarm": str(alarm.pk),
        "run": str(keep_run(by=BY, answers=[]).pk),
        "key": str(ApiKey.objects.create(cast.dee, expiry=timedelta(days=6))[0].public_id),
        "stalled": StalledSignIn.objects.create(user=cast.ben, began_at=timezone.now()).pk,
        "rise": _rise(cast),
        **_of_the_tier(cast),
    }


def _rise(cast: Cast) -> str:
    term = add_term(by=cast.access("dee"), region_id=cast.asia.pk, text="late parcels")
    now = timezone.now()
    figures = {"conversations": 9, "of": 30, "expected": 3.0}
    row = KeywordRise.objects.create(term=term, began_on=now.date(), last_on=now.date(), told_at=now, **figures)
    return str(row.pk)


def _of_the_tier(cast: Cast) -> dict[str, str]:
    now, why = timezone.now(), "Stolen laptop"
    incident = Incident.objects.create(tier="advanced", reason=why, begun_at=now, ends_at=now, ended_at=now, open=False)
    asked = DeviceConfirmation.objects.create(user=cast.ben, digest=b"1" * 32, kind="Firefox", asked_at=now)
    switch = TierSwitch.objects.create(tier="basic", reason=why, at=now)
    return {"incident": str(incident.pk), "confirmation": str(asked.pk), "switch": str(switch.pk)}


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_every_kind_can_be_read_in_both_languages(cast: Cast, language: str):
    User.objects.update(language=language)
    signed_in("ben")
    context = {**subjects(cast), "why": ["device"]}
    over = str(ApiKey.objects.create(cast.dee, expiry=timedelta(days=-1))[0].public_id)
    for kind in sorted(kinds()):
        send_mail_later(kind=kind, user=cast.ben, **(context | ({"key": over} if kind == "key.ended" else {})))
    send_due_mails()
    letters = [letter for letter in mail.outbox if letter.to == ["ben@kefu.test"]]
    assert len(letters) == len(kinds())
    for letter in letters:
        has_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in str(letter.subject))
        assert has_chinese == (language == "zh-hant"), letter.subject
