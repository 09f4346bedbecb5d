"""Rules that are no good are refused with the field at fault; sound ones are kept, and the log has what was changed."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from security.actions.behaviour import lay_out_rules, save_rule
from security.errors import Invalid, Missing, NotAllowed
from security.models import BehaviourRule, Operation
from tests.conftest import BY, Cast


def made(**wanted: Any) -> BehaviourRule:
    usual = {"name": "Looking", "actions": ["contact.viewed"], "threshold": 3, "window_minutes": 10}
    return BehaviourRule(**{**usual, **wanted})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 81),
        ("watches", "everybody"),
        ("watched", "emperor"),
        ("measure", "bytes"),
        ("threshold", 0),
        ("threshold", -1),
        ("threshold", 20_001),
        ("threshold", "3"),
        ("threshold", True),
        ("window_minutes", 0),
        ("window_minutes", 10_081),
        ("window_minutes", 10**12),
        ("from_hour", 24),
        ("until_hour", 25),
        ("until_hour", 1),
        ("days", [7]),
        ("days", ["1"]),
        ("days", "weekend"),
        ("severity", "apocalypse"),
        ("follows", "delete"),
        ("actions", ["(a+)+$"]),
        ("actions", ["contact.viewed' OR 1=1 --"]),
        ("actions", [".*"]),
        ("actions", ["*"]),
        ("actions", ["contact.%"]),
        ("actions", ["contact._*"]),
        ("actions", ["Contact.viewed"]),
        ("actions", ["contact.viewed\n"]),
        ("actions", [None]),
        ("actions", ["contact.viewed"] * 41),
        ("actions", "contact.viewed"),
        ("actions", ["a" * 40 + ".viewed"]),
    ],
)
def test_what_is_beyond_the_bounds_is_refused(cast: Cast, field: str, value: object):
    fitting: dict[str, dict[str, Any]] = {
        "watched": {"watches": "level"},
        "from_hour": {"until_hour": 5},
        "until_hour": {"from_hour": 1},
    }
    with pytest.raises(Invalid) as refused:
        save_rule(by=cast.access("ana"), rule=made(**{**fitting.get(field, {}), field: value}), reason="Why not")
    assert refused.value.field == field and not BehaviourRule.objects.exists()


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("name", {"name": "  "}),
        ("actions", {"actions": []}),
        ("until_hour", {"from_hour": 3}),
        ("from_hour", {"until_hour": 3}),
    ],
)
def test_what_is_missing_is_named(cast: Cast, field: str, wanted: dict[str, Any]):
    with pytest.raises(Missing) as refused:
        save_rule(by=cast.access("ana"), rule=made(**wanted), reason="Why not")
    assert refused.value.field == field


def test_rows_may_be_many(cast: Cast):
    save_rule(by=cast.access("ana"), rule=made(measure="rows", threshold=1_000_000), reason="A big shop")
    assert BehaviourRule.objects.get().threshold == 1_000_000


def test_a_change_is_told_before_and_after(cast: Cast):
    rule = save_rule(by=cast.access("ana"), rule=made(), reason="We look")
    rule.threshold, rule.actions, rule.name = 9, ["contact.*", "file.viewed"], "Looking more"
    save_rule(by=cast.access("ana"), rule=rule, reason="Too many alarms")
    details = Operation.objects.get(action="behaviour.changed").details
    assert details["threshold"] == [3, 9] and details["title"] == ["Looking", "Looking more"]
    assert details["actions"] == ["contact.viewed", "contact.*, file.viewed"]
    assert details["reason"] == "Too many alarms" and "window_minutes" not in details


def test_saving_what_is_the_same_is_no_change(cast: Cast):
    rule = save_rule(by=cast.access("ana"), rule=made(), reason="We look")
    save_rule(by=cast.access("ana"), rule=rule, reason="Nothing")
    assert not Operation.objects.filter(action="behaviour.changed").exists()


def test_only_admins_change_rules_and_say_why(cast: Cast):
    with pytest.raises(NotAllowed):
        save_rule(by=cast.access("dee"), rule=made(), reason="Mine")
    with pytest.raises(Missing):
        save_rule(by=cast.access("ana"), rule=made(), reason="")


def test_a_shipped_rule_may_have_neither_a_name_nor_deeds(cast: Cast):
    lay_out_rules(by=BY)
    rule = BehaviourRule.objects.get(shipped="impossible_travel")
    rule.severity = "warning"
    save_rule(by=cast.access("ana"), rule=rule, reason="We travel much")
    assert BehaviourRule.objects.get(shipped="impossible_travel").severity == "warning"


def test_the_database_holds_the_bounds_as_well(cast: Cast):
    for wanted in ({"threshold": 0}, {"window_minutes": 10_081}, {"from_hour": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            made(**wanted).save()
