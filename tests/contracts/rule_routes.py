"""The routes of rules."""

from typing import Any

from tests.contracts.calls import call
from tests.worlds.asia import Asia

_SAID: dict[str, Any] = {
    "name": "Greeted",
    "event": "message.received",
    "actions": [{"do": "set_priority", "priority": "high"}],
}


def _drafted(world: Asia) -> dict[str, Any]:
    return {**_SAID, "region_id": world.cast.asia.pk}


RULE_CALLS = [
    call("GET rules", "senior", 400),  # of which region?
    call("POST rules", "supervisor", 201, _drafted),
    call("GET rules/vocabulary", "senior", 400),
    call("POST rules/reading", "supervisor", body=_drafted),
    call("POST rules/order", "supervisor", 204, lambda world: {"region_id": world.cast.asia.pk, "ids": []}),
    call("GET rules/<uuid:rule_id>", "senior"),
    call("PUT rules/<uuid:rule_id>", "supervisor", body={**_SAID, "version": 1}),
    call("DELETE rules/<uuid:rule_id>", "supervisor", 204),
    call("POST rules/<uuid:rule_id>/switch", "supervisor", body={"to": "off"}),
    call("GET rules/<uuid:rule_id>/versions", "senior"),
    call("POST rules/<uuid:rule_id>/versions", "supervisor", body={"number": 1}),
    call("GET rules/<uuid:rule_id>/runs", "senior"),
    call("POST rule-runs/<uuid:firing_id>/undo", "supervisor", 409),  # it changed nothing
    call("POST rule-trials", "supervisor", 202, lambda world: {"region_id": world.cast.asia.pk, "days": 1,
                                                               "rule_id": str(world.rule.pk)}),
    call("GET rule-trials/<uuid:trial_id>", "supervisor", 404),  # somebody else's
    call("GET conversations/<uuid:conversation_id>/rules", "senior"),
    call("GET conversations/<uuid:conversation_id>/rules/<uuid:rule_id>", "senior"),
]  # fmt: skip
