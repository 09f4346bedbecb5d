"""How a fact can be asked, by its kind: which values fit, and when it holds.

What is not known holds of nothing, but for ``unknown`` and for the negative operators (``is_none``, ``has_none``,
``contains_none``, ``ne``): whoever has no tag has none of these tags. The SQL of segments says the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.conditions import values
from contacts.conditions.words import begins_with, mentions

KINDS = ("text", "number", "boolean", "choice", "tags", "date", "money", "duration")
Check = Callable[[Any, "values.Within"], Any]
# What is known (never ``None``), the value of the condition, and now, in the zone of the fact; only dates need it.
Holds = Callable[[Any, Any, Any], bool]


@dataclass(frozen=True)
class Operator:
    """``reads``: a sentence with ``%(fact)s`` and, where there is a value, ``%(value)s``. ``of_nothing``: whether it
    holds of what is not known. ``shape``: how the editor asks for the value (see ``values.SHAPES``)."""

    key: str
    label: Any
    reads: Any
    shape: str
    holds: Holds
    of_nothing: bool = False

    def check(self, value: Any, within: "values.Within") -> Any:
        return values.SHAPES[self.shape](value, within)


def _known() -> tuple[Operator, ...]:
    return (
        Operator("known", _("is known"), _("%(fact)s is known"), "none", lambda seen, value, now: True),
        Operator(
            "unknown", _("is not known"), _("%(fact)s is not known"), "none",
            lambda seen, value, now: False, of_nothing=True,
        ),
    )  # fmt: skip


def _measured(shape: str) -> tuple[Operator, ...]:
    """Of numbers and durations."""
    span = "duration_range" if shape == "duration" else "range"
    return (
        Operator("ge", _("at least"), _("%(fact)s is at least %(value)s"), shape, lambda s, v, now: s >= v),
        Operator("le", _("at most"), _("%(fact)s is at most %(value)s"), shape, lambda s, v, now: s <= v),
        Operator("gt", _("more than"), _("%(fact)s is more than %(value)s"), shape, lambda s, v, now: s > v),
        Operator("lt", _("less than"), _("%(fact)s is less than %(value)s"), shape, lambda s, v, now: s < v),
        Operator("eq", _("exactly"), _("%(fact)s is exactly %(value)s"), shape, lambda s, v, now: s == v),
        Operator(
            "ne", _("anything but"), _("%(fact)s is anything but %(value)s"), shape,
            lambda s, v, now: s != v, of_nothing=True,
        ),
        Operator(
            "between", _("between"), _("%(fact)s is between %(value)s"), span, lambda s, v, now: v[0] <= s <= v[1]
        ),
        *_known(),
    )  # fmt: skip


def _minor(seen: Mapping[str, int], value: Mapping[str, Any]) -> int:
    """In the asked currency; nothing spent in it is nought."""
    return int(seen.get(value["currency"], 0))


def _days_ago(days: int, now: datetime) -> datetime:
    return now - timedelta(days=days)


_TABLE: dict[str, tuple[Operator, ...]] = {
    "text": (
        Operator(
            "contains_any", _("contains"), _("%(fact)s contains %(value)s"), "words",
            lambda s, v, now: any(one in s and mentions(s, one) for one in v),
        ),
        Operator(
            "contains_all", _("contains all of"), _("%(fact)s contains all of %(value)s"), "words",
            lambda s, v, now: all(mentions(s, one) for one in v),
        ),
        Operator(
            "contains_none", _("contains none of"), _("%(fact)s contains none of %(value)s"), "words",
            lambda s, v, now: not any(mentions(s, one) for one in v), of_nothing=True,
        ),
        Operator(
            "is_any", _("is, as a whole,"), _("%(fact)s as a whole is %(value)s"), "words",
            lambda s, v, now: s.strip() in v,
        ),
        Operator(
            "begins_with", _("begins with"), _("%(fact)s begins with %(value)s"), "words",
            lambda s, v, now: any(begins_with(s, one) for one in v),
        ),
        *_known(),
    ),
    "number": _measured("number"),
    "duration": _measured("duration"),
    "boolean": (
        Operator("is_true", _("yes"), _("%(fact)s: yes"), "none", lambda s, v, now: bool(s)),
        Operator("is_false", _("no"), _("%(fact)s: no"), "none", lambda s, v, now: not s, of_nothing=True),
    ),
    "choice": (
        Operator("is_any", _("is one of"), _("%(fact)s is %(value)s"), "choices", lambda s, v, now: s in v),
        Operator(
            "is_none", _("is none of"), _("%(fact)s is not %(value)s"), "choices",
            lambda s, v, now: s not in v, of_nothing=True,
        ),
        *_known(),
    ),
    "tags": (
        Operator(
            "has_any", _("include"), _("%(fact)s include %(value)s"), "choices",
            lambda s, v, now: not s.isdisjoint(v),
        ),
        Operator(
            "has_all", _("include all of"), _("%(fact)s include all of %(value)s"), "choices",
            lambda s, v, now: s.issuperset(v),
        ),
        Operator(
            "has_none", _("do not include"), _("%(fact)s do not include %(value)s"), "choices",
            lambda s, v, now: s.isdisjoint(v), of_nothing=True,
        ),
    ),
    "date": (
        Operator(
            "within_last", _("in the last (days)"), _("%(fact)s is in the last %(value)s"), "days",
            lambda s, v, now: s >= _days_ago(v, now),
        ),
        Operator(
            "longer_ago", _("longer ago than (days)"), _("%(fact)s is more than %(value)s ago"), "days",
            lambda s, v, now: s < _days_ago(v, now),
        ),
        Operator(
            "before", _("before"), _("%(fact)s is before %(value)s"), "moment",
            lambda s, v, now: s < _moment(v, now),
        ),
        Operator(
            "from", _("on or after"), _("%(fact)s is on or after %(value)s"), "moment",
            lambda s, v, now: s >= _moment(v, now),
        ),
        *_known(),
    ),
    "money": (
        Operator(
            "ge", _("at least"), _("%(fact)s is at least %(value)s"), "money",
            lambda s, v, now: _minor(s, v) >= v["amount_minor"],
        ),
        Operator(
            "lt", _("less than"), _("%(fact)s is less than %(value)s"), "money",
            lambda s, v, now: _minor(s, v) < v["amount_minor"], of_nothing=True,
        ),
    ),
}  # fmt: skip
OPERATORS: dict[str, dict[str, Operator]] = {kind: {one.key: one for one in _TABLE[kind]} for kind in KINDS}


def _moment(value: str, now: datetime) -> datetime:
    return values.moment(value, now.tzinfo)
