"""Mails of alarms, of the monthly self-check and of keys that end: to whom, in which words, and how many."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from inbox.models import Notification
from security.actions.key_reminders import settle_api_keys
from security.actions.levels import set_level
from security.actions.mails import send_due_mails
from security.actions.selfcheck import remind_monthly
from security.models import ApiKey, BehaviourAlarm, OutgoingMail, SelfcheckPolicy, User
from security.policy import Policy
from tests.conftest import BY, Cast
from tests.security.behaviour.watched import alarms, begin_here, deeds, rule
from tests.security.keys.makers import made


@pytest.fixture(autouse=True)
def _english(cast: Cast) -> None:
    User.objects.update(language="en")


def sent(kind: str) -> list[Any]:
    """What has left of that kind, in order."""
    send_due_mails()
    word = {"alarm.raised": "alarm", "selfcheck.monthly": "self-check", "key.ending": "soon", "key.ended": "ended"}
    return [letter for letter in mail.outbox if word[kind] in letter.subject]


def set_off(*people: User) -> None:
    """One alarm about each."""
    begin_here()
    watching = rule(threshold=1, follows="tell", name="Looks at too much")
    for who in people:
        deeds(who, timezone.now())
    assert len([one for one in alarms() if one.rule_id == watching.pk]) == len(people)


def minutes_pass(minutes: float) -> None:
    span = timedelta(minutes=minutes)
    for row in OutgoingMail.objects.all():
        row.due_at -= span
        row.sent_at = row.sent_at and row.sent_at - span
        row.save(update_fields=["due_at", "sent_at"])


def test_an_alarm_is_mailed_to_the_team_at_once(cast: Cast):
    set_off(cast.ben)
    (letter,) = sent("alarm.raised")
    assert letter.to == ["ana@kefu.test"] and letter.subject == "Kefu has raised an alarm"
    told = str(letter.body)
    assert all(words in told for words in ("Looks at too much", "Ben", "/admin/security/behaviouralarm/", "(Asia/"))
    assert "Looks at too much" in letter.alternatives[0][0]


def test_it_speaks_its_readers_language(cast: Cast):
    User.objects.filter(pk=cast.ana.pk).update(language="zh-hant")
    set_off(cast.ben)
    send_due_mails()
    assert mail.outbox[-1].subject == "Kefu 發出了警示" and "Ben" in mail.outbox[-1].body


def test_a_storm_of_alarms_is_one_mail_now_and_one_later(cast: Cast):
    set_off(cast.ben)
    assert len(sent("alarm.raised")) == 1
    for _again in range(8):
        set_off(cast.cho, cast.dee, cast.fay)
        send_due_mails()
    assert len(sent("alarm.raised")) == 1, "the rest waits"
    minutes_pass(14)
    assert len(sent("alarm.raised")) == 1
    minutes_pass(1.1)
    _first, later = sent("alarm.raised")
    others = BehaviourAlarm.objects.count() - 1
    assert others >= 24 and later.subject == f"Kefu has raised {others} alarms"
    assert str(later.body).count("Looks at too much") == 20 and f"And {others - 20} more." in str(later.body)
    minutes_pass(30)
    assert len(sent("alarm.raised")) == 2 and not OutgoingMail.objects.filter(sent_at=None).exists()


def test_how_long_alarms_are_gathered_is_a_policy(cast: Cast):
    SelfcheckPolicy.objects.update_or_create(pk=1, defaults={"mail_minutes": 2})
    Policy.forget()
    set_off(cast.ben)
    sent("alarm.raised")
    set_off(cast.cho)
    minutes_pass(2.1)
    assert len(sent("alarm.raised")) == 2


def test_a_gathered_mail_that_fails_is_tried_again_whole(cast: Cast, settings: Any):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.security.test_mails.Broken"
    set_off(cast.ben, cast.cho)
    send_due_mails()
    assert set(OutgoingMail.objects.values_list("tries", "sent_at")) == {(1, None)}
    settings.EMAIL_BACKEND = backend
    minutes_pass(1)
    (letter,) = sent("alarm.raised")
    assert letter.subject == "Kefu has raised 2 alarms"


def test_whom_an_alarm_is_about_gets_no_mail_of_it(cast: Cast):
    set_level(by=BY, user=cast.dee, level="admin", reason="Second")
    set_off(cast.ana)
    assert [letter.to for letter in sent("alarm.raised")] == [["dee@kefu.test"]]


def test_the_self_check_is_mailed_once_a_month(cast: Cast):
    run = remind_monthly()
    assert run is not None and remind_monthly() is None
    (letter,) = sent("selfcheck.monthly")
    assert letter.to == ["ana@kefu.test"] and f"{run.score} of 100" in letter.subject
    told = str(letter.body)
    assert "Everybody has a second factor" in told and "/admin/selfcheck/" in told
    assert "Ben" not in told, "who it is about stands in Kefu"


def ends_in(row: ApiKey, days: float) -> None:
    ApiKey.objects.filter(pk=row.pk).update(expiry=timezone.now() + timedelta(days=days))
    settle_api_keys()
    settle_api_keys()


def test_a_key_that_ends_is_mailed_to_its_owner_and_at_last_to_the_admins(cast: Cast):
    row, secret = made(cast)
    ends_in(row, 29.9)
    (letter,) = sent("key.ending")
    assert letter.to == ["dee@kefu.test"] and "/settings/keys" in str(letter.body) and "Shop" in str(letter.body)
    assert secret not in str(letter.body) and "never used" in str(letter.body)
    minutes_pass(60)
    ends_in(row, 0.9)
    assert sorted(one.to[0] for one in sent("key.ending")[1:]) == ["ana@kefu.test", "dee@kefu.test"]
    theirs = next(one for one in mail.outbox if one.to == ["ana@kefu.test"])
    assert "Dee" in str(theirs.body) and "/admin/security/apikey/" in str(theirs.body)


def test_that_it_has_ended_is_told_once(cast: Cast):
    row, _secret = made(cast)
    ends_in(row, -0.1)
    assert sorted(one.to[0] for one in sent("key.ended")) == ["ana@kefu.test", "dee@kefu.test"]
    assert Notification.objects.for_system("the test").filter(kind="key.ended", to=cast.dee).count() == 1


def test_keys_that_ended_before_this_was_told_or_on_purpose_are_no_news(cast: Cast):
    row, _secret = made(cast)
    ends_in(row, -10)
    ApiKey.objects.update(revoked_at=timezone.now())
    ends_in(row, -0.1)
    assert sent("key.ended") == []


def test_many_keys_that_end_are_one_mail(cast: Cast):
    rows = [made(cast)[0] for _each in range(3)]
    ApiKey.objects.update(expiry=timezone.now() + timedelta(days=6))
    settle_api_keys()
    (letter,) = sent("key.ending")
    assert letter.subject == "3 API keys end soon" and str(letter.body).count("Shop") == len(rows)


def test_a_key_that_was_followed_meanwhile_is_no_news(cast: Cast):
    row, _secret = made(cast)
    ends_in(row, 6)
    ApiKey.objects.update(revoked_at=timezone.now())
    assert sent("key.ending") == [] and OutgoingMail.objects.get().sent_at is not None
