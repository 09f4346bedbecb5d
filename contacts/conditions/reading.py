"""The question in plain words, in the language in force: what stands beside the editor, and in lists."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from contacts.conditions.facts import Fact
from contacts.conditions.tree import Condition, Group, Node
from contacts.money import money_words

LANGUAGES = ("zh-hant", "en")
_HOURS_A_DAY = 24
_MINUTES_AN_HOUR = 60


def readings(node: Node, facts: Mapping[str, Fact], *, region_id: int) -> dict[str, str]:
    """In every language Kefu speaks."""
    told = {}
    for language in LANGUAGES:
        with override(language):
            told[language] = read(node, facts, region_id=region_id)
    return told


def read(node: Node, facts: Mapping[str, Fact], *, region_id: int) -> str:
    return Reader(facts, region_id).of(node, outermost=True)


class Reader:
    """Reads many of one region: what can be chosen is looked up once."""

    def __init__(self, facts: Mapping[str, Fact], region_id: int) -> None:
        self.facts, self.region_id = facts, region_id
        self._labels: dict[str, dict[str, str]] = {}

    def of(self, node: Node, *, outermost: bool = False) -> str:
        return self._condition(node) if isinstance(node, Condition) else self._group(node, outermost=outermost)

    def _group(self, node: Group, *, outermost: bool) -> str:
        between = _(" and ") if node.how == "all" else _(" or ")
        text = between.join(self.of(part) for part in node.parts)
        if node.how == "none":
            return _("none of this holds: (%(parts)s)") % {"parts": text}
        return text if outermost or len(node.parts) == 1 else _("(%(parts)s)") % {"parts": text}

    def _condition(self, node: Condition) -> str:
        fact = self.facts.get(node.fact)
        operator = fact.operators.get(node.op) if fact is not None else None
        if fact is None or operator is None:
            return _("something that cannot be asked any more (%(fact)s)") % {"fact": node.fact}
        label = str(fact.label)
        if node.within_hours is not None:
            label = _("%(fact)s in the past %(span)s") % {"fact": label, "span": hours(node.within_hours)}
        return str(operator.reads) % {"fact": label, "value": self._value(operator.shape, node.value, fact)}

    def _value(self, shape: str, value: Any, fact: Fact) -> str:
        if shape == "words":
            return _(" or ").join(_("“%(word)s”") % {"word": word} for word in value)
        if shape == "choices":
            labels = self.labels_of(fact)
            return _(" or ").join(_("“%(word)s”") % {"word": labels.get(one, one)} for one in value)
        if shape in ("range", "duration_range"):
            first, last = (_minutes(one) if shape == "duration_range" else str(one) for one in value)
            return _("%(first)s and %(last)s") % {"first": first, "last": last}
        if shape == "duration":
            return _minutes(value)
        if shape == "days":
            return days(value)
        if shape == "money":
            return money_words(value["amount_minor"], value["currency"])
        return "" if value is None else str(value)

    def labels_of(self, fact: Fact) -> dict[str, str]:
        if fact.key not in self._labels:
            choices = fact.choices(self.region_id) if fact.choices is not None else ()
            self._labels[fact.key] = {one.value: str(one.label) for one in choices}
        return self._labels[fact.key]


def hours(count: int) -> str:
    if count % _HOURS_A_DAY == 0 and count > _HOURS_A_DAY:
        return days(count // _HOURS_A_DAY)
    return _("1 hour") if count == 1 else _("%(count)s hours") % {"count": count}


def days(count: int) -> str:
    return _("1 day") if count == 1 else _("%(count)s days") % {"count": count}


def _minutes(minutes: int) -> str:
    if minutes and minutes % _MINUTES_AN_HOUR == 0:
        return hours(minutes // _MINUTES_AN_HOUR)
    return _("1 minute") if minutes == 1 else _("%(count)s minutes") % {"count": minutes}
