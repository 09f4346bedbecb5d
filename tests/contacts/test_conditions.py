"""One language for what is asked: checked, judged with every outcome, and read in both languages."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contacts.conditions.facts import Choice, Fact, Subject
from contacts.conditions.freezing import Frozen, freeze
from contacts.conditions.judging import holds, judge
from contacts.conditions.operators import OPERATORS
from contacts.conditions.reading import readings
from contacts.conditions.tree import parse
from security.errors import Refusal

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
WHO = Subject(UUID(int=1), NOW)


def fact(key: str, kind: str, value: Any, **more: Any) -> Fact:
    return Fact(key, kind, key, lambda subjects, within: {one: value for one in subjects if value is not None}, **more)


def choices(region_id: int) -> list[Choice]:
    return [Choice("vip", "VIP"), Choice("new", "新客")]


KNOWN = [
    fact("message.text", "text", "我要退款，Please refund-me 謝謝"),
    fact("contact.orders", "number", 2, timed=True),
    fact("contact.loud", "boolean", True),
    fact("contact.language", "choice", "en", choices=choices),
    fact("contact.tags", "tags", frozenset(["vip"]), choices=choices),
    fact("contact.seen", "date", NOW - timedelta(days=61)),
    fact("contact.spent", "money", {"TWD": 120_000}),
    fact("event.waited", "duration", 90),
]
UNKNOWN = [fact(f"order.{kind}", kind, None, choices=choices) for kind in OPERATORS]
FACTS = {one.key: one for one in [*KNOWN, *UNKNOWN]}

HELD: list[tuple[str, str, Any, bool]] = [
    ("message.text", "contains_any", ["退款"], True),
    ("message.text", "contains_any", ["退货", "REFUND me"], True),
    ("message.text", "contains_any", ["fund"], False),  # part of a longer word
    ("message.text", "contains_all", ["退款", "謝謝"], True),
    ("message.text", "contains_none", ["退款"], False),
    ("message.text", "begins_with", ["我要"], True),
    ("message.text", "is_any", ["我要退款"], False),
    ("contact.orders", "ge", 2, True),
    ("contact.orders", "gt", 2, False),
    ("contact.orders", "between", [1, 2], True),
    ("contact.orders", "ne", 2, False),
    ("contact.loud", "is_true", None, True),
    ("contact.language", "is_none", ["vip"], True),
    ("contact.tags", "has_any", ["new", "vip"], True),
    ("contact.tags", "has_all", ["new", "vip"], False),
    ("contact.tags", "has_none", ["new"], True),
    ("contact.seen", "longer_ago", 60, True),
    ("contact.seen", "within_last", 60, False),
    ("contact.seen", "before", "2026-11-01", True),
    ("contact.spent", "ge", {"amount_minor": 100_000, "currency": "TWD"}, True),
    ("contact.spent", "ge", {"amount_minor": 1, "currency": "USD"}, False),
    ("event.waited", "ge", 90, True),
]


def frozen() -> Frozen:
    return freeze([WHO], [(key, None) for key in FACTS] + [("contact.orders", 24)], FACTS)[0]


def test_every_operator_says_what_it_means() -> None:
    known = frozen()
    for key, op, value, expected in HELD:
        tree = parse({"all": [{"fact": key, "op": op, "value": value}]}, FACTS, region_id=1)
        assert holds(tree, known, FACTS) is expected, (key, op, value)
        assert judge(tree, known, FACTS).holds is expected


def test_what_is_not_known_holds_of_negative_operators_only() -> None:
    values = {"words": ["a"], "choices": ["vip"], "range": [0, 1], "duration_range": [0, 1], "moment": "2026-01-01"}
    values |= {"none": None, "money": {"amount_minor": 1, "currency": "TWD"}}
    positive = set()
    for kind, operators in OPERATORS.items():
        for op in operators.values():
            given = {"fact": f"order.{kind}", "op": op.key, "value": values.get(op.shape, 1)}
            if holds(parse({"any": [given]}, FACTS, region_id=1), frozen(), FACTS):
                positive.add(op.key)
    assert positive == {"unknown", "contains_none", "ne", "is_false", "is_none", "has_none", "lt"}


def test_groups_nest_and_each_part_tells_its_outcome() -> None:
    refund = {"fact": "message.text", "op": "contains_any", "value": ["退款", "退貨"]}
    often = {"fact": "contact.orders", "op": "ge", "value": 2, "within_hours": 24}
    vip = {"fact": "contact.tags", "op": "has_any", "value": ["vip"]}
    tree = parse({"all": [refund, {"any": [often, vip]}, {"none": [vip]}]}, FACTS, region_id=1)
    outcome = judge(tree, frozen(), FACTS)
    assert [part.holds for part in outcome.parts] == [True, True, False] and not outcome.holds
    assert outcome.parts[0].seen == ["退款"]  # which words, never the text
    told = readings(tree, FACTS, region_id=1)
    assert told["en"] == (
        "message.text contains “退款” or “退貨” and (contact.orders in the past 24 hours is at least 2 or "
        "contact.tags include “VIP”) and none of this holds: (contact.tags include “VIP”)"
    )
    assert "過去 24 小時" in told["zh-hant"] and "以下皆不成立" in told["zh-hant"]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"all": []}, "conditions.all"),
        ({"all": [{"any": []}]}, "conditions.all.0.any"),
        ({"fact": "contact.orders", "op": "ge", "value": 1}, "conditions"),
        ({"all": [{"fact": "nobody.knows", "op": "ge"}]}, "conditions.all.0.fact"),
        ({"all": [{"fact": "contact.orders", "op": "contains_any"}]}, "conditions.all.0.op"),
        ({"all": [{"fact": "contact.orders", "op": "ge", "value": "2"}]}, "conditions.all.0.value"),
        ({"all": [{"fact": "contact.orders", "op": "ge", "value": True}]}, "conditions.all.0.value"),
        ({"all": [{"fact": "contact.tags", "op": "has_any", "value": ["gone"]}]}, "conditions.all.0.value"),
        ({"all": [{"fact": "message.text", "op": "contains_any", "value": ["…"]}]}, "conditions.all.0.value"),
        ({"all": [{"fact": "contact.tags", "op": "has_any", "value": ["vip"], "within_hours": 2}]},
         "conditions.all.0.within_hours"),
        ({"all": [{"any": [{"none": [{"any": [{"all": [{}]}]}]}]}]}, "conditions.all.0.any.0.none.0.any.0"),
        ({"all": [{"fact": "contact.orders", "op": "ge", "value": 1}] * 41}, "conditions.all.40"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_its_place(data: Any, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(data, FACTS, region_id=1)
    assert refused.value.field == field


def test_a_condition_that_is_not_chosen_yet_is_missing_rather_than_unknown() -> None:
    for fact, code in (("", "required"), ("nobody.knows", "invalid")):
        with pytest.raises(Refusal) as refused:
            parse({"all": [{"fact": fact, "op": ""}]}, FACTS, region_id=1)
        assert (refused.value.code, refused.value.field) == (code, "conditions.all.0.fact")
