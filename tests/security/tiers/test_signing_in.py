"""Signing in under a tier: a passkey is made on the way, a new device is confirmed, known ones need no more."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from inbox.models import Notification
from security.account_errors import FactorNeeded
from security.actions.device_confirmations import approve_device, deny_device, forget_confirmations
from security.actions.mails import send_due_mails
from security.actions.people import add_person
from security.models import DeviceConfirmation, KnownDevice, Passkey
from tests.conftest import BY, PASSWORD, Cast
from tests.contracts.test_refusals import refused
from tests.worlds.tiers import SESSION, Visitor, allow_here, put_in_force, ready_for_all

SAFARI = "Mozilla/5.0 (Macintosh) AppleWebKit Safari/605.1"


@pytest.fixture
def ana(ana: Visitor) -> Visitor:
    """With a passkey, so that the tier can rise."""
    ana.add_passkey()
    return ana


@pytest.fixture
def advanced(cast: Cast, ben: Visitor, ana: Visitor) -> None:
    allow_here()
    put_in_force("advanced")


@pytest.fixture
def enterprise(cast: Cast, ben: Visitor, ana: Visitor) -> None:
    ready_for_all(cast)
    put_in_force("enterprise")


def elsewhere(one: Visitor, agent: str = SAFARI) -> Visitor:
    """The same person in another browser."""
    return Visitor(one.name, app=one.app, passkey=one.passkey, agent=agent)


def link_for(one: Visitor) -> str:
    send_due_mails()
    letters = [letter for letter in mail.outbox if letter.to == [f"{one.name}@kefu.test"]]
    found = [re.search(r"/confirm-device/(\S+)", str(letter.body)) for letter in letters]
    links = [match.group(1) for match in found if match]
    return links[-1] if links else ""


class TestDevices:
    def test_a_known_one_needs_no_more_than_the_factor(self, ben: Visitor, advanced: None):
        ben.post(SESSION)
        again = Visitor("ben", app=ben.app)
        again.client.cookies["kefu_device"] = ben.client.cookies["kefu_device"].value
        assert again.sign_in()["user"]["name"] == "Ben"
        assert DeviceConfirmation.objects.get(user__name="Ben").how == "known"

    def test_a_stolen_cookie_in_another_browser_is_no_device(self, ben: Visitor, advanced: None):
        thief = elsewhere(ben)
        thief.client.cookies["kefu_device"] = ben.client.cookies["kefu_device"].value
        assert thief.sign_in()["step"]["name"] == "device"

    def test_a_new_one_is_confirmed_by_the_link_in_the_same_browser(self, ben: Visitor, advanced: None):
        new = elsewhere(ben)
        assert new.sign_in()["step"] == {"name": "device", "methods": ["mail", "admin"], "trust_days": 0}
        assert new.post(f"{SESSION}/device").json()["step"]["name"] == "device"
        token = link_for(new)
        assert token and new.client.get("/api/v1/me").status_code == 401
        came = new.post(f"{SESSION}/device/confirm", token=token).json()
        assert came["user"]["name"] == "Ben" and new.client.get("/api/v1/me").status_code == 200
        assert KnownDevice.objects.filter(user__name="Ben").count() == 2
        refused(new.post(f"{SESSION}/device/confirm", token=token), 410, "link_over")

    def test_the_link_does_nothing_in_the_browser_of_whoever_was_talked_into_it(self, ben: Visitor, advanced: None):
        attacker = elsewhere(ben)
        attacker.sign_in()
        attacker.post(f"{SESSION}/device")
        token = link_for(attacker)
        refused(ben.post(f"{SESSION}/device/confirm", token=token), 409, "device_elsewhere")
        assert attacker.post(f"{SESSION}/device").json()["user"] is None

    def test_before_the_factor_was_shown_no_link_is_mailed(self, ben: Visitor, advanced: None):
        new = elsewhere(ben)
        new.give_password()
        refused(new.post(f"{SESSION}/device"), 409, "step_missing")
        refused(Visitor("ben").post(f"{SESSION}/device"), 401, "sign_in_over")
        assert link_for(new) == ""

    def test_a_link_is_not_mailed_again_and_again(self, ben: Visitor, advanced: None):
        new = elsewhere(ben)
        new.sign_in()
        for _again in range(3):
            new.post(f"{SESSION}/device")
        send_due_mails()
        assert sum("/confirm-device/" in str(letter.body) for letter in mail.outbox) == 1

    @pytest.mark.parametrize("spoil", ["altered", "too old", "made up"])
    def test_a_link_that_is_not_right(self, ben: Visitor, advanced: None, spoil: str):
        new = elsewhere(ben)
        new.sign_in()
        new.post(f"{SESSION}/device")
        token = link_for(new)
        token = {"altered": token[:-2] + "zz", "too old": token, "made up": "a:b:c"}[spoil]
        later = timezone.now() + timedelta(minutes=31 if spoil == "too old" else 0)
        with time_machine.travel(later):
            refused(new.post(f"{SESSION}/device/confirm", token=token), 410, "link_over")
        assert not DeviceConfirmation.objects.exclude(confirmed_at=None).filter(user__name="Ben").exists()

    def test_who_took_too_long_is_known_when_they_sign_in_again(self, ben: Visitor, advanced: None):
        new = elsewhere(ben)
        new.sign_in()
        new.post(f"{SESSION}/device")
        token = link_for(new)
        with time_machine.travel(timezone.now() + timedelta(minutes=15)):
            assert new.post(f"{SESSION}/device/confirm", token=token).json()["user"] is None
            assert new.sign_in()["user"]["name"] == "Ben"

    def test_where_no_mail_is_set_up_an_admin_confirms_it(
        self, cast: Cast, ben: Visitor, ana: Visitor, advanced: None, settings: Any
    ):
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        new = elsewhere(ben)
        assert new.sign_in()["step"]["methods"] == ["admin"]
        new.post(f"{SESSION}/device")
        told = Notification.objects.for_system("the test looks").filter(kind="device.waits")
        assert [one.to_id for one in told] == [cast.ana.pk]
        waits = DeviceConfirmation.objects.get(confirmed_at=None)
        with pytest.raises(FactorNeeded):
            approve_device(by=_stale(ana), row_id=waits.pk, reason="On the phone")
        approve_device(by=ana.access(), row_id=waits.pk, reason="On the phone")
        assert new.post(f"{SESSION}/device").json()["user"]["name"] == "Ben"

    def test_what_an_admin_denied_stays_unknown(self, ben: Visitor, ana: Visitor, advanced: None):
        new = elsewhere(ben)
        new.sign_in()
        new.post(f"{SESSION}/device")
        token = link_for(new)
        deny_device(by=ana.access(), row_id=DeviceConfirmation.objects.get(confirmed_at=None).pk, reason="Not him")
        refused(new.post(f"{SESSION}/device/confirm", token=token), 410, "link_over")
        assert new.sign_in()["step"]["name"] == "device"

    def test_a_forgotten_device_is_asked_for_again(self, ben: Visitor, advanced: None):
        again = Visitor("ben", app=ben.app)
        again.client.cookies["kefu_device"] = ben.client.cookies["kefu_device"].value
        again.sign_in()
        device = KnownDevice.objects.get(user__name="Ben")
        token = again.client.get(SESSION).cookies["csrftoken"].value
        assert again.client.delete(f"/api/v1/me/devices/{device.pk}", headers={"x-csrftoken": token}).status_code == 204
        assert not DeviceConfirmation.objects.filter(user__name="Ben").exists()
        assert again.sign_in()["step"]["name"] == "device"

    def test_what_nobody_confirmed_goes_after_a_week(self, ben: Visitor, advanced: None):
        new = elsewhere(ben)
        new.sign_in()
        new.post(f"{SESSION}/device")
        forget_confirmations()
        assert DeviceConfirmation.objects.filter(user__name="Ben").count() == 1
        with time_machine.travel(timezone.now() + timedelta(days=8)):
            forget_confirmations()
        assert not DeviceConfirmation.objects.filter(user__name="Ben").exists()


def _stale(one: Visitor) -> Any:
    from dataclasses import replace

    return replace(one.access(), factor_at=None)


def test_the_first_device_of_an_account_is_confirmed_by_setting_up_the_factor(cast: Cast, advanced: None):
    add_person(by=BY, email="new@kefu.test", name="New", password=PASSWORD, level="agent", regions=[cast.asia])
    new = Visitor("new")
    assert new.give_password()["step"]["name"] == "enrolment"
    came = new.make_passkey()
    assert came["user"]["name"] == "New" and len(came["recovery_codes"]) == 10
    assert DeviceConfirmation.objects.get(user__name="New").how == "first"


def test_above_basic_everybody_has_a_factor_whatever_the_policy_says(cast: Cast, advanced: None):
    assert Visitor("eli").give_password()["step"]["name"] == "enrolment"


class TestPasskeys:
    def test_an_app_leads_to_making_one_on_the_way_in(self, ben: Visitor, enterprise: None):
        ben.client.cookies.pop("kefu_session")
        assert ben.give_password()["step"]["name"] == "factor"
        assert ben.give_code()["step"]["name"] == "passkey"
        assert ben.client.get(SESSION).json()["step"]["name"] == "passkey"
        assert ben.client.get("/api/v1/me").status_code == 401
        came = ben.make_passkey()
        assert came["user"]["name"] == "Ben" and came["recovery_codes"] == []
        assert ben.client.get("/api/v1/me").status_code == 200 and ben.row().how == "passkey"

    def test_whoever_has_nothing_makes_one_at_once(self, cast: Cast, enterprise: None):
        assert Visitor("eli").give_password()["step"]["name"] == "passkey"

    def test_once_there_is_one_nothing_else_will_do(self, ben: Visitor, enterprise: None):
        ben.client.cookies.pop("kefu_session")
        ben.give_password(), ben.give_code(), ben.make_passkey()
        ben.client.cookies.pop("kefu_session")
        assert ben.give_password()["step"] == {"name": "factor", "methods": ["passkey"], "trust_days": 0}
        assert ben.give_code()["step"] == {"name": "factor", "methods": ["passkey"], "trust_days": 0}
        assert ben.show_passkey().json()["user"]["name"] == "Ben"

    def test_it_lets_in_without_a_password_in_a_known_browser(self, ben: Visitor, enterprise: None):
        ben.client.cookies.pop("kefu_session")
        ben.give_password(), ben.give_code(), ben.make_passkey()
        ben.client.cookies.pop("kefu_session")
        assert ben.show_passkey().json()["user"]["name"] == "Ben"

    def test_in_an_unknown_browser_the_passkey_is_not_enough(self, ana: Visitor, enterprise: None):
        assert elsewhere(ana).show_passkey().json()["step"]["name"] == "device"

    def test_nobody_makes_one_before_the_factor_they_have(self, ben: Visitor, enterprise: None):
        ben.client.cookies.pop("kefu_session")
        ben.give_password()
        refused(ben.post(f"{SESSION}/enrolment/passkey/options"), 409, "step_missing")
        assert not Passkey.objects.filter(user__name="Ben").exists()
