"""The question itself: conditions in nested groups, as JSON and as it was checked.

``{"all": [...]}``, ``{"any": [...]}`` and ``{"none": [...]}`` hold further groups and conditions
``{"fact": "contact.orders", "op": "ge", "value": 2, "within_hours": 24}``. An empty group is refused: it would hold of
everybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import Fact
from contacts.conditions.values import Within
from contacts.policy import ConditionsPolicy
from security.errors import Invalid, Missing
from security.search.folding import fold

HOW = ("all", "any", "none")
_LONGEST_HOURS = 24 * 3650
Asked = tuple[str, int | None]  # fact and window: what must be frozen to judge a condition


@dataclass(frozen=True)
class Condition:
    fact: str
    op: str
    value: Any = field(default=None, hash=False)
    within_hours: int | None = None

    @property
    def asked(self) -> Asked:
        return self.fact, self.within_hours

    @cached_property
    def folded(self) -> list[str]:
        """Words as they are compared with a text."""
        return [fold(word).strip() for word in self.value]

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"fact": self.fact, "op": self.op}
        if self.value is not None:
            told["value"] = self.value
        if self.within_hours is not None:
            told["within_hours"] = self.within_hours
        return told


@dataclass(frozen=True)
class Group:
    how: str
    parts: tuple["Node", ...]

    def as_json(self) -> dict[str, Any]:
        return {self.how: [part.as_json() for part in self.parts]}


Node = Condition | Group


def conditions_in(node: Node) -> Iterator[Condition]:
    if isinstance(node, Condition):
        yield node
        return
    for part in node.parts:
        yield from conditions_in(part)


def asked_in(node: Node) -> frozenset[Asked]:
    """What must be known to judge it."""
    return frozenset(condition.asked for condition in conditions_in(node))


def parse(data: Any, facts: Mapping[str, Fact], *, region_id: int, at: str = "conditions") -> Group:
    """``data`` checked against the facts that can be asked; refusals name the place (``conditions.all.0.value``)."""
    reader = _Reader(facts, region_id)
    node = reader.node(data, at, depth=1)
    if not isinstance(node, Group):
        raise Invalid(field=at, message=_("Conditions begin with a group."))
    return node


class _Reader:
    def __init__(self, facts: Mapping[str, Fact], region_id: int) -> None:
        self.facts, self.region_id = facts, region_id
        self.policy = ConditionsPolicy.current()
        self.count = 0

    def node(self, data: Any, at: str, *, depth: int) -> Node:
        if not isinstance(data, dict):
            raise Missing(field=at)
        how = next((one for one in HOW if one in data), None)
        return self._condition(data, at) if how is None else self._group(data, how, at, depth)

    def _group(self, data: dict[str, Any], how: str, at: str, depth: int) -> Group:
        parts = data[how]
        if set(data) != {how} or not isinstance(parts, list):
            raise Invalid(field=at)
        if not parts:
            raise Invalid(field=f"{at}.{how}", message=_("An empty group would hold of everybody: add a condition."))
        if depth > self.policy.depth_most:
            most = self.policy.depth_most
            raise Invalid(field=at, message=_("Groups may be nested %(most)s deep.") % {"most": most})
        nodes = [self.node(part, f"{at}.{how}.{index}", depth=depth + 1) for index, part in enumerate(parts)]
        return Group(how, tuple(nodes))

    def _condition(self, data: dict[str, Any], at: str) -> Condition:
        self.count += 1
        if self.count > self.policy.conditions_most:
            most = self.policy.conditions_most
            raise Invalid(field=at, message=_("At most %(most)s conditions.") % {"most": most})
        if set(data) - {"fact", "op", "value", "within_hours"}:
            raise Invalid(field=at)
        fact = self.facts.get(str(data.get("fact", "")))
        if not data.get("fact"):
            raise Missing(field=f"{at}.fact", message=_("Choose what is asked in every condition."))
        if fact is None:
            raise Invalid(field=f"{at}.fact", message=_("This cannot be asked here."))
        operator = fact.operators.get(str(data.get("op", "")))
        if operator is None:
            raise Invalid(field=f"{at}.op", message=_("This cannot be asked of it."))
        choices = None
        if operator.shape == "choices" and fact.choices is not None:
            choices = frozenset(one.value for one in fact.choices(self.region_id))
        value = operator.check(data.get("value"), Within(f"{at}.value", choices))
        return Condition(fact.key, operator.key, value, self._window(data, fact, at))

    def _window(self, data: dict[str, Any], fact: Fact, at: str) -> int | None:
        hours = data.get("within_hours")
        if hours is None:
            return None
        if not fact.timed or not isinstance(hours, int) or isinstance(hours, bool) or not 1 <= hours <= _LONGEST_HOURS:
            raise Invalid(field=f"{at}.within_hours")
        return hours


def stored(data: Mapping[str, Any]) -> Group:
    """What was checked when it was saved, as it is: nothing is looked up."""
    node = _stored(data)
    assert isinstance(node, Group), "only whole groups are saved"
    return node


def _stored(data: Mapping[str, Any]) -> Node:
    for how in HOW:
        if how in data:
            return Group(how, tuple(_stored(part) for part in data[how]))
    return Condition(data["fact"], data["op"], data.get("value"), data.get("within_hours"))
