"""Rules as they were: a deed is held against the rules of its moment, a change of a rule against what it was before it.

Otherwise whoever is watched would switch a rule off first, or within the seconds until somebody looks.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from security.models import BehaviourRule, Operation

CHANGED = "behaviour.changed"
# What the log calls the name of a rule: a line has a name of its own.
TOLD_AS = {"name": "title"}
_LISTS = {"actions": str, "days": int}
_BETWEEN = ", "


@dataclass(frozen=True)
class Version:
    """``rule`` held for the lines above ``after``, up to ``upto``."""

    rule: BehaviourRule
    after: int
    upto: int


def versions_between(after: int, upto: int) -> Iterator[Version]:
    """What held for each line above ``after``, up to ``upto``: today's rules, with what was changed since undone."""
    changes: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    lines = Operation.objects.filter(id__gt=after, action=CHANGED).order_by("-id")
    for pk, rule_id, details in lines.values_list("id", "subject_id", "details"):
        changes.setdefault(rule_id, []).append((pk, details))
    for rule in BehaviourRule.objects.order_by("pk"):
        held, until = rule, upto
        for changed_at, details in changes.get(str(rule.pk), ()):
            if changed_at < until:
                yield Version(held, changed_at, until)
            held, until = _before(held, details), min(until, changed_at)
        yield Version(held, after, until)


def spelled(changed: Mapping[str, tuple[Any, Any]]) -> dict[str, list[Any]]:
    """Before and after of each field, for the log: lists as words."""
    return {TOLD_AS.get(field, field): [_as_words(one) for one in pair] for field, pair in changed.items()}


def _as_words(value: Any) -> Any:
    return _BETWEEN.join(map(str, value)) if isinstance(value, list) else value


def _before(rule: BehaviourRule, details: Mapping[str, Any]) -> BehaviourRule:
    earlier = copy(rule)
    for field in (one.name for one in BehaviourRule._meta.fields if not one.primary_key):
        told = details.get(TOLD_AS.get(field, field))
        if isinstance(told, list):
            was = told[0]
            setattr(
                earlier, field, [_LISTS[field](one) for one in was.split(_BETWEEN) if one] if field in _LISTS else was
            )
    return earlier
