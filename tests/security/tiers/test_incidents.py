"""Incident mode: the tier rises, rights are held back in every path, admins with a fresh code keep the way out."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from contacts.actions.merging import merge_contacts
from inbox.models import Notification
from security.account_errors import FactorNeeded
from security.actions.incidents import begin_incident, end_incident, settle_incidents
from security.actions.levels import set_level
from security.actions.policies import change_policy
from security.errors import Conflict, IncidentMode, Invalid, Missing, TierLocksOut
from security.levels import held_permissions
from security.models import BrowserSession, Incident, KeyPolicy, SecurityPolicy, StreamEvent, TierPolicy
from security.origin import Origin, coming_from
from security.policy import Policy
from security.tiers.standing import open_incident, standing
from tests.conftest import BY, Cast
from tests.contracts.test_refusals import refused
from tests.security.keys.makers import made, program
from tests.worlds.factors import fresh_access
from tests.worlds.threads import logged
from tests.worlds.tiers import HERE, Visitor, allow_here, put_in_force, visitor

EXPORT = "/api/v1/operations/export"
BULK_ASSIGNEES = "/api/v1/conversations/bulk/assignees"
BULK = {"client_ref": "one", "deed": "priority", "ids": [], "values": {"priority": "high"}}


def begin(by: Any, **more: Any) -> Incident:
    with coming_from(Origin(ip=HERE)):
        return begin_incident(by=by, reason="A laptop was stolen", **{"hours": 5, **more})


def test_it_raises_the_tier_and_is_logged_and_told(cast: Cast, ana: Visitor):
    set_level(by=BY, user=cast.fay, level="admin")
    row = begin(ana.access())
    holds = standing()
    assert holds.tier == "advanced" and holds.incident == row and holds.until == row.ends_at
    (line,) = logged("incident.begun")
    assert line.details["tier"] == ["basic", "advanced"] and line.details["hours"] == 5
    told = Notification.objects.for_system("the test looks").filter(kind="incident.begun")
    assert [one.to_id for one in told] == [cast.fay.pk]
    everybody = {f"person:{one.pk}" for one in (cast.ana, cast.ben, cast.cho, cast.dee, cast.eli, cast.fay)}
    assert everybody <= set(StreamEvent.objects.filter(kind="access.changed").values_list("stream", flat=True))


def test_a_higher_tier_that_is_in_force_stays(cast: Cast, ana: Visitor):
    allow_here()
    put_in_force("advanced")
    since = standing().since
    begin(ana.access())
    assert (standing().tier, standing().since) == ("advanced", since)


def test_the_policy_may_ask_for_the_highest(cast: Cast, ana: Visitor):
    TierPolicy.objects.update_or_create(pk=1, defaults={"incident_tier": "enterprise"})
    Policy.forget()
    with pytest.raises(TierLocksOut):
        begin(ana.access())
    assert open_incident() is None and standing().tier == "basic"


def test_where_addresses_are_restricted_its_author_must_be_among_them(cast: Cast, ana: Visitor):
    allow_here()
    with pytest.raises(TierLocksOut), coming_from(Origin(ip="203.0.113.9")):
        begin_incident(by=ana.access(), reason="Stolen", hours=5)


def test_it_ends_by_itself_whether_or_not_the_task_runs(cast: Cast, ana: Visitor):
    begin(ana.access())
    with time_machine.travel(timezone.now() + timedelta(hours=5, seconds=1)):
        assert open_incident() is None and standing().tier == "basic"
        assert settle_incidents() and not settle_incidents()
    row = Incident.objects.get()
    assert not row.open and row.ended_by is None and row.ended_why == "its time was over"
    assert len(logged("incident.ended")) == 1


def test_it_ends_by_hand_with_a_reason(cast: Cast, ana: Visitor):
    begin(ana.access())
    with pytest.raises(Missing):
        end_incident(by=ana.access(), reason=" ")
    with pytest.raises(FactorNeeded):
        end_incident(by=replace(ana.access(), factor_at=None), reason="Found it")
    end_incident(by=ana.access(), reason="Found it")
    assert open_incident() is None and Incident.objects.get().ended_why == "Found it"
    with pytest.raises(Conflict):
        end_incident(by=ana.access(), reason="Once more")


def test_there_is_one_at_a_time_and_the_next_begins_after_it(cast: Cast, ana: Visitor):
    begin(ana.access())
    with pytest.raises(Conflict):
        begin(ana.access())
    with time_machine.travel(timezone.now() + timedelta(hours=6)):
        begin(replace(ana.access(), factor_at=timezone.now()))
    assert Incident.objects.count() == 2 and Incident.objects.filter(open=True).count() == 1


@pytest.mark.parametrize("hours", [0, -1, 169])
def test_the_end_is_needed_and_bounded(cast: Cast, ana: Visitor, hours: int):
    with pytest.raises(Invalid):
        begin(ana.access(), hours=hours)


def test_it_ends_all_sessions_but_its_author_s(cast: Cast, ana: Visitor):
    ben = visitor(cast, "ben")
    elsewhere = Visitor("ana", app=ana.app)
    assert elsewhere.sign_in()["user"]
    row = begin(ana.access(), end_sessions=True)
    running = BrowserSession.objects.filter(ended_at=None).exclude(user=None)
    assert [one.pk for one in running] == [ana.row().pk] and row.ended_sessions == 2
    refused(ben.client.get("/api/v1/me"), 401, "session_by_admin")
    refused(elsewhere.client.get("/api/v1/me"), 401, "session_by_admin")
    assert ana.client.get("/api/v1/me").status_code == 200


class TestHeldBack:
    def test_the_set_holds_what_can_do_most_harm(self):
        assert held_permissions() == {
            "security.give_grant", "security.give_duty", "security.make_key", "security.export_operations",
            "contacts.merge_contact", "contacts.export_contact", "contacts.erase_contact",
            "contacts.import_contact", "contacts.arrange_exchange",
            "inbox.bulk_conversation", "inbox.delete_conversation",
        }  # fmt: skip

    def test_over_the_api_with_its_own_code(self, cast: Cast, ana: Visitor):
        ben, dee = visitor(cast, "ben"), visitor(cast, "dee")
        begin(ana.access())
        refused(ben.post("/api/v1/conversations/bulk", **BULK), 403, "incident_mode", "conversation.bulk")
        refused(dee.post(EXPORT), 403, "incident_mode", "operations.export")
        assert "conversation.bulk" not in ben.session()["user"]["permissions"]
        end_incident(by=ana.access(), reason="Found it")
        assert dee.post(EXPORT).status_code == 200

    def test_an_admin_is_asked_for_a_code_and_then_goes_on(self, cast: Cast, ana: Visitor):
        begin(ana.access())
        session = ana.client.session
        session["factor_at"] = (timezone.now() - timedelta(hours=1)).isoformat()
        session.save()
        refused(ana.post(EXPORT), 403, "second_factor_required", "operations.export")
        assert "operations.export" in ana.session()["user"]["permissions"], "their menus still offer it"
        from security.models import TotpFactor

        TotpFactor.objects.update(last_t=-1)
        assert ana.app is not None and ana.post("/api/v1/session/factor", code=ana.app.code()).status_code == 200
        assert ana.post(EXPORT).status_code == 200

    def test_by_a_key_whoever_made_it(self, cast: Cast, ana: Visitor):
        asked: Any = {"data": {"ids": [str(uuid4())]}, "content_type": "application/json"}
        for name in ("dee", "ana"):
            _row, secret = made(cast, name, permissions=["conversation.bulk"])
            key = program(secret)
            assert key.post(BULK_ASSIGNEES, **asked).status_code == 200
            begun = begin(ana.access())
            refused(key.post(BULK_ASSIGNEES, **asked), 403, "incident_mode", "conversation.bulk")
            assert begun.open
            end_incident(by=ana.access(), reason="Found it")

    def test_in_actions_too(self, cast: Cast, ana: Visitor):
        begin(ana.access())
        dee = fresh_access(cast, "dee")
        with pytest.raises(IncidentMode):
            merge_contacts(by=_held(dee, cast), kept_id=cast.ana.pk, merged_id=cast.ben.pk)  # type: ignore[arg-type]

    def test_levels_and_settings_need_an_admin_s_fresh_code(self, cast: Cast, ana: Visitor):
        begin(ana.access())
        stale = replace(ana.access(), factor_at=None)
        with pytest.raises(FactorNeeded):
            set_level(by=stale, user=cast.ben, level="senior")
        with pytest.raises(FactorNeeded):
            change_policy(by=stale, policy=KeyPolicy(key_days=300), changed=["key_days"])
        with pytest.raises(IncidentMode):
            set_level(by=fresh_access(cast, "dee"), user=cast.ben, level="senior")
        set_level(by=ana.access(), user=cast.ben, level="senior")
        policy = SecurityPolicy(history_days=6)
        change_policy(by=ana.access(), policy=policy, changed=["history_days"], reason="Tighter")
        assert SecurityPolicy.objects.get().history_days == 6

    def test_everybody_is_told_in_the_session(self, cast: Cast, ana: Visitor):
        ben = visitor(cast, "ben")
        row = begin(ana.access())
        told = ben.session()["tier"]
        assert told["incident_until"] is not None and told["name"] == "advanced"
        assert told["lacks"] == ["known_device"] and row.reason not in str(ben.session())

    def test_in_django_admin_a_code_is_asked_for_before_settings_that_need_none_else(self, cast: Cast, ana: Visitor):
        begin(ana.access())
        page = "/admin/security/keypolicy/1/change/"
        session = ana.client.session
        session["factor_at"] = (timezone.now() - timedelta(hours=1)).isoformat()
        session.save()
        assert "kefu_code" in ana.client.get(page).content.decode()
        form = {field.name: getattr(KeyPolicy(), field.name) for field in KeyPolicy._meta.fields}
        form = {name: value for name, value in form.items() if value is not None} | {"key_days": 200, "reason": "Loose"}
        ana.client.handler.enforce_csrf_checks = False
        assert ana.client.post(page, form).status_code == 200 and not KeyPolicy.objects.filter(key_days=200).exists()
        from security.models import TotpFactor

        TotpFactor.objects.update(last_t=-1)
        assert ana.app is not None
        assert ana.client.post(page, form | {"kefu_code": ana.app.code()}).status_code == 302
        assert KeyPolicy.objects.get().key_days == 200


def _held(access: Any, cast: Cast) -> Any:
    """As a request of theirs has it now."""
    return replace(cast.access("dee"), factor_at=access.factor_at)
