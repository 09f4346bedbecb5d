"""A rule in plain words, in the language in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from contacts.conditions.facts import facts_of
from contacts.conditions.reading import Reader, days, hours
from contacts.conditions.tree import Condition, stored
from contacts.rules.deeds import Field, deed_kinds
from contacts.rules.events import event_kinds
from contacts.rules.shapes import RuleChoiceShape, RuleDeedKindShape, RuleEventShape, RuleFieldShape

_DAY = 24
_TEXT_SHOWN = 60


class RuleReader:
    """Reads many of one region: what can be chosen is looked up once."""

    def __init__(self, region_id: int) -> None:
        self.region_id = region_id
        self.facts = facts_of(region_id)
        self.conditions = Reader(self.facts, region_id)
        self._labels: dict[str, dict[str, str]] = {}

    def read(self, said: Mapping[str, Any]) -> str:
        """``said``: what a version holds."""
        sentence = {"when": self._when(said), "then": self._then(said["actions"])}
        if said["conditions"] is None:
            text = _("When %(when)s: %(then)s.") % sentence
        else:
            asked = self.conditions.of(stored(said["conditions"]), outermost=True)
            text = _("When %(when)s and %(asked)s: %(then)s.") % {**sentence, "asked": asked}
        if said["cooldown_hours"]:
            text += " " + _("At most once in %(span)s for each customer.") % {"span": _span(said["cooldown_hours"])}
        if said["stops"]:
            text += " " + _("No further rules after it.")
        return text

    def deed(self, action: Mapping[str, Any]) -> str:
        kind = deed_kinds().get(action["do"])
        if kind is None:
            return str(action["do"])
        words = {field.name: self._value(kind.key, field, action.get(field.name)) for field in kind.fields}
        return str(kind.reads) % words

    def verdict(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """With each condition in words."""
        if "parts" in told:
            return {**told, "parts": [self.verdict(part) for part in told["parts"]]}
        if "fact" not in told:
            return dict(told)
        node = Condition(told["fact"], told["op"], told.get("value"), told.get("within_hours"))
        return {"holds": told["holds"], "seen": told["seen"], "text": self.conditions.of(node)}

    def fact(self, key: str) -> str:
        fact = self.facts.get(key)
        return str(fact.label) if fact is not None else key

    def _when(self, said: Mapping[str, Any]) -> str:
        kind = event_kinds().get(said["event"])
        label = str(kind.label) if kind is not None else str(said["event"])
        if said["after_hours"] is None:
            return label
        return _("%(span)s have passed since %(event)s") % {"span": _span(said["after_hours"]), "event": label}

    def _then(self, actions: Sequence[Mapping[str, Any]]) -> str:
        return _(", ").join(self.deed(action) for action in actions)

    def _value(self, kind: str, field: Field, value: Any) -> str:
        if field.shape == "text":
            text = str(value or "")
            return text if len(text) <= _TEXT_SHOWN else text[: _TEXT_SHOWN - 1] + "…"
        labels = self._labels_of(kind, field)
        chosen = value if isinstance(value, list) else [value]
        names = [labels.get(str(one), str(one)) for one in chosen]
        return _(", ").join(_("“%(word)s”") % {"word": name} for name in names)

    def _labels_of(self, kind: str, field: Field) -> dict[str, str]:
        key = f"{kind}.{field.name}"
        if key not in self._labels:
            choices = field.choices(self.region_id) if field.choices is not None else ()
            self._labels[key] = {one.value: str(one.label) for one in choices}
        return self._labels[key]


def _span(count: int) -> str:
    return days(count // _DAY) if count % _DAY == 0 else hours(count)


def event_shapes() -> list[RuleEventShape]:
    return [RuleEventShape(one.key, str(one.label), sorted(one.carries)) for one in event_kinds().values()]


def deed_shapes(region_id: int) -> list[RuleDeedKindShape]:
    return [
        RuleDeedKindShape(
            key=kind.key,
            label=str(kind.label),
            fields=[_field(field, region_id) for field in kind.fields],
            can_undo=kind.undo is not None,
        )
        for kind in deed_kinds().values()
    ]


def _field(field: Field, region_id: int) -> RuleFieldShape:
    choices = None
    if field.choices is not None:
        choices = [RuleChoiceShape(one.value, str(one.label)) for one in field.choices(region_id)]
    return RuleFieldShape(field.name, str(field.label), field.shape, choices, field.longest)
