"""Conditions as one SQL filter over contacts: the same as ``contacts.conditions.judging`` says of each of them, by a
test over made-up contacts. Every fact brings its own SQL; here they are put together."""

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from contacts.conditions.facts import Fact, facts_of
from contacts.conditions.tree import Condition, Node


def facts_of_segments(region_id: int) -> dict[str, Fact]:
    """What can be asked of all contacts of a region at once."""
    return {key: fact for key, fact in facts_of(region_id, about=("contact",)).items() if fact.sql is not None}


def where(node: Node, facts: Mapping[str, Fact], *, now: datetime) -> Q:
    """A fact that is gone holds of nobody, and neither does a group of nothing."""
    if isinstance(node, Condition):
        fact = facts.get(node.fact)
        if fact is None or fact.sql is None or node.op not in fact.operators:
            return nobody()
        return fact.sql(node, now.astimezone(fact.zone))
    parts = [where(part, facts, now=now) for part in node.parts]
    if not parts:
        return nobody()
    return (
        reduce(and_, parts) if node.how == "all" else reduce(or_, parts) if node.how == "any" else ~reduce(or_, parts)
    )


def nobody() -> Q:
    return Q(pk__in=())
