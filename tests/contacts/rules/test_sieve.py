"""A rule that is sifted out could not have held: whatever it asks, however it is nested and spelled."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.conditions.facts import Fact, Subject
from contacts.conditions.freezing import freeze
from contacts.conditions.judging import holds
from contacts.conditions.operators import OPERATORS
from contacts.conditions.tree import Group, asked_in, conditions_in, stored
from contacts.rules.book import Written
from contacts.rules.sieve import AtHand, Sieve, sift

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SUBJECTS = [Subject(UUID(int=number), NOW - timedelta(minutes=number)) for number in range(4)]
WORDS = ["退款", "退 貨", "退貨", "款", "refund", "RE", "money back", "ｍｏｎｅｙ", "s c a m", "律師函", "a"]
BITS = [
    *WORDS,
    "我要",
    "谢谢",
    " ",
    "!",
    "，",
    "。",
    "refunds",
    "fund",
    "Ｒefund",
    "sc am",
    "律师",
    "-",
    "退\u200d款",
    "b",
]
Known = dict[str, list[Any]]
# fact → kind, and whether the caller has it at hand, the database tells it quickly, or bounds it, or neither
FACTS = {
    "message.text": "text",
    "message.kind": "choice",
    "contact.tags": "tags",
    "contact.language": "choice",
    "conversation.assigned": "boolean",
    "contact.messages": "number",
    "contact.seen": "date",
    "contact.gone": "number",
}
AT_HAND = ("message.text", "message.kind")
values = {
    "text": st.lists(st.sampled_from(BITS), max_size=5).map("".join),
    "choice": st.sampled_from(["text", "image", "en", None]),
    "tags": st.sampled_from([None, frozenset(), frozenset({"vip"}), frozenset({"vip", "new"})]),
    "boolean": st.sampled_from([True, False, None]),
    "number": st.integers(0, 3),
    "date": st.sampled_from([None, NOW, NOW - timedelta(days=3)]),
}
asked_for = {
    "none": st.none(),
    "words": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
    "choices": st.lists(st.sampled_from(["text", "image", "en", "vip", "new"]), min_size=1, max_size=2),
    "number": st.integers(-1, 4),
    "range": st.tuples(st.integers(-1, 2), st.integers(2, 4)).map(list),
    "days": st.integers(0, 5),
    "moment": st.just("2026-11-27"),
}


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    key = draw(st.sampled_from(sorted(FACTS)))
    operator = draw(st.sampled_from(list(OPERATORS[FACTS[key]].values())))
    asked = {"fact": key, "op": operator.key, "value": draw(asked_for[operator.shape])}
    hours = draw(st.sampled_from([None, 1, 24])) if key == "contact.messages" else None
    return asked | ({} if hours is None else {"within_hours": hours})


def groups(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    how = st.sampled_from(["all", "any", "none"])
    return st.builds(lambda which, parts: {which: parts}, how, st.lists(inner, max_size=3))


trees = groups(st.recursive(conditions(), groups, max_leaves=6))


def facts_of(known: Known) -> dict[str, Fact]:
    """As many messages within an hour as are known, twice as many in a day, three times as many in all."""

    def fact(key: str, kind: str) -> Fact:
        def load(subjects: Any, within: timedelta | None) -> dict[Subject, Any]:
            told = {one: known[key][SUBJECTS.index(one)] for one in subjects}
            told = {one: value for one, value in told.items() if value is not None}
            return told if kind != "number" else {one: value * _longer(within) for one, value in told.items()}

        def at_most(contact_ids: Any, since: datetime | None) -> dict[UUID, int]:
            those = [one for one in SUBJECTS if one.contact_id in contact_ids]
            within = None if since is None else max(one.at for one in SUBJECTS) - since
            most = {one.contact_id: value + SUBJECTS.index(one) for one, value in load(those, within).items()}
            return {contact_id: count for contact_id, count in most.items() if count}

        quick = key in ("contact.tags", "contact.language")
        return Fact(key, kind, key, load, quick=quick, at_most=at_most if kind == "number" else None)

    return {key: fact(key, kind) for key, kind in FACTS.items() if key != "contact.gone"}


def _longer(within: timedelta | None) -> int:
    return 3 if within is None else 2 if within > timedelta(hours=1) else 1


def written(place: int, tree: Any) -> Written:
    return Written(UUID(int=place), UUID(int=place), "", "message.received", None, stored(tree) if tree else None, ())


@st.composite
def worlds(draw: st.DrawFn) -> Known:
    return {key: [draw(values[kind]) for _ in SUBJECTS] for key, kind in FACTS.items()}


def sifted(rules: list[Written], known: Known, *, at_rest: bool) -> list[set[int]]:
    hand = AtHand(lambda key: known[key] if key in AT_HAND else None, at_rest=at_rest)
    return [set(some) for some in sift(Sieve(rules, facts_of(known)), SUBJECTS, hand)]


def held(rules: list[Written], known: Known) -> list[set[int]]:
    facts = facts_of(known)
    asked = frozenset().union(*(rule.asked for rule in rules))
    return [
        {place for place, rule in enumerate(rules) if rule.conditions is None or holds(rule.conditions, frozen, facts)}
        for frozen in freeze(SUBJECTS, asked, facts)
    ]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(asked=st.lists(st.none() | trees, min_size=1, max_size=6), known=worlds(), at_rest=st.booleans())
def test_nothing_that_holds_is_sifted_out(asked: list[Any], known: Known, at_rest: bool) -> None:
    rules = [written(place, tree) for place, tree in enumerate(asked)]
    for passed, right in zip(sifted(rules, known, at_rest=at_rest), held(rules, known), strict=True):
        assert right <= passed


def _told_in_the_write(node: Group) -> bool:
    asked = {condition.fact for condition in conditions_in(node)}
    return asked <= {*AT_HAND, "contact.tags", "contact.language"}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(asked=st.lists(trees, min_size=1, max_size=6), known=worlds())
def test_whatever_can_be_told_in_the_write_is_decided_there(asked: list[Any], known: Known) -> None:
    rules = [rule for place, tree in enumerate(asked) if _told_in_the_write((rule := written(place, tree)).conditions)]  # type: ignore[arg-type]
    if rules:
        assert sifted(rules, known, at_rest=True) == held(rules, known)


def test_a_fact_is_loaded_for_whom_it_still_matters_and_no_other() -> None:
    loaded: list[str] = []

    def load(subjects: Any, within: timedelta | None) -> dict[Subject, Any]:
        loaded.extend(str(one.contact_id.int) for one in subjects)
        return dict.fromkeys(subjects, frozenset({"vip"}))

    text = Fact("message.text", "text", "", lambda subjects, within: {})
    facts = {"message.text": text, "contact.tags": Fact("contact.tags", "tags", "", load, quick=True)}
    vip = {"fact": "contact.tags", "op": "has_any", "value": ["vip"]}
    rule = written(0, {"all": [{"fact": "message.text", "op": "contains_any", "value": ["退款"]}, vip]})
    texts = ["你好", "退 款", "thanks", "退換"]
    hand = AtHand(lambda key: texts if key == "message.text" else None, at_rest=True)
    assert sift(Sieve([rule], facts), SUBJECTS, hand) == [(), (0,), (), ()]
    assert loaded == ["1"] and asked_in(rule.conditions)  # type: ignore[arg-type]
