"""Passkeys: made with what one has already, shown as a second factor and instead of a password (SE-2)."""

from typing import Any

import pytest
from webauthn import base64url_to_bytes

from inbox.models import Notification
from security.models import Operation, Passkey, RecoveryCode, User
from tests.conftest import PASSWORD, Cast, ask_for_factor_from
from tests.security.signing_in.conftest import SESSION, Stranger
from tests.worlds.factors import enrol, fresh_browser
from tests.worlds.passkeys import SoftPasskey
from tests.worlds.threads import logged

ME = "/api/v1/me/passkeys"


def post(browser: Any, path: str, **body: Any) -> Any:
    return browser.post(path, body, content_type="application/json", SERVER_NAME="localhost")


def add(browser: Any, passkey: SoftPasskey | None = None, name: str = "Laptop", password: str = PASSWORD) -> Any:
    passkey = passkey or SoftPasskey()
    begun = post(browser, f"{ME}/options", password=password)
    assert begun.status_code == 200, begun.content
    return post(browser, ME, name=name, credential=passkey.make(begun.json()["options"]))


@pytest.fixture
def bens(cast: Cast) -> SoftPasskey:
    passkey = SoftPasskey()
    assert len(add(cast.browser("ben"), passkey).json()["codes"]) == 10
    return passkey


def show(stranger: Stranger, passkey: SoftPasskey) -> Any:
    options = stranger.post(f"{SESSION}/passkey/options").json()["options"]
    return stranger.post(f"{SESSION}/passkey", credential=passkey.show(options))


def test_the_first_one_needs_the_password_and_brings_recovery_codes(cast: Cast):
    ben = cast.browser("ben")
    assert post(ben, f"{ME}/options", password="guessed").json()["code"] == "password_refused"
    assert post(ben, f"{ME}/options").json()["code"] in ("password_refused", "code_too_soon")
    assert not Passkey.objects.exists()


def test_a_second_one_needs_a_fresh_factor(cast: Cast, bens: SoftPasskey):
    ben = cast.browser("ben")
    assert post(ben, f"{ME}/options", password=PASSWORD).json()["code"] == "second_factor_required"
    fresh = fresh_browser_of(cast, bens)
    assert add(fresh, name="Key").json() == {"codes": []} and RecoveryCode.objects.count() == 10
    assert [row["name"] for row in fresh.get(ME).json()] == ["Laptop", "Key"]


def fresh_browser_of(cast: Cast, passkey: SoftPasskey) -> Any:
    ben = cast.browser("ben")
    options = post(ben, f"{SESSION}/passkey/options").json()["options"]
    assert post(ben, f"{SESSION}/factor/passkey", credential=passkey.show(options)).status_code == 200
    return ben


def test_it_is_the_second_factor_after_the_password(cast: Cast, bens: SoftPasskey, stranger: Stranger):
    assert stranger.sign_in().json()["step"] == {"name": "factor", "methods": ["passkey", "recovery"], "trust_days": 30}
    assert show(stranger, bens).json()["user"]["name"] == "Ben" and stranger.is_in()
    assert Operation.objects.filter(action="session.started").latest("id").details["shown"] == ["password", "passkey"]


def test_it_lets_in_without_a_password(cast: Cast, bens: SoftPasskey, stranger: Stranger):
    options = stranger.post(f"{SESSION}/passkey/options").json()["options"]
    assert not options.get("allowCredentials"), "a stranger is told of nobody's"
    came = stranger.post(f"{SESSION}/passkey", credential=bens.show(options))
    assert came.json()["user"]["name"] == "Ben" and stranger.is_in()


def test_an_answer_counts_once(cast: Cast, bens: SoftPasskey, stranger: Stranger):
    options = stranger.post(f"{SESSION}/passkey/options").json()["options"]
    answer = bens.show(options)
    assert stranger.post(f"{SESSION}/passkey", credential=answer).json()["user"]
    again = Stranger()
    again.post(f"{SESSION}/passkey/options")
    assert again.post(f"{SESSION}/passkey", credential=answer).json()["code"] == "passkey_refused"
    assert not again.is_in()


@pytest.mark.parametrize(
    "lie", ["origin", "rp_id", "unverified", "other key", "other challenge", "nobody's", "garbled"]
)
def test_what_is_not_right_is_refused(cast: Cast, bens: SoftPasskey, stranger: Stranger, lie: str):
    options = stranger.post(f"{SESSION}/passkey/options").json()["options"]
    if lie == "origin":
        bens.origin = "https://kefu.evil.test"
    elif lie == "rp_id":
        bens.rp_id = "evil.test"
    elif lie == "unverified":
        bens.verifies = False
    elif lie == "other key":
        bens.key = SoftPasskey().key
    elif lie == "other challenge":
        options = {**options, "challenge": "AAAA"}
    elif lie == "nobody's":
        bens = SoftPasskey()
    answer: Any = {"id": "x", "rawId": "eA", "response": []} if lie == "garbled" else bens.show(options)
    refused = stranger.post(f"{SESSION}/passkey", credential=answer)
    assert (refused.status_code, refused.json()["code"]) == (403, "passkey_refused") and not stranger.is_in()
    known = [(line.about_id, line.details["cause"]) for line in logged("passkey.refused")]
    assert known == ([] if lie in ("nobody's", "garbled") else [(cast.ben.pk, "answer")])


