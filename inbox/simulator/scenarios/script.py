"""Reading a scenario file, with the place of every mistake."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from inbox.simulator.errors import BadRequest

SHIPPED = Path(__file__).parent / "shipped"
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_SPAN = re.compile(r"(\d+(?:\.\d+)?) (second|minute|hour|day)s?")
# What a step may be besides a line of somebody: what it takes, as said to a person.
DIRECTIONS = {
    "wait": "a span like 25 hours, on the virtual clock", "silence": "a span of real time like 2 seconds",
    "emit": "a webhook of the catalogue", "fault": "a fault of the control plane", "settings": "switches",
    "outage": "an outage of the webhooks", "incident": "an incident of the account",
    "keep": "the name of a rule, or a list of them",
    "joins": "one more person; `phone_of` takes over the number somebody left",
    "post": "a path of the control plane", "expect": "a claim for the assertions",
}  # fmt: skip
_LARGEST = 200_000


@dataclass(frozen=True)
class Step:
    """`who` is an actor's name or a direction; `what` is what stands behind it; `place` counts from 1."""

    place: int
    who: str
    what: Any


@dataclass(frozen=True)
class Script:
    title: str
    people: dict[str, dict[str, Any]]
    business: str = "shop"
    steps: list[Step] = field(default_factory=list)


def shipped() -> dict[str, str]:
    """Name → title of the scenarios which come with the simulator."""
    return {path.stem: read(path.read_text(encoding="utf-8")).title for path in sorted(SHIPPED.glob("*.yaml"))}


def read_shipped(name: str) -> Script:
    path = SHIPPED / f"{name}.yaml"
    if name not in {known.stem for known in SHIPPED.glob("*.yaml")}:
        raise BadRequest(f"There is no scenario {name!r}.", field="scenario", status=404)
    return read(path.read_text(encoding="utf-8"))


def read(text: str) -> Script:
    """Raises BadRequest which names the step."""
    if len(text) > _LARGEST:
        raise BadRequest("A scenario may have 200,000 characters.", field="yaml")
    try:
        whole = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadRequest(f"The scenario is not YAML: {error}", field="yaml") from error
    if not isinstance(whole, dict) or not isinstance(whole.get("talk"), list):
        raise BadRequest("A scenario has a title, people and talk.", field="yaml")
    people = whole.get("people") or {}
    if not isinstance(people, dict) or not all(isinstance(one, dict) for one in people.values()):
        raise BadRequest("people maps names to fields of customers.", field="yaml")
    business = str(whole.get("business") or "shop")
    later = [name for raw in whole["talk"] for name in _joining(raw)]
    actors = {business, *people, *later, *DIRECTIONS}
    steps = [_step(place, raw, actors) for place, raw in enumerate(whole["talk"], start=1)]
    return Script(str(whole.get("title") or "Untitled"), people, business, steps)


def _joining(raw: Any) -> list[str]:
    joins = raw.get("joins") if isinstance(raw, dict) else None
    return [str(name) for name in joins] if isinstance(joins, dict) else []


def _step(place: int, raw: Any, actors: set[str]) -> Step:
    if not isinstance(raw, dict) or len(raw) != 1:
        raise BadRequest(f"Step {place} must be one line: somebody, a colon, what they do.", field="yaml")
    who, what = next(iter(raw.items()))
    if who not in actors:
        raise BadRequest(f"Step {place}: nobody is called {who!r}. Known: {', '.join(sorted(actors))}.", field="yaml")
    if who in ("wait", "silence"):
        what = seconds_of(what, place)
    elif who not in ("keep", "post") and not isinstance(what, str | dict | int | float):
        raise BadRequest(f"Step {place}: {who} takes words or fields.", field="yaml")
    return Step(place, who, what)


def seconds_of(span: Any, place: int) -> float:
    found = _SPAN.fullmatch(str(span).strip())
    if found is None:
        raise BadRequest(f"Step {place}: a span is a number and seconds, minutes, hours or days.", field="yaml")
    return float(found[1]) * _UNITS[found[2]]
