"""A locked account: out at once, kept out by every door, and taken back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from knox.models import get_token_model

from security.account_errors import NotLocked
from security.actions.levels import set_level
from security.actions.locks import lift_ended_locks, lift_if_over, lock_account, unlock_account
from security.actions.mails import send_due_mails
from security.actions.password_resets import reset_link_parts, reset_password
from security.actions.people import change_person
from security.errors import Invalid, LastAdmin, Missing, NotAllowed, OwnAccess
from security.models import AccountLock, Operation, StreamEvent, User
from security.sessions import user_of_session
from tests.conftest import BY, PASSWORD, Cast
from tests.contracts.test_refusals import refused
from tests.security.admin.forms import do

ME = "/api/v1/me"


def locked(cast: Cast, **wanted: object) -> AccountLock:
    return lock_account(by=cast.access("ana"), user=cast.ben, reason="Odd", **wanted)  # type: ignore[arg-type]


def sign_in(password: str = PASSWORD) -> object:
    form = {"email": "ben@kefu.test", "password": password}
    return Client(SERVER_NAME="localhost").post("/api/v1/session", form, content_type="application/json")


def test_whoever_is_locked_is_out_of_every_browser_at_once(cast: Cast):
    ben = cast.browser("ben")
    session = ben.session.session_key
    assert ben.get(ME).status_code == 200
    locked(cast)
    assert ben.get(ME).status_code == 401 and user_of_session(session) is None
    assert StreamEvent.objects.filter(kind="session.ended", stream=f"person:{cast.ben.pk}").exists()


def test_a_locked_account_says_so_only_to_who_knows_the_password(cast: Cast):
    locked(cast)
    refused(sign_in(), 403, "account_locked")
    refused(sign_in("Wrong-2026-wrong!"), 401, "sign_in_failed", "password")


def test_no_session_holds_whichever_door_it_came_in_by(cast: Cast):
    locked(cast)
    cast.ben.refresh_from_db()
    ben = cast.browser("ben")  # as a passkey or a link would open one
    assert ben.get(ME).status_code == 401


def test_keys_are_refused_while_it_lasts_and_work_again_after(cast: Cast):
    _row, key = get_token_model().objects.create(user=cast.ben, name="Till")
    program = Client(SERVER_NAME="localhost", headers={"authorization": f"Api-Key {key}"})
    assert program.get(ME).status_code == 200
    locked(cast)
    refused(program.get(ME), 403, "account_locked")
    unlock_account(by=cast.access("ana"), user=cast.ben, reason="It was nothing")
    assert program.get(ME).status_code == 200


def test_after_unlocking_one_signs_in_anew(cast: Cast):
    ben = cast.browser("ben")
    locked(cast)
    unlock_account(by=cast.access("ana"), user=cast.ben, reason="It was nothing")
    assert ben.get(ME).status_code == 401, "a session that was open then may be the thief's"
    assert sign_in().status_code == 200  # type: ignore[attr-defined]
    assert AccountLock.objects.get().lifted_why == "It was nothing"
    with pytest.raises(NotLocked):
        unlock_account(by=cast.access("ana"), user=cast.ben, reason="Again")


def test_a_lock_ends_by_itself_when_its_time_is_over(cast: Cast, time_machine):
    time_machine.move_to("2026-11-01T08:00:00Z", tick=False)
    locked(cast, until=timezone.now() + timedelta(hours=1))
    assert lift_ended_locks() == 0
    time_machine.move_to("2026-11-01T09:00:01Z", tick=False)
    assert lift_ended_locks() == 1 and lift_ended_locks() == 0
    assert User.objects.get(pk=cast.ben.pk).locked_at is None


def test_a_second_lock_only_prolongs(cast: Cast):
    soon, late = (timezone.now() + timedelta(hours=hours) for hours in (1, 5))
    first = locked(cast, until=soon)
    assert locked(cast, until=late).pk == first.pk and AccountLock.objects.get().until == late
    locked(cast, until=soon)
    assert AccountLock.objects.get().until == late, "the shorter one changes nothing"
    locked(cast)
    assert AccountLock.objects.get().until is None


def test_the_last_admin_who_can_sign_in_is_not_locked(cast: Cast):
    with pytest.raises(LastAdmin):
        lock_account(by=BY, user=cast.ana, reason="Odd")
    with pytest.raises(OwnAccess):
        lock_account(by=cast.access("ana"), user=cast.ana, reason="Odd")
    set_level(by=BY, user=cast.dee, level="admin")
    lock_account(by=BY, user=cast.dee, reason="Odd")
    with pytest.raises(LastAdmin):
        lock_account(by=BY, user=cast.ana, reason="a locked admin helps nobody")
    cast.ana.is_active = False
    with pytest.raises(LastAdmin):
        change_person(by=BY, user=cast.ana, changed=["is_active"])


def test_only_admins_lock_and_say_why(cast: Cast):
    with pytest.raises(NotAllowed):
        lock_account(by=cast.access("dee"), user=cast.ben, reason="Odd")
    with pytest.raises(Missing):
        lock_account(by=cast.access("ana"), user=cast.ben, reason=" ")
    with pytest.raises(Invalid):
        locked(cast, until=timezone.now() - timedelta(seconds=1))
    locked(cast)
    with pytest.raises(NotAllowed):
        unlock_account(by=cast.access("dee"), user=cast.ben, reason="Please")
    assert Operation.objects.filter(action="person.locked").count() == 1


def last_change() -> dict[str, object]:
    return dict(Operation.objects.filter(action="person.lock_changed").latest("pk").details)


def test_an_admin_makes_the_lock_of_the_owner_or_of_a_rule_theirs(cast: Cast):
    lock_account(by=BY, user=cast.ben, reason="This was not me", how="owner")
    lock_account(by=BY, user=cast.ben, reason="Many exports", how="rule")
    assert last_change()["how"] == ["owner", "rule"]
    lock_account(by=cast.access("ana"), user=cast.ben, reason="Under inquiry")
    held = AccountLock.objects.get()
    assert (held.how, held.reason, held.locked_by_id) == ("admin", "Under inquiry", cast.ana.pk)
    assert last_change() == {"how": ["rule", "admin"], "until": [None, None], "reason": "Under inquiry"}
    lock_account(by=BY, user=cast.ben, reason="Many exports", how="rule")
    assert AccountLock.objects.get().how == "admin", "a weaker one takes nothing over"
    assert Operation.objects.filter(action="person.lock_changed").count() == 2


def test_a_mailed_link_no_longer_opens_what_an_admin_has_taken_over(cast: Cast):
    lock_account(by=BY, user=cast.ben, reason="This was not me", how="owner")
    ana = cast.browser("ana")
    assert do(ana, "security/user", cast.ben.pk, "lock", reason="Under inquiry").status_code == 302
    who, token = reset_link_parts(User.objects.get(pk=cast.ben.pk))
    reset_password(who=who, token=token, password="Orchid-tumble-42!")
    assert User.objects.get(pk=cast.ben.pk).locked_at is not None
    assert do(ana, "security/user", cast.ben.pk, "lock", reason="Twice").status_code == 404, "it is theirs already"


def test_a_longer_lock_is_logged_with_before_and_after(cast: Cast):
    soon, late = (timezone.now() + timedelta(hours=hours) for hours in (1, 5))
    locked(cast, until=soon)
    locked(cast, until=late)
    assert last_change() == {"how": ["admin"] * 2, "until": [soon.isoformat(), late.isoformat()], "reason": "Odd"}
    locked(cast, until=soon)
    assert Operation.objects.filter(action="person.lock_changed").count() == 1


def test_a_lock_made_longer_at_its_very_end_stays(cast: Cast, time_machine):
    time_machine.move_to("2026-11-01T08:00:00Z", tick=False)
    read = locked(cast, until=timezone.now() + timedelta(hours=1))
    time_machine.move_to("2026-11-01T09:00:01Z", tick=False)
    locked(cast, until=timezone.now() + timedelta(hours=1))
    assert lift_if_over(read) == 0 and User.objects.get(pk=cast.ben.pk).locked_at is not None
    time_machine.move_to("2026-11-01T10:00:02Z", tick=False)
    assert lift_if_over(read) == 1 and lift_if_over(read) == 0
    assert Operation.objects.filter(action="person.unlocked").count() == 1


@pytest.mark.parametrize(("how", "mailed_link_opens"), [("owner", True), ("rule", False), ("admin", False)])
def test_the_mail_says_what_opens_the_lock(cast: Cast, how: str, mailed_link_opens: bool):
    lock_account(by=BY, user=cast.ben, reason="Odd", how=how)
    User.objects.update(language="en")
    send_due_mails()
    (letter,) = [one for one in mail.outbox if one.to == ["ben@kefu.test"]]
    assert ("Setting a new password by a link that was mailed to you unlocks it" in letter.body) == mailed_link_opens
    assert ("Ask an admin" in letter.body) != mailed_link_opens
