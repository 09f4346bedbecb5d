"""Within a furnished house: what 50 rules cost each message, in one run, without and with them in turn."""

import json
import os
import statistics
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ROUNDS, PILED_UP, RULES = 5, 1_000, 50
_WHY = "measuring"
_SAYS = "您好，請問上週訂的茶壺大概什麼時候會到？我想改成超商取貨，謝謝。"


def measure() -> dict[str, Any]:
    from contacts.models import Rule
    from contacts.rules.book import forget_rules
    from contacts.rules.running import judge_waiting
    from inbox.models import Channel
    from tests.worlds.customers import customer

    channel = Channel.objects.for_system(_WHY).first()
    people = [customer(f"Bench {number}") for number in range(100)]
    _write_rules(channel.region_id)
    rules = Rule.objects.for_system(_WHY).filter(region_id=channel.region_id, name__startswith="Bench")
    took: dict[str, list[float]] = {"without": [], "stored": [], "judged": []}
    _applied(channel, people)  # warm: people are met, keys are opened
    for _ in range(ROUNDS):
        for on in (False, True):
            rules.update(is_on=on)
            forget_rules()
            took["stored" if on else "without"].append(_applied(channel, people))
        began = time.perf_counter()
        assert judge_waiting(channel.region_id) == 0, "no rule was to fire"
        took["judged"].append(time.perf_counter() - began)
    return {name: statistics.median(seconds) / PILED_UP for name, seconds in took.items()}


def _applied(channel: Any, people: list[Any]) -> float:
    """Seconds in which messages that have piled up are applied."""
    from inbox.ingest.drainer import drain
    from tests.worlds.webhooks import envelope, message, store, value

    for number in range(PILED_UP):
        who = people[number % len(people)]
        store(channel, envelope(channel, value(channel, people=[who], messages=[message(who, "text", _SAYS)])))
    began = time.perf_counter()
    drain(channel.pk)
    return time.perf_counter() - began


def _write_rules(region_id: int) -> None:
    """Words, counts and tags, none of which holds."""
    from contacts.actions.rules import lay_rule
    from contacts.conditions.of_tags import tag_choices
    from contacts.rules.deeds import deed_kinds
    from security.access import System
    from security.models import Region
    from security.writing import write

    assert "set_priority" in deed_kinds() and tag_choices(region_id) is not None
    asked: list[dict[str, Any]] = [
        {"fact": "message.text", "op": "contains_any", "value": ["退款", "refund", "投訴", "律師", "chargeback"]},
        {"fact": "contact.messages", "op": "ge", "value": 1_000_000, "within_hours": 24},
        {"fact": "contact.orders", "op": "ge", "value": 3, "within_hours": 720},
    ]
    with write(by=System("bench")) as change:
        region = Region.objects.get(pk=region_id)
        for number in range(RULES):
            words = {**asked[0], "value": [f"{word}{number}" for word in asked[0]["value"]]}
            said = {
                "name": f"Bench {number}", "event": "message.received", "after_hours": None,
                "conditions": {"any": [words, asked[1 + number % 2]]},
                "actions": [{"do": "set_priority", "priority": "high"}], "cooldown_hours": 0, "stops": False,
            }  # fmt: skip
            lay_rule(change, region, "", said, number)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure()))
