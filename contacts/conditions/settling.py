"""What is left of a question when a part of the answers is known: it holds, it cannot hold, or what is still to ask."""

from collections.abc import Callable
from typing import Any

from contacts.conditions.facts import Fact
from contacts.conditions.judging import answer
from contacts.conditions.tree import Condition, Group, Node

# Whether a condition holds; ``None``: that is not known yet.
Told = Callable[[Condition], bool | None]
Left = Node | bool
# By operator: whether it can still hold of a count that is no more than so much.
_CAN: dict[str, Callable[[Any, Any], bool]] = {
    "ge": lambda most, value: most >= value,
    "gt": lambda most, value: most > value,
    "eq": lambda most, value: most >= value,
    "between": lambda most, value: most >= value[0],
}


def settled(node: Node, told: Told) -> Left:
    """``True`` or ``False`` only where ``holds`` would say so whatever the rest of the answers turn out to be."""
    if isinstance(node, Condition):
        known = told(node)
        return node if known is None else known
    left: list[Node] = []
    for part in node.parts:
        one = settled(part, told)
        if not isinstance(one, bool):
            left.append(one)
        elif one != (node.how == "all"):  # one that fails of all, or one that holds of any or of none
            return node.how == "any"
    if left:
        return Group(node.how, tuple(left))
    return bool(node.parts) and node.how != "any"


def at_most(condition: Condition, fact: Fact, most: int) -> bool | None:
    """What can be said of a count of which only an upper bound is known."""
    if most <= 0:
        return answer(condition, fact, 0)
    can = _CAN.get(condition.op)
    return None if can is None or can(most, condition.value) else False
