"""Switching the tier: at once, for a period, back by itself; and never so that nobody could switch it back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from inbox.models import Notification
from security.account_errors import FactorMissing, FactorNeeded
from security.actions.allowlist import allow_address, disallow_address
from security.actions.behaviour import save_rule
from security.actions.levels import set_level
from security.actions.mails import send_due_mails
from security.actions.tiers import settle_tiers, switch_tier
from security.errors import Conflict, Invalid, Missing, NotAllowed, Refusal, TierLocksOut, TierNeedsIt
from security.models import AllowedAddress, BehaviourRule, DeviceConfirmation, TierSwitch
from security.origin import Origin, coming_from
from security.tiers.standing import allows_trusted_devices, forget_standing, standing
from tests.conftest import BY, Cast
from tests.worlds.factors import fresh_access
from tests.worlds.threads import logged
from tests.worlds.tiers import HERE, Visitor, allow_here, ready_for_all, visitor


def switch(by: Any, tier: str, **more: Any) -> TierSwitch:
    with coming_from(Origin(ip=HERE)):
        return switch_tier(by=by, tier=tier, reason="Audit", **more)


def test_without_a_switch_it_is_basic_and_trusted_devices_may_be(cast: Cast):
    assert standing().tier == "basic" and standing().since is None and allows_trusted_devices()


def test_for_good_logged_and_told_to_every_other_admin(cast: Cast, ana: Visitor):
    allow_here()
    set_level(by=BY, user=cast.fay, level="admin")
    row = switch(ana.access(), "advanced")
    assert standing().tier == "advanced" and standing().until is None and not allows_trusted_devices()
    (line,) = logged("tier.switched")
    assert line.details["tier"] == ["basic", "advanced"] and line.details["reason"] == "Audit"
    assert line.subject_id == str(row.pk)
    told = Notification.objects.for_system("the test looks").filter(kind="tier.switched")
    assert [one.to_id for one in told] == [cast.fay.pk]
    send_due_mails()
    assert {"ana@kefu.test", "fay@kefu.test"} <= {address for letter in mail.outbox for address in letter.to}


def test_for_a_period_it_ends_whether_or_not_the_task_runs(cast: Cast, ana: Visitor):
    allow_here()
    switch(ana.access(), "advanced", until=timezone.now() + timedelta(hours=2))
    assert standing().tier == "advanced"
    with time_machine.travel(timezone.now() + timedelta(hours=2, seconds=1)):
        assert standing().tier == "basic"
        assert settle_tiers() and not settle_tiers()
        assert standing().tier == "basic"
    last = TierSwitch.objects.get(in_force=True)
    assert (last.tier, last.how, last.until) == ("basic", "over", None)
    assert [line.details["tier"] for line in logged("tier.switched")] == [["basic", "advanced"], ["advanced", "basic"]]


def test_a_period_within_a_period_goes_back_to_what_lasts(cast: Cast, ana: Visitor):
    ready_for_all(cast)
    assert ana.add_passkey().status_code == 200
    switch(ana.access(), "advanced")
    switch(ana.access(), "enterprise", until=timezone.now() + timedelta(hours=1))
    switch(ana.access(), "enterprise", until=timezone.now() + timedelta(hours=3))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert standing().tier == "enterprise"
    with time_machine.travel(timezone.now() + timedelta(hours=4)):
        assert standing().tier == "advanced"


def test_down_again_at_once(cast: Cast, ana: Visitor):
    allow_here()
    switch(ana.access(), "advanced")
    switch(ana.access(), "basic")
    assert standing().tier == "basic" and TierSwitch.objects.filter(in_force=True).count() == 1


@pytest.mark.parametrize(
    ("prepare", "refusal"),
    [
        (lambda access: replace(access, factor_at=None), FactorNeeded),
        (lambda access: replace(access, level="supervisor"), NotAllowed),
        (lambda access: replace(access, key_name="Shop"), NotAllowed),
    ],
)
def test_only_an_admin_with_a_fresh_factor(
    cast: Cast, ana: Visitor, prepare: Callable[[Any], Any], refusal: type[Refusal]
):
    allow_here()
    with pytest.raises(refusal):
        switch(prepare(ana.access()), "advanced")
    assert standing().tier == "basic"


def test_an_admin_without_any_factor_is_told_to_set_one_up(cast: Cast):
    with pytest.raises(FactorMissing):
        switch(cast.access("ana"), "advanced")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"reason": " "}, Missing),
        ({"tier": "gold"}, Invalid),
        ({"tier": "basic"}, Invalid),
        ({"until": timezone.now() - timedelta(days=1)}, Invalid),
    ],
)
def test_what_is_odd_is_refused(cast: Cast, ana: Visitor, given: dict[str, Any], refusal: type[Refusal]):
    allow_here()
    asked = {"by": ana.access(), "tier": "advanced", "reason": "Audit", **given}
    with pytest.raises(refusal), coming_from(Origin(ip=HERE)):
        switch_tier(**asked)


class TestNobodyIsShutOut:
    def test_without_allowed_addresses(self, cast: Cast, ana: Visitor):
        with pytest.raises(TierLocksOut) as refused:
            switch(ana.access(), "advanced")
        assert "everybody" in str(refused.value.remedy)

    def test_from_another_address_than_the_allowed_ones(self, cast: Cast, ana: Visitor):
        allow_address(by=BY, name="Office", network="203.0.113.0/24", group="everybody")
        with pytest.raises(TierLocksOut):
            switch(ana.access(), "advanced")

    def test_addresses_that_end_are_none_to_stand_on(self, cast: Cast, ana: Visitor):
        allow_here()
        AllowedAddress.objects.update(ends_at=timezone.now() + timedelta(days=1))
        with pytest.raises(TierLocksOut):
            switch(ana.access(), "advanced")

    def test_in_a_browser_that_nobody_knows(self, cast: Cast):
        allow_here()
        with pytest.raises(TierLocksOut) as refused:
            switch(fresh_access(cast, "ana"), "advanced")
        assert "device" in str(refused.value.remedy)

    def test_without_a_passkey(self, cast: Cast, ana: Visitor):
        ready_for_all(cast)
        with pytest.raises(TierLocksOut) as refused:
            switch(ana.access(), "enterprise")
        assert "passkey" in str(refused.value.remedy)
        assert ana.add_passkey().status_code == 200
        switch(ana.access(), "enterprise")
        assert standing().tier == "enterprise"

    def test_with_the_rules_off(self, cast: Cast, ana: Visitor):
        ready_for_all(cast)
        BehaviourRule.objects.filter(shipped="mass_viewing").update(is_on=False)
        ana.add_passkey()
        with pytest.raises(TierLocksOut) as refused:
            switch(ana.access(), "enterprise")
        assert "Behaviour" in str(refused.value.remedy)

    def test_a_refusal_confirms_no_device(self, cast: Cast, ana: Visitor):
        with pytest.raises(TierLocksOut):
            switch(ana.access(), "advanced")
        assert not DeviceConfirmation.objects.exists() and not logged("device.confirmed")

    def test_what_the_tier_stands_on_stays(self, cast: Cast, ana: Visitor):
        ready_for_all(cast)
        ana.add_passkey()
        switch(ana.access(), "enterprise")
        with pytest.raises(TierNeedsIt), coming_from(Origin(ip=HERE)):
            disallow_address(by=ana.access(), row_id=AllowedAddress.objects.get().pk, reason="Tidying")
        rule = BehaviourRule.objects.get(shipped="mass_viewing")
        rule.is_on = False
        with pytest.raises(TierNeedsIt):
            save_rule(by=ana.access(), rule=rule, reason="Too loud")

    def test_the_last_passkey_stays_while_it_is_asked_for(self, cast: Cast, ana: Visitor):
        ready_for_all(cast)
        ana.add_passkey()
        switch(ana.access(), "enterprise")
        (only,) = ana.client.get("/api/v1/me/passkeys").json()
        token = ana.client.get("/api/v1/session").cookies["csrftoken"].value
        refused = ana.client.delete(f"/api/v1/me/passkeys/{only['id']}", headers={"x-csrftoken": token})
        assert (refused.status_code, refused.json()["code"]) == (409, "last_passkey")


class TestOnTheMachine:
    def test_down(self, cast: Cast, ana: Visitor):
        allow_here()
        switch(ana.access(), "advanced")
        call_command("set_tier", "basic", "--reason", "Locked out")
        assert standing().tier == "basic" and TierSwitch.objects.get(in_force=True).how == "machine"

    def test_again_is_no_error(self, cast: Cast):
        call_command("set_tier", "basic", "--reason", "Once more")
        assert not TierSwitch.objects.exists()

    def test_not_up_where_no_admin_could_come_in(self, cast: Cast):
        allow_here()
        with pytest.raises(CommandError):
            call_command("set_tier", "advanced", "--reason", "Audit")
        assert standing().tier == "basic"


def test_of_two_who_switch_the_later_is_told_so(cast: Cast, ana: Visitor):
    allow_here()
    first = switch(ana.access(), "advanced", seen="")
    with pytest.raises(Conflict):
        switch(ana.access(), "basic", seen="")
    switch(ana.access(), "basic", seen=str(first.pk))
    assert standing().tier == "basic"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_does(cast: Cast):
    ana = visitor(cast, "ana")
    allow_here()
    access = ana.access()

    def try_it(tier: str) -> str:
        try:
            switch(access, tier, seen="")
        except Conflict:
            return "conflict"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as both:
        outcomes = sorted(both.map(try_it, ["advanced", "advanced"]))
    forget_standing()
    assert outcomes == ["conflict", "done"]
    assert TierSwitch.objects.filter(in_force=True).count() == 1 == len(logged("tier.switched"))
