"""Variables: known ones filled in, others asked for, none ever sent in braces."""

from datetime import UTC, date, datetime, time

import pytest

from contacts.actions.orders import upsert_orders
from contacts.exchange.rows import ContactRow
from inbox.canned.variables import (
    VARIABLES,
    Facts,
    fill,
    filled_or_refused,
    known_values,
    offered_values,
    refuse_unfilled,
    refuse_unknown,
    variables_in,
)
from inbox.canned.wording import day_in, hours_in, language_of_text
from inbox.errors import VariableMissing
from inbox.models import Channel, Conversation, ServiceHours
from security.errors import Invalid
from tests.conftest import BY, Cast
from tests.contacts.exchange.rows import order
from tests.worlds.customers import customer
from tests.worlds.threads import thread
from tests.worlds.webhooks import message, says


def facts(cast: Cast, talk: Conversation) -> Facts:
    row = Conversation.objects.for_system("the test").select_related("contact", "channel").get(pk=talk.pk)
    return Facts(cast.access("ben"), row)


def test_what_is_known_is_filled_in(cast: Cast, talk: Conversation):
    ServiceHours.objects.create(region=cast.asia, weekday=0, opens=time(9), closes=time(18))
    found = known_values(facts(cast, talk))
    assert (found["contact.name"], found["agent.name"], found["region.name"]) == ("Mei Lin", "Ben", "亞洲")
    assert (found["business_hours"], found["case.number"]) == ("Mon 09:00–18:00", "1")
    assert "order.number" not in found and "tracking.number" not in found
    assert set(found) <= set(VARIABLES)


def test_a_number_is_no_name_to_greet_with(cast: Cast, shop: Channel):
    talk = thread(shop, customer(""))
    assert "contact.name" not in known_values(facts(cast, talk))


def test_order_numbers_are_proposed_from_what_the_customer_wrote(cast: Cast, shop: Channel):
    who = customer("Mei")
    talk = thread(shop, who, "Where is order TW-20260311? My phone is +886912345678")
    says(shop, who, message(who, "text", "And #88412, please"))
    assert offered_values(facts(cast, talk))["order.number"] == ["88412", "TW-20260311"]


def test_the_latest_order_is_known_and_the_others_are_proposed_after_what_was_written(cast: Cast, shop: Channel):
    who = customer("Mei")
    talk = thread(shop, who, "Where is A1001?")
    assert "order.latest" not in known_values(facts(cast, talk))
    for number, day in (("#A1001", 1), ("#A1002", 3), ("", 4)):
        at = datetime(2026, 5, day, tzinfo=UTC)
        row = order(f"o{day}", number=number, placed_at=at, contact=ContactRow("c9", phone=f"+{who.wa_id}"))
        (told,) = upsert_orders(by=BY, region=cast.asia, source="shop", rows=[row])
        assert told.refusal is None
    found = facts(cast, talk)
    assert known_values(found)["order.latest"] == "#A1002"
    assert offered_values(found)["order.number"] == ["A1001", "#A1002"]


def test_filling_names_what_is_missing_and_leaves_other_braces_alone():
    done = fill("Hi {contact.name}, { order.number } {x: 1} {}", {"contact.name": "Mei"})
    assert (done.text, done.missing) == ("Hi Mei, {order.number} {x: 1} {}", ["order.number"])
    assert fill("{business hours}", {"business_hours": "9–6"}).text == "9–6"
    assert fill("{contact.name}", {"contact.name": "  "}).missing == ["contact.name"]


def test_a_value_is_never_looked_at_for_variables():
    assert fill("{contact.name}", {"contact.name": "{agent.name}"}).text == "{agent.name}"


def test_a_missing_one_is_refused_by_name():
    with pytest.raises(VariableMissing) as refused:
        filled_or_refused("Order {order.number}", {}, field="values")
    assert refused.value.field == "values.order.number"
    with pytest.raises(VariableMissing):
        refuse_unfilled("Your order {order.number}", field="text")
    refuse_unfilled("A set {like this} is fine", field="text")


def test_a_misspelt_one_is_refused_when_it_is_written():
    with pytest.raises(Invalid) as refused:
        refuse_unknown("Hi {contact.nmae}", field="text")
    assert refused.value.field == "text" and "contact.nmae" in str(refused.value.message)
    assert variables_in("{a} {a} {b}") == ["a", "b"]


def test_days_and_hours_as_a_customer_reads_them():
    week = [(day, time(9), time(18)) for day in range(5)]
    assert hours_in([*week, (5, time(10), time(14))], "zh") == "週一至週五 09:00–18:00、週六 10:00–14:00"
    assert hours_in([(0, time(9), time(12)), (0, time(13), time(18))], "en") == "Mon 09:00–12:00, 13:00–18:00"
    assert hours_in([], "zh") == ""
    assert (
        day_in(date(2026, 11, 28), "zh") == "11月28日（六）" and day_in(date(2026, 11, 28), "") == "28 November (Sat)"
    )


@pytest.mark.parametrize(("text", "language"), [("こんにちは", "ja"), ("안녕", "ko"), ("你好", "zh"), ("hi", "")])
def test_a_script_tells_a_language_or_nothing(text: str, language: str):
    assert language_of_text(text) == language
