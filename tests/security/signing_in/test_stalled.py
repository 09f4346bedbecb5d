"""A right password that goes no further: written down, and told to whose it is."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from inbox.models import Notification
from security.actions.locks import lock_account
from security.actions.mails import send_due_mails
from security.actions.stalled_sign_ins import tell_stalled
from security.models import StalledSignIn, User
from tests.conftest import BY, Cast
from tests.worlds.browsers import CHROME, FIREFOX, TAIPEI, TOKYO, browser, sign_in, signed_in
from tests.worlds.factors import Authenticator, enrol
from tests.worlds.threads import logged

CODE = "/api/v1/session/code"


@pytest.fixture
def app(cast: Cast) -> Authenticator:
    User.objects.update(language="en")
    signed_in("ben")
    return enrol(cast, "ben")


def stall(ip: str = TOKYO, agent: str = FIREFOX) -> None:
    assert sign_in(browser(ip, agent), "ben").json()["step"]["name"] == "factor"


def letters() -> list[str]:
    send_due_mails()
    told = [letter.subject for letter in mail.outbox]
    mail.outbox.clear()
    return [str(one) for one in told if "has the password" in str(one)]


def test_a_right_password_leaves_a_line_whatever_comes_after_it(cast: Cast, app: Authenticator):
    stall()
    (line,) = logged("sign_in.password_right")
    assert (line.about_id, line.details["step"], line.actor_kind) == (cast.ben.pk, "factor", "system")


def test_so_it_does_for_an_account_that_is_locked(cast: Cast):
    lock_account(by=BY, user=cast.ben, reason="Odd")
    assert sign_in(browser(), "ben", "wrong").status_code == 401 and not logged("sign_in.locked_account")
    assert sign_in(browser(), "ben").json()["code"] == "account_locked"
    assert [line.about_id for line in logged("sign_in.locked_account")] == [cast.ben.pk]


def test_the_person_is_told_once_the_time_to_finish_is_over(cast: Cast, app: Authenticator, time_machine):
    stall()
    assert tell_stalled() == 0 and letters() == []
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    assert (tell_stalled(), tell_stalled()) == (1, 0) and len(letters()) == 1
    (told,) = Notification.objects.for_system("the test").filter(kind="sign_in.stalled")
    assert (told.to_id, told.data["country"]) == (cast.ben.pk, "JP")


def test_many_tries_do_not_fill_a_mailbox(cast: Cast, app: Authenticator, time_machine):
    for _try in range(3):
        stall()
        stall(TAIPEI)
        time_machine.move_to(timezone.now() + timedelta(minutes=11))
        tell_stalled()
    assert len(letters()) == 1
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    stall("194.25.0.125")
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    assert tell_stalled() == 1 and len(letters()) == 1


def test_whoever_finishes_is_told_nothing(cast: Cast, app: Authenticator, time_machine):
    stall()  # a tab that was closed
    there = browser(TOKYO, FIREFOX)
    sign_in(there, "ben")
    assert there.post(CODE, {"code": app.code()}, content_type="application/json").json()["user"]
    assert not StalledSignIn.objects.exists()
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    assert tell_stalled() == 0


def test_in_a_device_of_theirs_it_surprises_nobody(cast: Cast, app: Authenticator):
    known = browser(TAIPEI, CHROME)
    sign_in(known, "ben")
    known.post(CODE, {"code": app.code()}, content_type="application/json")
    known.delete("/api/v1/session")
    sign_in(known, "ben")
    assert not StalledSignIn.objects.exists()
