"""Browsers that are trusted: no second factor at sign-in there, for some days, until something speaks against it."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from security.actions.factors import reset_factor
from security.actions.locks import lock_account, unlock_account
from security.actions.password_resets import reset_link_parts, reset_password
from security.actions.passwords import set_password
from security.actions.session_ends import end_sessions
from security.actions.trust import trust_browser
from security.models import KnownDevice, SignInPolicy, TotpFactor, User
from security.policy import Policy
from tests.conftest import BY, PASSWORD, Cast
from tests.security.signing_in.test_passkeys import add
from tests.worlds.browsers import CHROME, FIREFOX, TAIPEI, TOKYO, browser, let_days_pass, row_of, sign_in
from tests.worlds.factors import Authenticator, enrol, fresh_browser
from tests.worlds.passkeys import SoftPasskey
from tests.worlds.threads import logged

SESSION, DEVICES = "/api/v1/session", "/api/v1/me/devices"
NEW = "Orchid-tumble-42!"


@pytest.fixture(autouse=True)
def _app(cast: Cast) -> None:
    enrol(cast, "ben")


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(path, body, content_type="application/json")


def code_of_ben() -> str:
    """Of now, used or not."""
    row = TotpFactor.objects.get(user__email="ben@kefu.test", confirmed=True)
    TotpFactor.objects.filter(pk=row.pk).update(last_t=-1)
    return Authenticator(base64.b32encode(bytes.fromhex(row.secret)).decode()).code()


def with_code(client: Client, *, trust: bool) -> Client:
    assert step(client) == "factor"
    came = post(client, f"{SESSION}/code", code=code_of_ben(), trust=trust)
    assert came.json()["user"]["name"] == "Ben", came.content
    return client


def step(client: Client, password: str = PASSWORD) -> str | None:
    """Signs in with the password; what is asked for besides."""
    answer = sign_in(client, "ben", password)
    assert answer.status_code == 200, answer.content
    return answer.json()["step"] and answer.json()["step"]["name"]


def trusted(ip: str = TAIPEI) -> Client:
    return with_code(browser(ip), trust=True)


def back(client: Client, ip: str = TAIPEI, agent: str = CHROME) -> Client:
    """The same browser, where nobody is signed in."""
    fresh = browser(ip, agent)
    fresh.cookies["kefu_device"] = client.cookies["kefu_device"].value
    return fresh


def whys() -> list[str]:
    return [line.details["why"] for line in logged("device.trust_ended")]


def test_a_browser_that_was_ticked_is_asked_for_no_factor_for_thirty_days(cast: Cast):
    first = browser()
    asked = sign_in(first, "ben").json()["step"]
    assert asked["trust_days"] == 30
    post(first, f"{SESSION}/code", code=code_of_ben(), trust=True)
    device = KnownDevice.objects.get()
    assert device.trusted_until is not None
    assert timedelta(days=29, hours=23) < device.trusted_until - timezone.now() <= timedelta(days=30)
    again = back(first)
    assert step(again) is None and again.get("/api/v1/me").status_code == 200
    assert row_of(again).how == "trusted"
    assert [line.details["shown"] for line in logged("session.started")][-1] == ["password", "trusted"]
    assert [line.about_id for line in logged("device.trusted")] == [cast.ben.pk]


def test_what_is_dangerous_asks_for_a_code_all_the_same(cast: Cast):
    again = back(trusted())
    assert step(again) is None
    assert again.get("/api/v1/me/factor").json()["fresh_until"] is None
    refused = again.delete("/api/v1/me/factor")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_required")


def test_without_the_tick_nothing_is_trusted(cast: Cast):
    assert step(back(with_code(browser(), trust=False))) == "factor"
    assert not logged("device.trusted")


def test_only_for_its_person_its_cookie_and_its_kind_of_browser(cast: Cast):
    first = trusted()
    enrol(cast, "fay")
    assert sign_in(back(first), "fay").json()["step"]["name"] == "factor"
    assert step(browser()) == "factor", "another browser"
    assert step(back(first, agent=FIREFOX)) == "factor", "a copied cookie"
    forged = back(first)
    forged.cookies["kefu_device"] = first.cookies["kefu_device"].value[:-2] + "xx"
    assert step(forged) == "factor"
    assert step(back(first)) is None


def test_the_password_is_asked_for_as_ever(cast: Cast):
    wrong = back(trusted())
    assert sign_in(wrong, "ben", "guessed").status_code == 401 and wrong.get("/api/v1/me").status_code == 401


def test_it_ends_by_itself(cast: Cast):
    first = trusted()
    KnownDevice.objects.update(trusted_until=timezone.now() - timedelta(seconds=1))
    assert step(back(first)) == "factor"


def test_a_passkey_after_the_password_can_be_ticked_too(cast: Cast):
    key = SoftPasskey()
    add(fresh_browser(cast, "ben"), key)
    client = browser()
    assert step(client) == "factor"
    options = post(client, f"{SESSION}/passkey/options").json()["options"]
    assert post(client, f"{SESSION}/passkey", credential=key.show(options), trust=True).json()["user"]
    assert step(back(client)) is None


def test_a_passkey_alone_trusts_nothing(cast: Cast):
    key = SoftPasskey()
    add(fresh_browser(cast, "ben"), key)
    client = browser()
    options = post(client, f"{SESSION}/passkey/options").json()["options"]
    assert post(client, f"{SESSION}/passkey", credential=key.show(options), trust=True).json()["user"]
    assert step(back(client)) == "factor"


def test_the_tick_of_one_person_is_not_the_next_ones(cast: Cast):
    """Ben ticked and went no further; whoever gives a code after him in the same browser did not tick."""
    app = enrol(cast, "fay")
    client = browser()
    step(client)
    User.objects.filter(pk=cast.ben.pk).update(password_set_at=timezone.now() - timedelta(days=91))
    assert post(client, f"{SESSION}/code", code=code_of_ben(), trust=True).json()["step"]["name"] == "password"
    sign_in(client, "fay")
    assert post(client, f"{SESSION}/code", code=app.code()).json()["user"]["name"] == "Fay"
    assert not KnownDevice.objects.exclude(trusted_until=None).exists()


def test_the_tick_holds_until_an_expired_password_was_replaced(cast: Cast):
    User.objects.filter(pk=cast.ben.pk).update(password_set_at=timezone.now() - timedelta(days=91))
    client = browser()
    step(client)
    post(client, f"{SESSION}/code", code=code_of_ben(), trust=True)
    assert post(client, f"{SESSION}/password", password=NEW).json()["user"]["name"] == "Ben"
    assert step(back(client), NEW) is None


def _change_password(cast: Cast, client: Client) -> None:
    answer = post(client, "/api/v1/me/password", current=PASSWORD, password=NEW)
    assert answer.status_code in (200, 204), answer.content


def _reset_password(cast: Cast, client: Client) -> None:
    who, token = reset_link_parts(User.objects.get(pk=cast.ben.pk))
    reset_password(who=who, token=token, password=NEW)


def _set_password(cast: Cast, client: Client) -> None:
    set_password(by=BY, user=User.objects.get(pk=cast.ben.pk), password=NEW)


def _lock(cast: Cast, client: Client) -> None:
    lock_account(by=BY, user=cast.ben, reason="A test")
    unlock_account(by=BY, user=cast.ben, reason="A test")


def _end_sessions(cast: Cast, client: Client) -> None:
    end_sessions(by=BY, user=cast.ben, reason="A test")


def _add_passkey(cast: Cast, client: Client) -> None:
    assert add(client).status_code == 200


def _remove_passkey(cast: Cast, client: Client) -> None:
    _add_passkey(cast, client)
    KnownDevice.objects.update(trusted_until=timezone.now() + timedelta(days=1))
    (row,) = client.get("/api/v1/me/passkeys").json()
    assert client.delete(f"/api/v1/me/passkeys/{row['id']}").status_code == 204


@pytest.mark.parametrize(
    ("deed", "why", "password"),
    [
        (_change_password, "password", NEW),
        (_reset_password, "password", NEW),
        (_set_password, "password", NEW),
        (_lock, "locked", PASSWORD),
        (_end_sessions, "by_admin", PASSWORD),
        (_add_passkey, "factor", PASSWORD),
        (_remove_passkey, "factor", PASSWORD),
    ],
)
def test_what_ends_it(cast: Cast, deed: Callable[[Cast, Client], None], why: str, password: str):
    first = trusted()
    deed(cast, first)
    assert step(back(first), password) == "factor" and whys()[-1] == why


def test_a_reset_factor_ends_it(cast: Cast):
    """Also once another one is set up."""
    first = trusted()
    reset_factor(by=BY, user=cast.ben, reason="A test")
    enrol(cast, "ben")
    assert step(back(first)) == "factor" and whys() == ["factor"]


def test_in_a_country_never_used_the_factor_is_asked_for_and_at_home_it_is_not(cast: Cast):
    first = trusted()
    let_days_pass(cast.ben, hours=48)
    abroad = back(first, TOKYO)
    assert step(abroad) == "factor"
    assert step(back(first)) is None, "it was not ended"
    let_days_pass(cast.ben, hours=48)
    post(abroad, SESSION, email="ben@kefu.test", password=PASSWORD)
    assert post(abroad, f"{SESSION}/code", code=code_of_ben()).json()["user"], "now the country is known"
    let_days_pass(cast.ben, hours=48)
    assert step(back(first, TOKYO)) is None


def test_a_journey_nobody_makes_ends_it_before_and_without_a_code(cast: Cast):
    first = trusted()
    assert step(back(first, TOKYO)) == "factor" and whys() == ["journey"]
    let_days_pass(cast.ben, hours=48)
    assert step(back(first)) == "factor", "at home too"


def test_a_journey_in_another_browser_ends_it_and_cannot_be_ticked(cast: Cast):
    first = trusted()
    there = browser(TOKYO, FIREFOX)
    with_code(there, trust=True)
    assert whys() == ["journey"] and not KnownDevice.objects.exclude(trusted_until=None).exists()
    let_days_pass(cast.ben, hours=48)
    assert step(back(first)) == "factor"


def test_the_policy_can_switch_it_off_for_trust_that_was_given_too(cast: Cast):
    first = trusted()
    SignInPolicy.objects.update_or_create(pk=1, defaults={"trust_days": 0})
    Policy.forget()
    asked = sign_in(back(first), "ben").json()["step"]
    assert (asked["name"], asked["trust_days"]) == ("factor", 0)
    assert first.get(DEVICES).json()["results"][0]["trusted_until"] is None
    other = with_code(browser(), trust=True)
    SignInPolicy.objects.all().delete()
    Policy.forget()
    assert step(back(other)) == "factor", "what was ticked while it was off counts for nothing"


def test_one_sees_it_among_ones_devices_and_takes_it_back(cast: Cast):
    first = trusted()
    (row,) = first.get(DEVICES).json()["results"]
    assert row["trusted_until"] and row["is_this"]
    assert first.delete(f"{DEVICES}/{row['id']}/trust").status_code == 204
    assert first.get(DEVICES).json()["results"][0]["trusted_until"] is None
    assert first.get("/api/v1/me").status_code == 200, "its sessions go on"
    assert step(back(first)) == "factor" and whys() == ["owner"]
    assert first.delete(f"{DEVICES}/{row['id']}/trust").status_code == 204 and whys() == ["owner"]


def test_nobody_takes_back_somebody_elses(cast: Cast):
    first = trusted()
    device = KnownDevice.objects.get()
    assert cast.browser("fay").delete(f"{DEVICES}/{device.pk}/trust").status_code == 404
    assert step(back(first)) is None


def test_a_forgotten_device_is_not_trusted(cast: Cast):
    first = trusted()
    (row,) = first.get(DEVICES).json()["results"]
    first.delete(f"{DEVICES}/{row['id']}")
    assert step(back(first)) == "factor"


def test_what_changed_at_the_same_moment_is_not_outrun(cast: Cast):
    first = with_code(browser(), trust=False)
    stale = User.objects.get(pk=cast.ben.pk)
    set_password(by=BY, user=User.objects.get(pk=cast.ben.pk), password=NEW)
    row = row_of(first)
    trust_browser(stale, row)
    assert not KnownDevice.objects.exclude(trusted_until=None).exists()
