"""What is told of the tier: letters in both languages, the self-check, the machine's command, live connections."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from security.actions.incidents import begin_incident, end_incident
from security.actions.tiers import switch_tier
from security.mail.rendering import mail_of
from security.models import BehaviourRule, TierPolicy, TierSwitch
from security.origin import Origin, coming_from
from security.policy import Policy
from security.selfcheck.base import checks
from security.tiers.standing import forget_standing, open_incident, standing
from tests.conftest import Cast
from tests.security.live.conftest import World, beat_every
from tests.security.live.conftest import world as world
from tests.worlds.factors import enrol
from tests.worlds.serving import Stream, session_of
from tests.worlds.tiers import HERE, Visitor, allow_here, put_in_force, ready_for_all, visitor


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_the_letters_hold_what_happened(cast: Cast, ana: Visitor, language: str):
    cast.fay.language = language
    allow_here()
    with coming_from(Origin(ip=HERE)):
        until = timezone.now() + timedelta(hours=2)
        switch = switch_tier(by=ana.access(), tier="advanced", reason="Audit", until=until)
        incident = begin_incident(by=ana.access(), reason="Stolen laptop", hours=5)
        end_incident(by=ana.access(), reason="Found it")
    with translation.override(language):
        told = {
            "tier.switched": mail_of("tier.switched", cast.fay, {"switch": str(switch.pk)}),
            "incident.begun": mail_of("incident.begun", cast.fay, {"incident": str(incident.pk)}),
            "incident.ended": mail_of("incident.ended", cast.fay, {"incident": str(incident.pk)}),
        }
    for kind, word in (("tier.switched", "Audit"), ("incident.begun", "Stolen laptop"), ("incident.ended", "Found it")):
        letter = told[kind]
        assert letter is not None and word in str(letter.body) and "/admin/tier/" in str(letter.body)
    assert len({str(letter.subject) for letter in told.values() if letter}) == 3


def found() -> tuple[str, str]:
    finding = checks()["tier"]().look()
    return finding.state, str(finding.evidence)


def test_the_self_check_says_which_tier_holds_and_what_is_not_so(cast: Cast):
    assert found() == ("ok", "The tier is basic, and everybody meets it.")
    TierSwitch.objects.create(tier="enterprise", reason="A test", at=timezone.now())
    forget_standing()
    assert found()[0] == "bad" and "allowed addresses" in found()[1]
    ready_for_all(cast)
    BehaviourRule.objects.filter(shipped="mass_viewing").update(is_on=False)
    assert found()[0] == "bad" and "behaviour rules" in found()[1]
    BehaviourRule.objects.update(is_on=True)
    assert found()[0] == "warn" and "6 people" in found()[1]


def test_the_machine_ends_an_incident_too(cast: Cast, ana: Visitor):
    with coming_from(Origin(ip=HERE)):
        begin_incident(by=ana.access(), reason="Stolen laptop", hours=5)
    call_command("set_tier", "basic", "--reason", "Locked out")
    assert open_incident() is not None, "only when it is asked for"
    call_command("set_tier", "basic", "--reason", "Locked out", "--end-incident")
    assert open_incident() is None and standing().tier == "basic"


def test_the_machine_switches_for_hours(cast: Cast):
    enrol(cast, "ana")
    allow_here()
    with pytest.raises(CommandError):
        call_command("set_tier", "advanced", "--reason", "Audit", "--hours", "0")
    call_command("set_tier", "advanced", "--reason", "Audit", "--hours", "3")
    until = standing().until
    assert until is not None and until > timezone.now() + timedelta(hours=2)


def test_a_live_connection_hears_of_it_and_closes_once_the_time_is_over(world: World):
    beat_every(1)
    TierPolicy.objects.update_or_create(pk=1, defaults={"grace_minutes": 0})
    Policy.forget()
    visitor(world.cast, "ana").add_passkey()
    allow_here()
    with Stream(world.kefu, session_of(world.cast.ben)) as tab:
        tab.hello({}).heads()
        put_in_force("advanced")
        assert tab.closed_with(seconds=10) == 4401
