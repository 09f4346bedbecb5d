"""The second factor in the admin: off by default and told so; once asked for, to come in and before what is grave."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from security.access import access_of
from security.admin.policies import own_settings
from security.models import KeyPolicy, LimitPolicy, Operation, RecoveryCode, SecurityPolicy, TotpFactor, User
from security.policy import Policy
from tests.conftest import Cast, ask_for_factor_from
from tests.security.admin.forms import change, do, errors
from tests.security.signing_in.test_passkeys import add
from tests.worlds.factors import enrol, fresh_browser
from tests.worlds.passkeys import SoftPasskey


@pytest.fixture
def asked_for(cast: Cast) -> Cast:
    SecurityPolicy(admin_needs_factor=True).save()
    SecurityPolicy.forget()
    return cast


def test_while_it_is_off_the_first_page_says_so(cast: Cast):
    assert "asks admins for a second factor" in cast.browser("ana").get("/admin/").content.decode()


def test_whoever_has_none_cannot_close_the_door_behind_everybody(cast: Cast):
    policy = {field.name: getattr(SecurityPolicy(), field.name) for field in SecurityPolicy._meta.fields}
    form = {name: value for name, value in policy.items() if not isinstance(value, bool) and value is not None}
    form |= {"admin_needs_factor": "on", "reason": "Audit"}
    page = "/admin/security/securitypolicy/1/change/"
    assert list(errors(cast.browser("ana").post(page, form))) == ["admin_needs_factor"]
    assert fresh_browser(cast, "ana").post(page, form).status_code == 302
    assert SecurityPolicy.objects.get().admin_needs_factor


def test_a_session_gives_a_code_before_it_sees_anything(asked_for: Cast):
    app, ana = enrol(asked_for, "ana"), asked_for.browser("ana")
    for page in (
        "/admin/",
        "/admin/security/user/",
        "/admin/sight/",
        f"/admin/security/user/{asked_for.ben.pk}/change/",
    ):
        answer = ana.get(page)
        assert answer.status_code == 302 and answer["Location"].startswith("/admin/factor/")
    assert change(ana, asked_for.ben, name="Benedict").status_code == 302
    assert User.objects.get(pk=asked_for.ben.pk).name == "Ben"
    door = "/admin/factor/?next=/admin/security/user/"
    assert ana.post(door, {"kefu_code": "000000"}).status_code == 400
    TotpFactor.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    answer = ana.post(door, {"kefu_code": app.code()})
    assert answer["Location"] == "/admin/security/user/" and ana.get("/admin/").status_code == 200


@pytest.mark.parametrize("whither", ["https://evil.test/", "//evil.test/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(asked_for: Cast, whither: str):
    app = enrol(asked_for, "ana")
    answer = asked_for.browser("ana").post(f"/admin/factor/?next={whither}", {"kefu_code": app.code()})
    assert answer["Location"] == "/admin/"


def test_without_one_the_page_says_where_to_set_it_up(asked_for: Cast):
    page = asked_for.browser("ana").get("/admin/factor/").content.decode()
    assert "/settings/security" in page and "kefu_code" not in page


def test_before_what_is_grave_a_fresh_one_is_asked_for(asked_for: Cast):
    ana = fresh_browser(asked_for, "ana")
    later = timezone.now() + timedelta(minutes=11)
    with time_machine.travel(later, tick=True):
        answer = do(ana, "security/user", asked_for.ben.pk, "put-out", reason="Left")
        assert answer.status_code == 400 and 'name="kefu_code"' in answer.content.decode()
        assert "kefu_code" in change(ana, asked_for.ben, is_active=None, reason="Left").content.decode()
        assert User.objects.get(pk=asked_for.ben.pk).is_active
        assert change(ana, asked_for.ben, name="Benedict").status_code == 302, "what is harmless needs none"


def test_a_wrong_code_beside_a_deed_is_counted_and_nothing_is_done(asked_for: Cast):
    ana = fresh_browser(asked_for, "ana")
    later = timezone.now() + timedelta(minutes=11)
    with time_machine.travel(later, tick=True):
        answer = change(ana, asked_for.ben, is_active=None, reason="Left", kefu_code="000000")
    assert answer.status_code == 200 and User.objects.get(pk=asked_for.ben.pk).is_active
    assert TotpFactor.objects.get(user=asked_for.ana).throttling_failure_count == 1
    assert Operation.objects.filter(action="factor.refused").exists()


def test_an_admin_resets_somebodys_factor_with_a_code_and_a_reason(cast: Cast):
    enrol(cast, "ben")
    assert do(cast.browser("ana"), "security/user", cast.ben.pk, "reset-factor", reason="Lost").status_code == 400
    ana = fresh_browser(cast, "ana")
    assert do(ana, "security/user", cast.ben.pk, "reset-factor").status_code == 400
    assert do(ana, "security/user", cast.ben.pk, "reset-factor", reason="Lost the phone").status_code == 302
    assert not TotpFactor.objects.filter(user=cast.ben).exists()


def limits_form(**wanted: object) -> dict[str, object]:
    kept = LimitPolicy()
    return {field.name: getattr(kept, field.name) for field in own_settings(LimitPolicy)} | wanted


def test_as_installed_no_grave_deed_passes_without_a_fresh_code(cast: Cast):
    """The door is open to whoever is signed in, as signing in asked for a factor; rights are not."""
    app, ana = enrol(cast, "ana"), cast.browser("ana")
    ask_for_factor_from("agent")
    assert ana.get("/admin/").status_code == 200
    page = "/admin/security/limitpolicy/1/change/"
    assert ana.post(page, limits_form(sign_ins_burst=900, reason="Easier")).status_code == 200
    assert not LimitPolicy.objects.exclude(sign_ins_burst=LimitPolicy().sign_ins_burst).exists()
    for wanted in ({"level": "admin"}, {"email": "thief@kefu.test"}):
        assert "kefu_code" in change(ana, cast.ben, reason="Easier", **wanted).content.decode()
    ben = User.objects.get(pk=cast.ben.pk)
    assert (access_of(ben).level, ben.email) == ("agent", "ben@kefu.test")
    given = limits_form(sign_ins_burst=900, reason="A large office", kefu_code=app.code())
    assert ana.post(page, given).status_code == 302 and LimitPolicy.objects.get().sign_ins_burst == 900


@pytest.mark.parametrize("kind", [KeyPolicy, LimitPolicy])
def test_what_bounds_keys_and_guessing_changes_with_a_reason(cast: Cast, kind: type[Policy]):
    page = f"/admin/security/{kind._meta.model_name}/1/change/"
    form = {field.name: getattr(kind(), field.name) for field in own_settings(kind)}
    form[next(iter(form))] += 1
    assert list(errors(cast.browser("ana").post(page, form))) == ["reason"]
    assert cast.browser("ana").post(page, {**form, "reason": "Audit"}).status_code == 302


def test_the_first_page_is_silent_once_signing_in_asks(cast: Cast):
    ask_for_factor_from("admin")
    assert "asks admins for a second factor" not in cast.browser("ana").get("/admin/").content.decode()


def test_whoever_has_only_passkeys_shows_one_at_the_door_and_before_what_is_grave(cast: Cast):
    """The page's button does what the two calls here do."""
    ana, passkey = cast.browser("ana"), SoftPasskey()
    add(ana, passkey)
    ana = cast.browser("ana")
    SecurityPolicy(admin_needs_factor=True).save()
    SecurityPolicy.forget()
    door = ana.get("/admin/factor/?next=/admin/security/user/").content.decode()
    assert "data-kefu-passkey" in door and 'data-kefu-onward="/admin/security/user/"' in door
    prove(ana, passkey)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=True):
        RecoveryCode.objects.update(used_at=timezone.now())
        asked = do(ana, "security/user", cast.ben.pk, "put-out", reason="Left").content.decode()
        assert "data-kefu-passkey" in asked and 'name="kefu_code"' not in asked
        prove(ana, passkey)
        assert do(ana, "security/user", cast.ben.pk, "put-out", reason="Left").status_code == 302


def prove(browser: Client, passkey: SoftPasskey) -> None:
    options = browser.post("/api/v1/session/passkey/options", SERVER_NAME="localhost").json()["options"]
    body = {"credential": passkey.show(options)}
    answer = browser.post("/api/v1/session/factor/passkey", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
