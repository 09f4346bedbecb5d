"""What a lock does to sessions and sign-ins, and who opens it: an admin, a mailed link or the machine."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from inbox.models import Notification
from security.account_errors import NotLocked
from security.actions.invitations import accept, link_parts
from security.actions.locks import lift_ended_locks, lock_account, unlock_account
from security.errors import Missing
from security.models import AccountLock, User
from tests.conftest import BY, Cast
from tests.security.test_api_keys import key_of, program
from tests.worlds.browsers import AT_HOME, browser, sign_in, signed_in
from tests.worlds.locks import is_locked
from tests.worlds.threads import logged


def lock(cast: Cast, **more: Any) -> AccountLock:
    return lock_account(by=cast.access("ana"), user=cast.ben, reason="Strange sign-ins", **more)


def test_it_ends_every_session_and_refuses_the_right_password(cast: Cast):
    ben = [signed_in("ben"), signed_in("ben")]
    lock(cast)
    assert [one.get("/api/v1/me").json()["code"] for one in ben] == ["session_locked"] * 2
    refused = sign_in(browser(), "ben")
    assert (refused.status_code, refused.json()["code"]) == (403, "account_locked")


def test_whoever_does_not_know_the_password_learns_nothing(cast: Cast):
    before = sign_in(browser(), "ben", "not it")
    lock(cast)
    after = sign_in(browser(), "ben", "not it")
    assert (after.status_code, after.content) == (before.status_code, before.content)


def test_its_api_keys_are_refused(cast: Cast):
    ben = program(key_of(cast.ben))
    assert ben.get("/api/v1/me").status_code == 200
    lock(cast)
    assert ben.get("/api/v1/me").status_code == 403


def test_it_is_written_down_with_the_reason_and_told_to_the_admins(cast: Cast):
    lock_account(by=BY, user=cast.ben, reason="Strange sign-ins")
    (line,) = logged("person.locked")
    assert (line.about_id, line.details["reason"]) == (cast.ben.pk, "Strange sign-ins")
    told = Notification.objects.for_system("the test").filter(kind="account.locked")
    assert [(row.to_id, row.note) for row in told] == [(cast.ana.pk, "Ben")]


def test_a_lock_with_an_end_ends_by_itself(cast: Cast):
    lock(cast, until=timezone.now() + timedelta(hours=1))
    assert is_locked(cast.ben)
    AccountLock.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert lift_ended_locks() == 1
    assert not is_locked(cast.ben) and sign_in(browser(), "ben").status_code == 200


def test_an_admin_unlocks_it_with_a_reason(cast: Cast):
    lock(cast)
    with pytest.raises(Missing):
        unlock_account(by=cast.access("ana"), user=cast.ben, reason="")
    unlock_account(by=cast.access("ana"), user=cast.ben, reason="Spoke with Ben")
    assert sign_in(browser(), "ben").status_code == 200
    assert logged("person.unlocked")[0].details["reason"] == "Spoke with Ben"


def test_unlocking_what_is_not_locked_does_nothing(cast: Cast):
    with pytest.raises(NotLocked):
        unlock_account(by=cast.access("ana"), user=cast.ben, reason="By mistake")
    assert not logged("person.unlocked")


def test_a_new_password_by_a_mailed_link_unlocks_it(cast: Cast):
    lock(cast)
    who, token = link_parts(User.objects.get(pk=cast.ben.pk))
    accept(who=who, token=token, password="Another-pass-2026!")
    assert sign_in(browser(), "ben", "Another-pass-2026!").status_code == 200
    assert logged("person.unlocked")[0].details == {"how": "password_link"}


def test_the_page_of_a_person_offers_it_only_while_locked(cast: Cast):
    ana = cast.browser("ana")
    address = f"/admin/security/user/{cast.ben.pk}/do/unlock/"
    assert ana.get(address).status_code == 404
    lock(cast)
    assert "Strange sign-ins" in ana.get(f"/admin/security/user/{cast.ben.pk}/change/").content.decode()
    assert ana.post(address, {"reason": "Spoke with Ben"}).status_code == 302
    assert not is_locked(cast.ben)


def test_the_machine_can_always_unlock(cast: Cast, capsys: pytest.CaptureFixture[str]):
    lock_account(by=BY, user=cast.ana, reason="Strange sign-ins", how="owner")
    call_command("unlock_account", "ana@kefu.test", reason="The only admin")
    call_command("unlock_account", "ana@kefu.test", reason="The only admin")
    assert capsys.readouterr().out == "ana@kefu.test can sign in.\nana@kefu.test was not locked.\n"
    assert sign_in(browser(AT_HOME), "ana").status_code == 200
