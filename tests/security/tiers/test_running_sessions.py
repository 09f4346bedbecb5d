"""Whoever was signed in when the tier rose: a time to comply, then a refusal that leads to it; keys are let be."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from security.models import DeviceConfirmation, TierPolicy
from security.policy import Policy
from tests.conftest import Cast
from tests.contracts.test_refusals import refused
from tests.security.keys.makers import made, program
from tests.worlds.tiers import ME, SESSION, Visitor, allow_here, put_in_force, ready_for_all

WORK = "/api/v1/conversations"


@pytest.fixture
def ana(ana: Visitor) -> Visitor:
    """With a passkey, so that the tier can rise."""
    ana.add_passkey()
    return ana


def no_grace() -> None:
    TierPolicy.objects.update_or_create(pk=1, defaults={"grace_minutes": 0, "incident_grace_minutes": 0})
    Policy.forget()


def test_in_the_basic_tier_nothing_is_lacking(ben: Visitor):
    told = ben.session()["tier"]
    assert told == {
        "name": "basic", "until": None, "incident_until": None, "lacks": [], "comply_until": None, "must_comply": False,
    }  # fmt: skip


def test_a_banner_and_a_time_to_comply(cast: Cast, ben: Visitor, ana: Visitor):
    allow_here()
    put_in_force("advanced")
    told = ben.session()["tier"]
    assert (told["name"], told["lacks"], told["must_comply"]) == ("advanced", ["known_device"], False)
    assert told["comply_until"] is not None and ben.client.get(WORK).status_code == 200
    assert ben.post(f"{ME}/device/confirm").status_code == 204
    assert ben.session()["tier"]["lacks"] == []
    assert DeviceConfirmation.objects.get(user__name="Ben").how == "known"


def test_after_it_the_next_call_is_refused_and_the_way_to_comply_stays_open(cast: Cast, ben: Visitor, ana: Visitor):
    no_grace()
    allow_here()
    put_in_force("advanced")
    answer = ben.client.get(WORK)
    refused(answer, 403, "tier_unmet", "known_device")
    assert answer.json()["field"] == "known_device" and "device" in answer.json()["remedy"]
    assert ben.session()["tier"]["must_comply"] and ben.client.get(ME).status_code == 200
    assert ben.post(f"{ME}/device/confirm").status_code == 204
    assert ben.client.get(WORK).status_code == 200


def test_in_time_it_comes_by_itself(cast: Cast, ben: Visitor, ana: Visitor):
    allow_here()
    put_in_force("advanced")
    ben.post(f"{SESSION}/alive", idle_seconds=0)
    TierPolicy.objects.update_or_create(pk=1, defaults={"grace_minutes": 10})
    Policy.forget()
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        assert ben.client.get(WORK).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        refused(ben.client.get(WORK), 403, "tier_unmet", "known_device")


def test_confirming_needs_a_fresh_factor_and_a_browser_that_was_known(cast: Cast, ben: Visitor, ana: Visitor):
    allow_here()
    put_in_force("advanced")
    forced = cast.browser("fay")  # a session that came about without signing in knows no browser
    assert forced.post(f"{ME}/device/confirm").json()["code"] == "second_factor_missing"
    session = ben.client.session
    session["factor_at"] = (timezone.now() - timedelta(hours=1)).isoformat()
    session.save()
    refused(ben.post(f"{ME}/device/confirm"), 403, "second_factor_required")


def test_a_passkey_is_added_and_counts_as_shown(cast: Cast, ben: Visitor, ana: Visitor):
    ready_for_all(cast)
    put_in_force("enterprise")
    assert ben.session()["tier"]["lacks"] == ["known_device", "passkey", "passkey_shown"]
    assert ben.add_passkey().status_code == 200 and ben.post(f"{ME}/device/confirm").status_code == 204
    assert ben.session()["tier"]["lacks"] == []


def test_a_passkey_that_is_there_is_shown(cast: Cast, ben: Visitor, ana: Visitor):
    ready_for_all(cast)
    other = Visitor("ana", app=ana.app, passkey=ana.passkey)
    assert other.give_password()["step"]["name"] == "factor" and other.give_code()["user"]
    put_in_force("enterprise")
    assert "passkey_shown" in other.session()["tier"]["lacks"] and "passkey" not in other.session()["tier"]["lacks"]
    assert other.show_passkey(f"{SESSION}/factor/passkey").status_code == 200
    assert "passkey_shown" not in other.session()["tier"]["lacks"]


def test_a_key_follows_the_allowed_addresses_only(cast: Cast, ben: Visitor, ana: Visitor):
    _row, secret = made(cast, "dee")
    key = program(secret)
    no_grace()
    ready_for_all(cast)
    put_in_force("enterprise")
    assert key.get(WORK, REMOTE_ADDR="127.0.0.1").status_code == 200
    refused(key.get(WORK, REMOTE_ADDR="203.0.113.9"), 403, "address_refused")


def test_the_admin_leads_to_the_page_that_mends_it(cast: Cast, ana: Visitor):
    no_grace()
    ready_for_all(cast)
    late = Visitor("ana", app=ana.app, passkey=ana.passkey)
    late.sign_in(), late.give_code()
    put_in_force("enterprise")
    answer: Any = late.client.get("/admin/")
    assert (answer.status_code, answer["Location"]) == (302, "/settings/security")
    late.post(f"{ME}/device/confirm"), late.show_passkey(f"{SESSION}/factor/passkey")
    assert late.client.get("/admin/").status_code == 200
