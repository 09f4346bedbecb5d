"""What a page calls grave it also refuses without a fresh code, where codes are asked for."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.utils import timezone

from security.actions.behaviour import lay_out_rules
from security.admin.base import KefuAdmin
from security.models import AllowedAddress, BehaviourRule, SecurityPolicy
from tests.conftest import BY, Cast
from tests.security.admin.test_protection import RULES, filled
from tests.worlds.factors import enrol, fresh_browser


@pytest.fixture
def asked_for(cast: Cast) -> Cast:
    SecurityPolicy(admin_needs_factor=True).save()
    SecurityPolicy.forget()
    return cast


def test_a_behaviour_rule_is_not_switched_off_without_a_fresh_code(asked_for: Cast):
    lay_out_rules(by=BY)
    row = BehaviourRule.objects.get(shipped="mass_viewing")
    app = enrol(asked_for, "ana")
    ana, form = fresh_browser(asked_for, "ana"), filled(is_on=None, threshold="9000")
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=True):
        for page in (f"/admin/{RULES}/{row.pk}/change/", f"/admin/{RULES}/add/"):
            answer = ana.post(page, form)
            assert answer.status_code == 200 and 'name="kefu_code"' in answer.content.decode()
        assert BehaviourRule.objects.get(pk=row.pk).is_on
        assert not BehaviourRule.objects.filter(name=form["name"]).exists()
        assert ana.post(f"/admin/{RULES}/{row.pk}/change/", {**form, "kefu_code": app.code()}).status_code == 302
    assert not BehaviourRule.objects.get(pk=row.pk).is_on


def test_an_address_is_not_allowed_without_one(asked_for: Cast):
    ana = fresh_browser(asked_for, "ana")
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=True):
        form = {"name": "Office", "network": "10.0.0.0/8", "group": "", "ends_at": "", "reason": "Ours"}
        assert ana.post("/admin/security/allowedaddress/add/", form).status_code == 200
    assert not AllowedAddress.objects.exists()


def test_every_page_saves_by_the_way_that_asks():
    pages: list[Any] = [page for page in admin.site._registry.values() if isinstance(page, KefuAdmin)]
    assert sum(page.grave for page in pages) >= 8
    assert [page for page in pages if type(page).save_model is not KefuAdmin.save_model] == []
