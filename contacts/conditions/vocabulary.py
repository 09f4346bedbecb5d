"""The registries as the editor reads them: what can be asked in a region, how, and what may be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from contacts.conditions.facts import Fact, facts_of
from contacts.conditions.operators import OPERATORS


@dataclass(frozen=True)
class AskableChoiceShape:
    value: str
    label: str


@dataclass(frozen=True)
class AskableShape:
    """``choices`` null: anything may be written. ``timed``: may be asked of the last so many hours. ``counted``:
    segments can ask it, too."""

    key: str
    about: str
    kind: str
    label: str
    timed: bool
    historic: bool
    counted: bool
    choices: list[AskableChoiceShape] | None


@dataclass(frozen=True)
class ConditionOperatorShape:
    """``shape``: how its value is asked for (none, words, choices, number, range, days, moment, money, …)."""

    kind: str
    key: str
    label: str
    shape: str


@dataclass(frozen=True)
class VocabularyShape:
    facts: list[AskableShape]
    operators: list[ConditionOperatorShape]


def vocabulary(region_id: int, *, about: Iterable[str]) -> VocabularyShape:
    """In the language in force."""
    facts = [_fact(one, region_id) for one in facts_of(region_id, about=about).values()]
    kinds = sorted({one.kind for one in facts})
    operators = [
        ConditionOperatorShape(kind=kind, key=one.key, label=str(one.label), shape=one.shape)
        for kind in kinds
        for one in OPERATORS[kind].values()
    ]
    return VocabularyShape(facts=facts, operators=operators)


def _fact(fact: Fact, region_id: int) -> AskableShape:
    choices = None
    if fact.choices is not None:
        choices = [AskableChoiceShape(value=one.value, label=str(one.label)) for one in fact.choices(region_id)]
    return AskableShape(
        key=fact.key,
        about=fact.about,
        kind=fact.kind,
        label=str(fact.label),
        timed=fact.timed,
        historic=fact.historic,
        counted=fact.sql is not None,
        choices=choices,
    )
