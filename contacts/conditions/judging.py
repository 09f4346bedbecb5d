"""The verdict: pure, and with what came of every condition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contacts.conditions.facts import Fact
from contacts.conditions.freezing import Frozen
from contacts.conditions.operators import OPERATORS
from contacts.conditions.tree import Condition, Group, Node
from contacts.conditions.words import mentions


@dataclass(frozen=True)
class Outcome:
    """Whether a condition or a group holds. ``seen``: what was known, as JSON can say it; of a text only which of the
    asked words it mentions."""

    node: Node
    holds: bool
    parts: tuple["Outcome", ...] = ()
    seen: Any = None

    def as_json(self) -> dict[str, Any]:
        if isinstance(self.node, Group):
            return {"how": self.node.how, "holds": self.holds, "parts": [part.as_json() for part in self.parts]}
        return {**self.node.as_json(), "holds": self.holds, "seen": self.seen}


def holds(node: Node, frozen: Frozen, facts: Mapping[str, Fact]) -> bool:
    """Only whether, and no further than needed: what runs for every message."""
    if isinstance(node, Condition):
        return _holds(node, frozen, facts)
    parts = node.parts
    if node.how == "all":
        return bool(parts) and all(holds(part, frozen, facts) for part in parts)
    found = any(holds(part, frozen, facts) for part in parts)
    return found if node.how == "any" else bool(parts) and not found


def judge(node: Node, frozen: Frozen, facts: Mapping[str, Fact]) -> Outcome:
    """With every condition's outcome, for "why did this fire?"."""
    if isinstance(node, Condition):
        return Outcome(node, _holds(node, frozen, facts), seen=_seen(node, frozen, facts))
    parts = tuple(judge(part, frozen, facts) for part in node.parts)
    each = [part.holds for part in parts]
    held = all(each) if node.how == "all" else any(each) if node.how == "any" else not any(each)
    return Outcome(node, bool(parts) and held, parts)


def answer(node: Condition, fact: Fact | None, seen: Any, at: datetime | None = None) -> bool:
    """Whether it holds of what is known (``None``: nothing is); ``at``: as of when, which only dates ask."""
    operator = OPERATORS[fact.kind].get(node.op) if fact is not None else None
    if operator is None:
        return False
    if seen is None:
        return operator.of_nothing
    return operator.holds(seen, node.folded if operator.shape == "words" else node.value, at)


def _holds(node: Condition, frozen: Frozen, facts: Mapping[str, Fact]) -> bool:
    fact = facts.get(node.fact)
    at = frozen.subject.at.astimezone(fact.zone) if fact is not None else None
    return answer(node, fact, frozen.known.get(node.asked), at)


def _seen(node: Condition, frozen: Frozen, facts: Mapping[str, Fact]) -> Any:
    fact, seen = facts.get(node.fact), frozen.known.get(node.asked)
    if fact is None or seen is None:
        return None
    if fact.kind == "text":
        words = zip(node.value, node.folded, strict=True) if isinstance(node.value, list) else ()
        return [word for word, folded in words if mentions(seen, folded)]
    if fact.kind == "tags":
        return sorted(seen)
    if fact.kind == "date":
        return seen.isoformat()
    return dict(seen) if fact.kind == "money" else seen
