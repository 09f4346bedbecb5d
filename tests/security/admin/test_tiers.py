"""The page of the tier: what holds, who would be asked for what, switching and incidents; and devices that wait."""

from typing import Any

import pytest

from security.models import DeviceConfirmation, Incident, TierSwitch
from security.tiers.standing import standing
from tests.conftest import Cast
from tests.security.admin.forms import do, errors
from tests.worlds.tiers import SESSION, Visitor, allow_here, put_in_force, visitor

PAGE = "/admin/tier/"


@pytest.fixture
def ana(cast: Cast) -> Visitor:
    one = visitor(cast, "ana")
    one.client.handler.enforce_csrf_checks = False
    return one


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_it_says_what_holds_what_is_asked_and_who_lacks_it(cast: Cast, ana: Visitor):
    allow_here()
    assert "In force: Basic" in text(ana.client.get(PAGE))
    asked = text(ana.client.get(f"{PAGE}switch/advanced/"))
    assert "5 people do not meet it yet" in asked and "Ben: Set up a second factor" in asked
    assert "Ana:" not in asked and standing().tier == "basic", "looking switches nothing"


def test_it_is_for_admins_only(cast: Cast):
    for path in (PAGE, f"{PAGE}switch/advanced/", f"{PAGE}incident/", f"{PAGE}incident/end/"):
        assert cast.browser("dee").get(path).status_code == 302


def test_switching_there_and_being_refused_there(cast: Cast, ana: Visitor):
    form = {"reason": "Audit", "until": "", "seen": ""}
    refused = ana.client.post(f"{PAGE}switch/advanced/", form)
    assert refused.status_code == 400 and "First allow the address" in str(errors(refused))
    allow_here()
    assert ana.client.post(f"{PAGE}switch/advanced/", form).status_code == 302
    assert standing().tier == "advanced"
    again = ana.client.post(f"{PAGE}switch/basic/", form)
    assert again.status_code == 400 and "at the same time" in str(errors(again)), "somebody else had switched"
    seen = str(TierSwitch.objects.get(in_force=True).pk)
    assert ana.client.post(f"{PAGE}switch/basic/", form | {"seen": seen}).status_code == 302
    assert ana.client.get(f"{PAGE}switch/gold/").status_code == 404
    assert "Audit" in text(ana.client.get(PAGE))


def test_without_a_fresh_code_nothing_happens(cast: Cast):
    allow_here()
    browser = cast.browser("ana")
    answer = browser.post(f"{PAGE}switch/advanced/", {"reason": "Audit", "until": "", "seen": ""})
    assert answer.status_code == 400 and standing().tier == "basic"


def test_incident_mode_there_and_back(cast: Cast, ana: Visitor):
    asked = ana.client.get(f"{PAGE}incident/")
    assert 'value="24"' in text(asked)
    assert ana.client.post(f"{PAGE}incident/", {"hours": "3", "reason": "A laptop was stolen"}).status_code == 302
    row = Incident.objects.get()
    assert row.open and "Incident mode until" in text(ana.client.get(PAGE))
    assert errors(ana.client.post(f"{PAGE}incident/end/", {"reason": ""})) == {"reason": ["This field is required."]}
    assert ana.client.post(f"{PAGE}incident/end/", {"reason": "Found it"}).status_code == 302
    assert not Incident.objects.get().open and "Found it" in text(ana.client.get(PAGE))


def test_a_device_that_waits_is_confirmed_or_denied(cast: Cast, ana: Visitor):
    ben = visitor(cast, "ben")
    allow_here()
    put_in_force("advanced")
    assert ana.post("/api/v1/me/device/confirm").status_code == 204
    new = Visitor("ben", app=ben.app, agent="Mozilla/5.0 (Macintosh) AppleWebKit Safari/605.1")
    new.sign_in()
    new.post(f"{SESSION}/device")
    row = DeviceConfirmation.objects.get(user=cast.ben)
    assert "Ben" in text(ana.client.get("/admin/security/deviceconfirmation/"))
    assert do(ana.client, "security/deviceconfirmation", row.pk, "approve", reason="On the phone").status_code == 302
    assert new.post(f"{SESSION}/device").json()["user"]["name"] == "Ben"
    assert do(ana.client, "security/deviceconfirmation", row.pk, "deny", reason="Too late").status_code == 404
