"""The card: all of a contact in one call, and what comes first on it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contacts.actions.custom_fields import set_field
from contacts.actions.field_definitions import add_field, change_field
from contacts.actions.tagging import tag_contact
from contacts.actions.tags import add_tag
from contacts.card.highlights import CardFacts, highlights
from contacts.card.shapes import CardEntryShape, SpendingShape, card_entry
from contacts.models import FieldDefinition, FieldValue
from inbox.models import Conversation
from security.errors import Refusal
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import logged, thread

_ALL = "the test looks"
_NOW = datetime(2026, 11, 28, tzinfo=UTC)
_PLANS = [{"label": "金卡"}, {"label": "Silver"}]


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia), customer("Mei Lin"), "See https://shop.test/a?b=1, and https://shop.test/c。")


def field(cast: Cast, type: str, **more: Any) -> FieldDefinition:
    options = _PLANS if type == "choice" else ()
    return add_field(by=BY, region_id=cast.asia.pk, key=f"f_{type}", label=type, type=type, options=options, **more)


def entry(kind: str, days: int, **more: Any) -> CardEntryShape:
    return card_entry(id=f"{kind}{days}", kind=kind, at=_NOW - timedelta(days=days), **more)


def test_one_call_shows_all_there_is(cast: Cast, talk: Conversation):
    vip = add_tag(by=BY, region_id=cast.asia.pk, name="VIP", group="Value")
    tag_contact(by=cast.access("ben"), contact_id=talk.contact_id, tag_id=vip.pk)
    plan = field(cast, "choice")
    set_field(by=cast.access("ben"), contact_id=talk.contact_id, definition_id=plan.pk, value="金卡")
    card = cast.browser("eli").get(f"/api/v1/contacts/{talk.contact_id}/card").json()
    assert card["contact"]["name"] == "Mei Lin"
    assert [(one["name"], one["by"]["name"]) for one in card["tags"]] == [("VIP", cast.ben.name)]
    assert [(one["label"], one["value"]) for one in card["fields"]] == [("choice", "金卡")]
    assert [one["title"] for one in card["sections"]["links"]] == ["https://shop.test/a?b=1", "https://shop.test/c"]
    assert [(one["title"], one["state"]) for one in card["sections"]["cases"]] == [("1", "open")]
    assert cast.browser("cho").get(f"/api/v1/contacts/{talk.contact_id}/card").status_code == 404


@pytest.mark.parametrize(
    ("type", "given", "kept", "number"),
    [
        ("text", "  Blue  ", "Blue", None),
        ("number", "1,250.50", "1250.5", 1250.5),
        ("date", "2026/01/31", "2026-01-31", 739647),
        ("boolean", "是", True, None),
        ("choice", "ｓｉｌｖｅｒ", "silver", None),
        ("url", "https://kefu.test/x", "https://kefu.test/x", None),
        ("number", "many", None, None),
        ("number", "NaN", None, None),
        ("number", "-Infinity", None, None),
        ("date", "31.1.", None, None),
        ("boolean", "perhaps", None, None),
        ("choice", "Bronze", None, None),
        ("url", "javascript:alert(1)", None, None),
    ],
)
def test_a_value_is_read_as_its_type(
    cast: Cast, talk: Conversation, type: str, given: str, kept: object, number: float | None
):
    wanted, ben = field(cast, type), cast.access("ben")
    if kept is None:
        with pytest.raises(Refusal) as refused:
            set_field(by=ben, contact_id=talk.contact_id, definition_id=wanted.pk, value=given)
        assert refused.value.field == wanted.key
        return
    set_field(by=ben, contact_id=talk.contact_id, definition_id=wanted.pk, value=given)
    row = FieldValue.objects.for_system(_ALL).get()
    assert (row.value, row.number) == (kept, number)
    assert (row.digest is None) == (number is not None), "found by one or the other"
    assert set_field(by=ben, contact_id=talk.contact_id, definition_id=wanted.pk, value="") is None
    assert len(logged("contact.field_set")) == 2


def test_what_cannot_be_filtered_by_rests_as_ciphertext_only(cast: Cast, talk: Conversation):
    born = field(cast, "date", filterable=False)
    set_field(by=BY, contact_id=talk.contact_id, definition_id=born.pk, value="1990-05-01")
    row = FieldValue.objects.for_system(_ALL).get()
    assert (row.value, row.digest, row.number) == ("1990-05-01", None, None)


def test_a_choice_that_is_called_otherwise_stays_chosen(cast: Cast):
    plan = field(cast, "choice")
    options = [{"key": "金卡", "label": "Gold"}, {"label": "Silver plus"}]
    changed = change_field(by=cast.access("dee"), field_id=plan.pk, options=options)
    assert changed.options == [{"key": "金卡", "label": "Gold"}, {"key": "silver plus", "label": "Silver plus"}]


@pytest.mark.parametrize(
    ("entries", "codes"),
    [
        ({}, []),
        ({"orders": [entry("order", 300, state="delivered", items=["Kettle"])]}, ["bought"]),
        ({"orders": [entry("order", 500, state="delivered", items=["Kettle"])]}, []),
        (
            {"orders": [entry("order", 2, state="shipped"), entry("order", 9, state="returning")]},
            ["returning", "order_shipped"],
        ),
        ({"orders": [entry("order", 1, state="paid"), entry("order", 2, state="pending")]}, ["orders_open"]),
        ({"cases": [entry("case", 1), entry("case", 9, ended_at=_NOW, marks=["threat"])]}, ["unhappy"]),
        ({"cases": [entry("case", 1, ended_at=_NOW), entry("case", 9, ended_at=_NOW, marks=["threat"])]}, []),
    ],
)  # fmt: skip
def test_what_comes_first_names_its_source(entries: dict[str, list[CardEntryShape]], codes: list[str]):
    found = highlights(CardFacts(_NOW, entries, []))
    assert [one.code for one in found] == codes
    there = {one.id for rows in entries.values() for one in rows}
    assert {one.source_id for one in found} <= there


def test_who_buys_often_is_good_news():
    bought = SpendingShape("TWD", 7, 700000, _NOW, _NOW)
    orders = {"orders": [entry("order", 3, state="cancelled")]}
    assert [(one.code, one.tone) for one in highlights(CardFacts(_NOW, orders, [bought]))] == [("regular", "good")]
