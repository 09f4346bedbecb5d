"""Who sets how long a region keeps what, with what, and when it begins (CM-8)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from contacts.models import PrivacyPolicy
from inbox.actions.retention import retain
from inbox.actions.retention_rules import set_retention
from inbox.models import Notification, RetentionRule
from security.account_errors import FactorNeeded
from security.actions.levels import set_level
from security.errors import Invalid, Missing, NotAllowed, NotFound
from tests.conftest import BY, Cast
from tests.inbox.test_retention import made_days_ago
from tests.worlds.channels import channel
from tests.worlds.factors import fresh_access, fresh_browser
from tests.worlds.threads import fresh, logged, messages, thread

WANTED: dict[str, Any] = {
    "message_days": 365, "file_days": 90, "webhook_days": None, "active": True, "reason": "Agreed with the regulator",
}  # fmt: skip


def rule_of(cast: Cast, **more: Any) -> RetentionRule:
    return set_retention(by=fresh_access(cast, "ana"), region_id=cast.asia.pk, **{**WANTED, **more})


def test_an_admin_sets_it_for_regions_of_their_own(cast: Cast):
    rule_of(cast)
    (line,) = logged("retention.set")
    assert line.details["message_days"] == [None, 365] and line.details["reason"] == WANTED["reason"]
    with pytest.raises(NotAllowed):
        set_retention(by=fresh_access(cast, "dee"), region_id=cast.asia.pk, **WANTED)
    with pytest.raises(NotFound):
        set_retention(by=fresh_access(cast, "ana"), region_id=9999, **WANTED)
    with pytest.raises(Invalid):
        rule_of(cast, file_days=400)


def test_it_needs_a_reason_and_a_fresh_code(cast: Cast):
    with pytest.raises(Missing) as refused:
        rule_of(cast, reason=" ")
    assert refused.value.field == "reason"
    fresh_access(cast, "ana")
    with pytest.raises(FactorNeeded):
        set_retention(by=cast.access("ana"), region_id=cast.asia.pk, **WANTED)
    assert not RetentionRule.objects.for_system("the test").exists()


def test_the_others_of_the_security_team_hear_of_it(cast: Cast):
    set_level(by=BY, user=cast.fay, level="admin")
    rule_of(cast)
    (row,) = Notification.objects.for_system("the test").filter(kind="retention.set")
    assert (row.to, row.data["region_id"], row.data["region"]) == (cast.fay, cast.asia.pk, cast.asia.name)


def test_what_is_switched_on_begins_a_day_later(cast: Cast):
    made_days_ago(messages(thread(channel(cast.asia)))[0], 400)
    rule_of(cast)
    assert retain() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=23), tick=False):
        assert retain() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert retain() > 0 and messages() == []


@pytest.mark.parametrize(
    ("more", "waits"),
    [({"message_days": 300}, True), ({"webhook_days": 3}, True), ({"message_days": 400}, False), ({}, False)],
)
def test_what_is_made_shorter_waits_again_and_what_is_made_longer_does_not(cast: Cast, more: Any, waits: bool):
    rule = rule_of(cast)
    RetentionRule.objects.for_system("the test").update(begins_at=None)
    rule_of(cast, **more)
    assert (fresh(rule).begins_at is not None) is waits


def test_the_policy_says_how_long_it_waits(cast: Cast):
    PrivacyPolicy.objects.create(pk=1, retention_wait_hours=100)
    PrivacyPolicy.forget()
    begins = rule_of(cast).begins_at
    assert begins is not None and timedelta(hours=99) < begins - timezone.now() < timedelta(hours=101)


def test_the_admin_adds_a_rule_and_changes_it(cast: Cast):
    ana = fresh_browser(cast, "ana")
    form = {"region": cast.asia.pk, "message_days": "60", "file_days": "", "webhook_days": "", "active": ""}
    refused = ana.post("/admin/inbox/retentionrule/add/", form)
    assert refused.status_code == 200 and not RetentionRule.objects.for_system("the test").exists(), "without a reason"
    form["reason"] = "Agreed"
    assert ana.post("/admin/inbox/retentionrule/add/", form).status_code == 302
    assert RetentionRule.objects.for_system("the test").get().message_days == 60
    form = {"message_days": "90", "file_days": "30", "webhook_days": "", "active": "on", "reason": "Agreed"}
    assert ana.post(f"/admin/inbox/retentionrule/{cast.asia.pk}/change/", form).status_code == 302
    rule = RetentionRule.objects.for_system("the test").get()
    assert (rule.message_days, rule.file_days, rule.active) == (90, 30, True) and rule.begins_at is not None


def test_the_admin_asks_for_a_code(cast: Cast):
    fresh_access(cast, "ana")
    page = cast.browser("ana").get("/admin/inbox/retentionrule/add/").content.decode()
    assert "kefu_code" in page
