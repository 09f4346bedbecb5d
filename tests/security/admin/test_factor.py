"""The second factor in the admin: off by default and told so; once asked for, to come in and before what is grave."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from security.models import Operation, SecurityPolicy, TotpFactor, User
from tests.conftest import Cast
from tests.security.admin.forms import change, do, errors
from tests.worlds.factors import enrol, fresh_browser


@pytest.fixture
def asked_for(cast: Cast) -> Cast:
    SecurityPolicy(admin_needs_factor=True).save()
    SecurityPolicy.forget()
    return cast


def test_while_it_is_off_the_first_page_says_so(cast: Cast):
    assert "with the password alone" in cast.browser("ana").get("/admin/").content.decode()


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