def test_a_copied_one_that_counts_behind_is_refused(cast: Cast, bens: SoftPasskey, stranger: Stranger):
    assert show(stranger, bens).json()["user"]
    bens.uses = 0
    assert show(Stranger(), bens).json()["code"] == "passkey_refused"
    (line,) = logged("passkey.refused")
    assert (line.about_id, line.details["cause"], line.actor_kind) == (cast.ben.pk, "copied", "system")
    (told,) = Notification.objects.for_system("the test").filter(kind="passkey.copied")
    assert (told.to_id, told.data["person_id"]) == (cast.ana.pk, cast.ben.pk)


def test_one_that_does_not_count_at_all_is_no_copy(cast: Cast):
    passkey = SoftPasskey(counts=False)
    add(cast.browser("ben"), passkey)
    for _time in range(2):
        assert show(Stranger(), passkey).json()["user"]


def test_a_challenge_for_showing_does_not_do_for_making(cast: Cast):
    ben = cast.browser("ben")
    options = post(ben, f"{SESSION}/passkey/options").json()["options"]
    made = post(ben, ME, name="Sneaked in", credential=SoftPasskey().make(options))
    assert made.json()["code"] == "passkey_refused" and not Passkey.objects.exists()


def test_somebody_elses_does_not_go_on_with_my_password(cast: Cast, bens: SoftPasskey, stranger: Stranger):
    enrol(cast, "fay")
    stranger.sign_in("fay@kefu.test")
    assert show(stranger, bens).json()["code"] == "passkey_refused" and not stranger.is_in()
    assert [(line.about_id, line.details["cause"]) for line in logged("passkey.refused")] == [(cast.fay.pk, "others")]


def test_one_of_somebody_inactive_lets_nobody_in(cast: Cast, bens: SoftPasskey, stranger: Stranger):
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    assert show(stranger, bens).json()["code"] == "passkey_refused"


def test_it_can_be_the_first_factor_while_signing_in(cast: Cast, stranger: Stranger):
    ask_for_factor_from("agent")
    stranger.sign_in()
    options = stranger.post(f"{SESSION}/enrolment/passkey/options").json()["options"]
    came = stranger.post(f"{SESSION}/enrolment/passkey", name="Phone", credential=SoftPasskey().make(options))
    assert came.json()["user"]["name"] == "Ben" and len(came.json()["recovery_codes"]) == 10 and stranger.is_in()


def test_removing_needs_a_fresh_factor_and_leaves_one_to_whoever_must(cast: Cast, bens: SoftPasskey):
    ben = cast.browser("ben")
    passkey = str(Passkey.objects.get().pk)
    assert ben.delete(f"{ME}/{passkey}").json()["code"] == "second_factor_required"
    fresh = fresh_browser_of(cast, bens)
    ask_for_factor_from("agent")
    assert fresh.delete(f"{ME}/{passkey}").json()["code"] == "last_factor"
    ask_for_factor_from("nobody")
    assert fresh.delete(f"{ME}/{passkey}").status_code == 204
    assert not Passkey.objects.exists() and not RecoveryCode.objects.exists()


def test_what_a_removed_one_gave_counts_no_more_in_any_session(cast: Cast, bens: SoftPasskey):
    here, there = fresh_browser_of(cast, bens), fresh_browser_of(cast, bens)
    other = SoftPasskey()
    add(here, other, name="Key")
    assert here.delete(f"{ME}/{Passkey.objects.get(name='Laptop').pk}").status_code == 204
    assert there.delete(f"{ME}/{Passkey.objects.get().pk}").json()["code"] == "second_factor_required"


def test_nobody_touches_somebody_elses(cast: Cast, bens: SoftPasskey):
    fay = fresh_browser(cast, "fay")
    passkey = str(Passkey.objects.get().pk)
    renamed = fay.patch(f"{ME}/{passkey}", {"name": "Mine now"}, content_type="application/json")
    assert renamed.status_code == fay.delete(f"{ME}/{passkey}").status_code == 404
    assert fay.get(ME).json() == [] and Passkey.objects.get().name == "Laptop"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_is_needed_and_bounded(cast: Cast, name: str):
    ben = cast.browser("ben")
    begun = post(ben, f"{ME}/options", password=PASSWORD).json()["options"]
    refused = post(ben, ME, name=name, credential=SoftPasskey().make(begun))
    assert (refused.status_code, refused.json()["field"]) == (400, "name")


def test_under_an_ip_address_browsers_know_none(cast: Cast):
    stranger = Stranger(host="127.0.0.1")
    refused = stranger.post(f"{SESSION}/passkey/options")
    assert (refused.status_code, refused.json()["code"]) == (409, "passkeys_unavailable")


def test_nothing_of_the_person_is_told_to_the_authenticator_but_name_and_address(cast: Cast):
    begun = post(cast.browser("ben"), f"{ME}/options", password=PASSWORD).json()["options"]
    assert begun["user"]["name"] == "ben@kefu.test" and begun["user"]["displayName"] == "Ben"
    assert len(base64url_to_bytes(begun["user"]["id"])) == 16 and begun["rp"] == {"id": "localhost", "name": "Kefu"}
