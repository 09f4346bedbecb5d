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


@cache
def entries() -> dict[tuple[str, str], Maker]:
    found: dict[tuple[str, str], Maker] = {}
    makers = {"account": _about_account, "templates": _about_account, "conversations": _about_chat}
    for name, maker in makers.items():
        for field, events in yaml.safe_load((_HERE / f"{name}.yaml").read_text(encoding="utf-8")).items():
            for event, template in events.items():
                found[field, str(event)] = partial(maker, field, template)
    found |= {("messages", name): partial(inbound.message, name) for name in inbound.KINDS}
    found |= {("messages", name): partial(outcomes.status, name) for name in outcomes.KINDS}
    found |= {("history", name): told for name, told in history.MAKERS.items()}
    return found


def _about_account(field: str, template: dict[str, Any], scene: Scene, given: dict[str, Any]) -> list[Change]:
    return [Change(field, filled(template, scene), timed=True)]


def _about_chat(field: str, template: dict[str, Any], scene: Scene, given: dict[str, Any]) -> list[Change]:
    return [Change(field, {**message_shape.value_for(scene.number), **filled(template, scene)})]


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
