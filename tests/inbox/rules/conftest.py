from typing import Any
from uuid import UUID

import pytest

from contacts.actions.rules import Draft, make_rule, switch_rule
from contacts.actions.shipped_rules import lay_rules
from contacts.models import Contact, ContactTag, Rule, RuleRun, Tag
from contacts.rules.running import judge_waiting
from inbox.models import Channel
from tests.conftest import Cast
from tests.worlds.channels import channel

_WHY = "the test looks"


@pytest.fixture
def shop(cast: Cast) -> Channel:
    """With the shipped rules, off."""
    lay_rules()
    return channel(cast.asia)


def shipped(cast: Cast, key: str, *, on: bool = True) -> Rule:
    rule = Rule.objects.for_system(_WHY).get(region=cast.asia, shipped=key)
    return switch_rule(by=cast.access("dee"), rule_id=rule.pk, to="on") if on else rule


def tag_id(name: str) -> str:
    return str(Tag.objects.for_system(_WHY).get(name=name, region__code="asia").pk)


def rule(cast: Cast, actions: Any, conditions: Any = None, event: str = "message.received", **more: Any) -> Rule:
    """One that is on."""
    draft = Draft(name=more.pop("name", "一條規則"), event=event, actions=actions, conditions=conditions, **more)
    made = make_rule(by=cast.access("dee"), region_id=cast.asia.pk, draft=draft)
    return switch_rule(by=cast.access("dee"), rule_id=made.pk, to="on")


def judged(cast: Cast) -> int:
    return judge_waiting(cast.asia.pk)


def tags_of(contact_id: UUID) -> set[str]:
    rows = ContactTag.objects.for_system(_WHY).filter(contact_id=contact_id)
    return set(rows.values_list("tag__name", flat=True))


def runs(**which: Any) -> list[RuleRun]:
    return list(RuleRun.objects.for_system(_WHY).filter(**which).order_by("fired_at", "pk"))


def only_contact() -> Contact:
    found: Contact = Contact.objects.for_system(_WHY).get()
    return found
