"""Policy settings in the admin: explained, bounded, marked when changed, and back to the default."""

from typing import Any

import pytest
from django.contrib import admin

from inbox.models import InboxPolicy
from security.admin.policies import own_settings
from security.models import Operation, SecurityPolicy
from security.policy import Policy
from tests.conftest import Cast
from tests.security.admin.forms import errors

SECURITY, INBOX = "/admin/security/securitypolicy/1/change/", "/admin/inbox/inboxpolicy/1/change/"


def form_of(kind: type[Policy], **wanted: object) -> dict[str, Any]:
    row = kind._default_manager.filter(pk=1).first() or kind()
    values = {field.name: getattr(row, field.name) for field in own_settings(kind)} | wanted
    return {name: ("on" if value is True else value) for name, value in values.items() if value not in (False, None)}


@pytest.mark.parametrize("kind", Policy.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_setting_of_every_policy_can_be_read_with_its_default(cast: Cast, kind: type[Policy]):
    label = kind._meta.label_lower.replace(".", "/")
    assert kind in admin.site._registry
    kind._default_manager.all().delete()
    page = cast.browser("ana").get(f"/admin/{label}/1/change/").content.decode()
    for field in own_settings(kind):
        assert f'name="{field.name}"' in page
    assert page.count("Default: ") >= len(own_settings(kind)) and not kind._default_manager.exists()


def test_a_changed_setting_is_saved_logged_marked_and_goes_back(cast: Cast):
    ana = cast.browser("ana")
    assert "kefu-changed" not in ana.get(INBOX).content.decode()
    assert ana.post(INBOX, form_of(InboxPolicy, lock_minutes=45)).status_code == 302
    assert InboxPolicy.current().lock_minutes == 45
    assert Operation.objects.get(action="policy.changed").details == {"lock_minutes": [30, 45]}
    page = ana.get(INBOX).content.decode()
    assert page.count("kefu-changed") == 1 and 'name="_default" value="lock_minutes"' in page
    assert ana.post(INBOX, {**form_of(InboxPolicy), "_default": "lock_minutes"}).status_code == 302
    InboxPolicy.forget()
    assert InboxPolicy.current().lock_minutes == 30


def test_a_switch_goes_back_to_its_default_too(cast: Cast):
    ana = cast.browser("ana")
    ana.post(INBOX, form_of(InboxPolicy, assign_on_reply=False, send_typing=True))
    InboxPolicy.forget()
    assert (InboxPolicy.current().assign_on_reply, InboxPolicy.current().send_typing) == (False, True)
    for name in ("assign_on_reply", "send_typing"):
        ana.post(INBOX, {**form_of(InboxPolicy), "_default": name})
    InboxPolicy.forget()
    assert (InboxPolicy.current().assign_on_reply, InboxPolicy.current().send_typing) == (True, False)


@pytest.mark.parametrize("value", ["0", "1441", "-5", "many", "", "3.5", "99999999999999999999"])
def test_what_is_out_of_bounds_is_refused_beside_its_field(cast: Cast, value: str):
    assert list(errors(cast.browser("ana").post(INBOX, form_of(InboxPolicy, lock_minutes=value)))) == ["lock_minutes"]
    assert InboxPolicy.current().lock_minutes == 30


def test_what_limits_rights_changes_with_a_reason(cast: Cast):
    ana = cast.browser("ana")
    assert list(errors(ana.post(SECURITY, form_of(SecurityPolicy, history_days=30)))) == ["reason"]
    assert ana.post(SECURITY, form_of(SecurityPolicy, history_days=30, reason="Tax audit")).status_code == 302
    assert Operation.objects.get(action="policy.changed").details == {"history_days": [7, 30], "reason": "Tax audit"}


@pytest.mark.parametrize("name", ["id", "changed_at", "reason", "nothing", "__class__"])
def test_nothing_but_a_setting_goes_back_to_a_default(cast: Cast, name: str):
    form = {**form_of(InboxPolicy, lock_minutes=45), "_default": name}
    assert cast.browser("ana").post(INBOX, form).status_code == 302
    assert InboxPolicy.objects.get().pk == 1 and InboxPolicy.objects.get().lock_minutes == 45


def test_settings_are_neither_added_nor_deleted(cast: Cast):
    ana = cast.browser("ana")
    for path in ("add/", "1/delete/", "2/change/"):
        assert ana.get(f"/admin/inbox/inboxpolicy/{path}").status_code in (302, 403)
        ana.post(f"/admin/inbox/inboxpolicy/{path}", form_of(InboxPolicy, lock_minutes=45))
    assert not InboxPolicy.objects.exists()
