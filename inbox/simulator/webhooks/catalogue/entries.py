"""The catalogue: (field, event) → the changes which tell of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from inbox.simulator.webhooks import message_shape
from inbox.simulator.webhooks.catalogue import history, inbound, outcomes
from inbox.simulator.webhooks.catalogue.scene import Change, Scene

# The last argument holds further wishes of the caller, e.g. `count` of a history.
Maker = Callable[[Scene, dict[str, Any]], list[Change]]
_HERE = Path(__file__).parent
_TIMED = ("account.yaml", "templates.yaml")


@cache
def entries() -> dict[tuple[str, str], Maker]:
    found: dict[tuple[str, str], Maker] = {}
    for name in (*_TIMED, "conversations.yaml"):
        for field, events in yaml.safe_load((_HERE / name).read_text(encoding="utf-8")).items():
            for event, template in events.items():
                found[field, str(event)] = partial(_written, field, template, name in _TIMED)
    found |= {("messages", name): partial(inbound.message, name) for name in inbound.KINDS}
    found |= {("messages", name): partial(outcomes.status, name) for name in outcomes.KINDS}
    found |= {("history", name): maker for name, maker in history.MAKERS.items()}
    return found


def _written(field: str, template: dict[str, Any], timed: bool, scene: Scene, given: dict[str, Any]) -> list[Change]:  # noqa: FBT001
    value = filled(template, scene)
    if not timed:
        value = {**message_shape.value_for(scene.number), **value}
    return [Change(field, value, timed)]


def filled(template: Any, scene: Scene) -> Any:
    """The template with every `$name` replaced by its value, which keeps its type."""
    if isinstance(template, dict):
        return {key: filled(value, scene) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(value, scene) for value in template]
    if isinstance(template, str) and template.startswith("$"):
        return scene.value_of(template[1:])
    return template


def merged(value: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """`changes` laid over `value`; lists are replaced whole."""
    found = dict(value)
    for key, change in changes.items():
        both = isinstance(change, dict) and isinstance(found.get(key), dict)
        found[key] = merged(found[key], change) if both else change
    return found
