"""``manage.py set_level``: the way back in from the machine."""

import pytest
from django.core.management import CommandError, call_command

from security.access import access_of
from security.actions.levels import set_level
from security.actions.people import change_person
from security.live.store import events_after
from security.models import Operation, User
from tests.conftest import BY, Cast


def test_somebody_becomes_admin_with_a_new_password_and_may_sign_in_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    cast.ben.is_active = False
    change_person(by=BY, user=cast.ben, changed=["is_active"])
    monkeypatch.setenv("KEFU_NEW_PASSWORD", "A-way-back-2026!")
    call_command("set_level", "Ben@kefu.test", "admin", "--password", "--activate")
    ben = User.objects.get(pk=cast.ben.pk)
    assert (access_of(ben).level, ben.is_active, ben.is_staff) == ("admin", True, True)
    assert ben.check_password("A-way-back-2026!")
    assert "ben@kefu.test is admin." in capsys.readouterr().out
    assert events_after(f"person:{ben.pk}", 0)[-1].kind == "session.ended"
    logged = Operation.objects.filter(actor_kind="system", actor_id="manage.py set_level")
    assert {line.action for line in logged} == {"person.changed", "person.level_set", "person.password_set"}
    assert "a-way-back" not in str([line.details for line in logged])


def test_a_level_alone_leaves_password_and_activity(cast: Cast, capsys: pytest.CaptureFixture[str]):
    cast.ben.is_active = False
    change_person(by=BY, user=cast.ben, changed=["is_active"])
    before = User.objects.get(pk=cast.ben.pk).password
    call_command("set_level", "ben@kefu.test", "senior")
    ben = User.objects.get(pk=cast.ben.pk)
    assert (access_of(ben).level, ben.is_active, ben.password) == ("senior", False, before)
    assert "inactive: add --activate" in capsys.readouterr().out


def test_what_cannot_be_done_is_told_in_a_sentence(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(CommandError, match="There is nobody with the address"):
        call_command("set_level", "who@kefu.test", "admin")
    with pytest.raises(CommandError):
        call_command("set_level", "ana@kefu.test", "agent")
    monkeypatch.setenv("KEFU_NEW_PASSWORD", "short")
    with pytest.raises(CommandError):
        call_command("set_level", "ben@kefu.test", "admin", "--password")
    set_level(by=BY, user=cast.dee, level="admin")
    call_command("set_level", "ana@kefu.test", "agent")
    assert access_of(cast.ana).level == "agent"
