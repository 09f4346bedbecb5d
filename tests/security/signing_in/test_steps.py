"""After the password: the second factor or setting one up, a new password; nobody is in before the last step."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from security.models import Operation, SignInPolicy, TotpFactor, User
from tests.conftest import PASSWORD, Cast, ask_for_factor_from
from tests.security.signing_in.conftest import SESSION, Stranger
from tests.worlds.factors import Authenticator, enrol, let_pass

NEW = "Orchid-tumble-42!"


@pytest.fixture
def strict(cast: Cast) -> Cast:
    ask_for_factor_from("agent")
    return cast


def step_of(answer: Any) -> str | None:
    told = answer.json()
    assert answer.status_code == 200 and (told["user"] is None) is (told["step"] is not None)
    return told["step"] and told["step"]["name"]


def test_whoever_has_a_factor_is_asked_for_it_and_is_not_in_before(cast: Cast, stranger: Stranger):
    app = enrol(cast, "ben")
    asked = stranger.sign_in()
    assert asked.json()["step"] == {"name": "factor", "methods": ["totp", "recovery"], "trust_days": 30}
    assert not stranger.is_in() and not Operation.objects.filter(action="session.started").exists()
    assert step_of(stranger.client.get(SESSION)) == "factor", "the page may be loaded again in between"
    came = stranger.post(f"{SESSION}/code", code=app.code())
    assert came.json()["user"]["email"] == "ben@kefu.test" and stranger.is_in()
    assert Operation.objects.get(action="session.started").details["shown"] == ["password", "totp"]


def test_the_session_that_showed_it_is_fresh(cast: Cast, stranger: Stranger):
    app = enrol(cast, "ben")
    stranger.sign_in()
    stranger.post(f"{SESSION}/code", code=app.code())
    assert stranger.client.get("/api/v1/me/factor").json()["fresh_until"]


def test_a_recovery_code_lets_in_once(cast: Cast, stranger: Stranger):
    app = Authenticator(cast_begin(cast)["secret"])
    codes = cast.browser("ben").post("/api/v1/me/factor/confirm", {"code": app.code()}, content_type="application/json")
    code = codes.json()["codes"][0]
    stranger.sign_in()
    assert stranger.post(f"{SESSION}/code", code=code).json()["user"]
    other = Stranger()
    other.sign_in()
    assert other.post(f"{SESSION}/code", code=code).json()["code"] == "code_refused" and not other.is_in()


def cast_begin(cast: Cast) -> Any:
    return cast.browser("ben").post("/api/v1/me/factor", {"password": PASSWORD}, content_type="application/json").json()


def test_wrong_codes_are_slowed_down_and_nobody_is_in(cast: Cast, stranger: Stranger):
    app = enrol(cast, "ben")
    stranger.sign_in()
    assert stranger.post(f"{SESSION}/code", code="000000").json()["code"] == "code_refused"
    assert stranger.post(f"{SESSION}/code", code=app.code()).json()["code"] == "code_too_soon"
    let_pass(cast.ben, 2)
    assert stranger.post(f"{SESSION}/code", code=app.code()).json()["user"]


def test_from_the_agent_level_on_one_must_be_set_up_first(strict: Cast, stranger: Stranger):
    assert step_of(stranger.sign_in()) == "enrolment" and not stranger.is_in()
    begun = stranger.post(f"{SESSION}/enrolment")
    assert begun.status_code == 201 and begun.json()["qr"].startswith("<svg")
    came = stranger.post(f"{SESSION}/enrolment/confirm", code=Authenticator(begun.json()["secret"]).code()).json()
    assert came["user"]["name"] == "Ben" and len(came["recovery_codes"]) == 10 and stranger.is_in()
    assert stranger.client.get(SESSION).json()["recovery_codes"] == []


def test_an_observer_need_not_have_one(strict: Cast, stranger: Stranger):
    assert stranger.sign_in("eli@kefu.test").json()["user"]["name"] == "Eli"


def test_whoever_must_have_one_cannot_remove_the_last(strict: Cast):
    from tests.worlds.factors import fresh_browser

    refused = fresh_browser(strict, "ben").delete("/api/v1/me/factor")
    assert (refused.status_code, refused.json()["code"]) == (409, "last_factor")
    assert TotpFactor.objects.filter(user=strict.ben, confirmed=True).exists()


def test_an_expired_password_is_replaced_after_the_code(cast: Cast, stranger: Stranger):
    app = enrol(cast, "ben")
    User.objects.filter(pk=cast.ben.pk).update(password_set_at=timezone.now() - timedelta(days=91))
    assert step_of(stranger.sign_in()) == "factor"
    assert stranger.post(f"{SESSION}/password", password=NEW).json()["code"] == "step_missing", "not before the code"
    assert step_of(stranger.post(f"{SESSION}/code", code=app.code())) == "password" and not stranger.is_in()
    assert stranger.post(f"{SESSION}/password", password="short").json()["field"] == "password"
    assert "lately" in stranger.post(f"{SESSION}/password", password=PASSWORD).json()["message"]
    assert stranger.post(f"{SESSION}/password", password=NEW).json()["user"]["name"] == "Ben"
    assert stranger.is_in() and User.objects.get(pk=cast.ben.pk).check_password(NEW)


def test_what_was_begun_is_over_after_ten_minutes(cast: Cast, stranger: Stranger):
    app = enrol(cast, "ben")
    stranger.sign_in()
    session = stranger.client.session
    kept = session["signing_in"]
    session["signing_in"] = {**kept, "at": (timezone.now() - timedelta(minutes=10, seconds=1)).isoformat()}
    session.save()
    over = stranger.post(f"{SESSION}/code", code=app.code())
    assert (over.status_code, over.json()["code"]) == (401, "sign_in_over")
    assert stranger.client.get(SESSION).json()["step"] is None


@pytest.mark.parametrize("what", ["password", "sessions", "inactive"])
def test_what_was_begun_is_void_once_the_account_changed(cast: Cast, stranger: Stranger, what: str):
    app = enrol(cast, "ben")
    stranger.sign_in()
    ben = User.objects.get(pk=cast.ben.pk)
    if what == "password":
        ben.set_password(NEW)
    elif what == "sessions":
        ben.sign_outs += 1
    else:
        ben.is_active = False
    ben.save()
    assert stranger.post(f"{SESSION}/code", code=app.code()).json()["code"] == "sign_in_over"


def test_no_step_is_open_to_a_stranger_who_gave_no_password(cast: Cast, stranger: Stranger):
    enrol(cast, "ben")
    for path, body in (
        ("code", {"code": "123456"}),
        ("enrolment", {}),
        ("enrolment/confirm", {"code": "123456"}),
        ("enrolment/passkey/options", {}),
        ("password", {"password": NEW}),
    ):
        assert stranger.post(f"{SESSION}/{path}", **body).json()["code"] == "sign_in_over", path


def test_a_step_that_is_not_asked_for_does_nothing(cast: Cast, stranger: Stranger):
    enrol(cast, "ben")
    stranger.sign_in()
    assert stranger.post(f"{SESSION}/enrolment").json()["code"] == "step_missing", "nobody replaces a factor this way"
    assert TotpFactor.objects.filter(user=cast.ben).count() == 1


def test_each_step_needs_the_csrf_token(cast: Cast, stranger: Stranger):
    app = enrol(cast, "ben")
    stranger.sign_in()
    refused = stranger.client.post(f"{SESSION}/code", {"code": app.code()}, content_type="application/json")
    assert refused.status_code == 403 and not stranger.is_in()


def test_the_session_gets_a_new_key_at_every_step(cast: Cast, stranger: Stranger):
    app = enrol(cast, "ben")
    keys = []
    stranger.client.cookies["kefu_session"] = "planted"
    stranger.sign_in()
    keys.append(stranger.client.cookies["kefu_session"].value)
    stranger.post(f"{SESSION}/code", code=app.code())
    keys.append(stranger.client.cookies["kefu_session"].value)
    assert len({"planted", *keys}) == 3


def test_another_person_in_the_same_browser_does_not_go_on_with_the_first_ones_step(cast: Cast, stranger: Stranger):
    app = enrol(cast, "ben")
    stranger.sign_in()
    assert stranger.sign_in("fay@kefu.test").json()["user"]["name"] == "Fay"
    assert stranger.post(f"{SESSION}/code", code=app.code()).status_code == 401


def test_the_admin_has_no_door_of_its_own(cast: Cast, stranger: Stranger):
    for method in (stranger.client.get, stranger.client.post):
        answer = method("/admin/login/?next=/admin/security/user/", {"username": cast.ana.email, "password": PASSWORD})
        assert answer.status_code in (302, 403) and not stranger.is_in()
    assert stranger.client.get("/admin/login/?next=/admin/")["Location"] == "/sign-in?next=%2Fadmin%2F"


def test_the_level_that_needs_one_is_the_policys(cast: Cast, stranger: Stranger):
    ask_for_factor_from("supervisor")
    assert stranger.sign_in().json()["user"]["name"] == "Ben"
    assert step_of(Stranger().sign_in("dee@kefu.test")) == "enrolment"
    assert SignInPolicy.current().factor_from == "supervisor"


@pytest.mark.parametrize(("kind", "mail"), [("dummy", False), ("locmem", True)])
def test_the_sign_in_page_is_told_whether_mails_can_be_sent(cast: Cast, stranger: Stranger, kind: str, mail: bool):
    with override_settings(EMAIL_BACKEND=f"django.core.mail.backends.{kind}.EmailBackend"):
        assert stranger.client.get(SESSION).json()["mail"] is mail
