"""A rule that fired; as rows, without what led to them."""

from typing import Any

from django.utils import timezone

from contacts.models import Contact, Rule, RuleRun, RuleTrial, RuleVersion
from security.models import User

SAID: dict[str, Any] = {"event": "message.received", "conditions": None, "actions": [{"do": "notify", "people": ["1"]}]}


def rule_rows(contact: Contact, conversation_id: Any, asker: User, *, word: str = "jade") -> dict[str, Any]:
    """``{rule, firing, trial}`` in the region of ``contact``."""
    now = timezone.now()
    rule = Rule.objects.create(region=contact.region, name=f"About {word}")
    version = RuleVersion.objects.create(rule=rule, number=1, name=rule.name, made_at=now, **SAID)
    firing = RuleRun.objects.create(
        rule=rule, version=version, contact=contact, conversation_id=conversation_id, event="message.received",
        ref=f"message.received:{word}", at=now, fired_at=now, key_id=contact.key_id, state="fired",
        verdict={"how": "all", "holds": True, "parts": []}, deeds=[{"do": "notify", "done": None, "code": ""}],
    )  # fmt: skip
    trial = RuleTrial.objects.create(
        region=contact.region, rule=rule, asked_by=asker, asked_at=now, days=1, draft=SAID, state="done"
    )
    return {"rule": rule, "firing": firing, "trial": trial}
