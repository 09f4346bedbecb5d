"""Rules which are told late: the limit of the portfolio, marketing, payment, prices, free entry points."""

from typing import Any

import pytest

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, WABA, customer_who_wrote, put_number
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_sending import wamid_of
from tests.inbox.simulator.test_template_life import told

Customer = dict[str, Any]
HOUR, DAY = 3600, 86400
OFFER = {"type": "template", "template": {"name": "offer", "language": {"code": "en_US"}}}
HELLO = {"type": "template", "template": {"name": "hello_world", "language": {"code": "en_US"}}}
FIRST_OF_OCTOBER = 1790812800


@pytest.fixture
def offers(simulator: Running) -> str:
    """The id of a marketing template, approved."""
    return put_template(simulator)


def put_template(simulator: Running, name: str = "offer", category: str = "MARKETING") -> str:
    row = {"waba_id": WABA, "name": name, "language": "en_US", "category": category,
           "components": [{"type": "BODY", "text": f"{name} of the day."}]}  # fmt: skip
    return str(simulator.sim("POST", "templates", row)["id"])


def outcome(simulator: Running, callback: Callback, customer: Customer, **body: Any) -> int | str:
    """`delivered`, or the code with which the message failed."""
    wamid = wamid_of(simulator.send(customer["phone"], **body))
    last = until(lambda: [row for row in callback.statuses(wamid) if row["status"] in ("failed", "delivered")])[0]
    return last["errors"][0]["code"] if last["status"] == "failed" else "delivered"


def price(simulator: Running, callback: Callback, customer: Customer, **body: Any) -> tuple[str, str, bool]:
    wamid = wamid_of(simulator.send(customer["phone"], **body))
    found = until(lambda: [row for row in callback.statuses(wamid) if "pricing" in row])[0]["pricing"]
    return found["type"], found["category"], found["billable"]


def person(simulator: Running, **fields: Any) -> Customer:
    return simulator.sim("POST", "customers", {"country": "TW", **fields})


def own(simulator: Running, **parts: Any) -> None:
    simulator.sim("PATCH", f"numbers/{NUMBER}/account", parts)


# --- the messaging limit ---------------------------------------------------------------------------------------------


@pytest.fixture
def small(simulator: Running) -> Running:
    """A portfolio that may reach 50 people a day, 49 of them reached."""
    simulator.sim("PATCH", "settings", {"tier_rises": False})
    own(simulator, portfolio={"tier": "TIER_50"})
    now = simulator.world.clock.now()
    for index in range(49):
        simulator.world.database.insert("reach", {"portfolio_id": "default", "user": f"u{index}", "at": now})
    return simulator


def test_past_the_limit_a_new_person_is_not_reached(small: Running, callback: Callback) -> None:
    first, second = person(small), person(small)
    assert outcome(small, callback, first, **HELLO) == "delivered"
    assert outcome(small, callback, second, **HELLO) == 131048
    assert outcome(small, callback, first, **HELLO) == "delivered"  # reached today already
    inside = customer_who_wrote(small, name="Inside", country="TW")
    assert outcome(small, callback, inside, **HELLO) == "delivered"  # an open window does not count
    small.sim("POST", "clock", {"advance": DAY + 1})
    assert outcome(small, callback, second, **HELLO) == "delivered"


def test_the_numbers_of_a_portfolio_share_the_limit(small: Running, callback: Callback) -> None:
    put_number(small, callback, phone_number_id="100000000000002", display_phone_number="+1 555-010-0002")
    assert outcome(small, callback, person(small), **HELLO) == "delivered"
    wamid = wamid_of(small.call("POST", "100000000000002/messages", json={
        "messaging_product": "whatsapp", "to": person(small)["phone"], **HELLO}))  # fmt: skip
    assert until(lambda: callback.statuses(wamid))[0]["errors"][0]["code"] == 131048


def test_past_the_limit_a_message_may_silently_stay_or_pass(small: Running, callback: Callback) -> None:
    assert outcome(small, callback, person(small), **HELLO) == "delivered"
    small.sim("PATCH", "settings", {"over_limit": "silent"})
    wamid = wamid_of(small.send(person(small)["phone"], **HELLO))
    assert small.sim("GET", "state")["counts"]["timer"] == 0 and callback.statuses(wamid) == []
    small.sim("PATCH", "settings", {"over_limit": "ignore"})
    assert outcome(small, callback, person(small), **HELLO) == "delivered"


def test_the_limit_rises_once_half_is_used_and_is_told(simulator: Running, callback: Callback) -> None:
    own(simulator, portfolio={"tier": "TIER_250"})
    now = simulator.world.clock.now()
    for index in range(124):
        simulator.world.database.insert("reach", {"portfolio_id": "default", "user": f"u{index}", "at": now})
    assert outcome(simulator, callback, person(simulator), **HELLO) == "delivered"
    simulator.sim("POST", "clock", {"advance": 6 * HOUR + 1})
    value = told(callback, "business_capability_update")
    assert value == {"max_daily_conversations_per_business": "TIER_2K", "max_phone_numbers_per_waba": 20}
    field = "whatsapp_business_manager_messaging_limit"
    assert simulator.call("GET", NUMBER, params={"fields": field}).json()[field] == "TIER_2K"


def test_a_red_number_keeps_the_limit_from_rising(simulator: Running, callback: Callback) -> None:
    simulator.sim("POST", "incidents", {"kind": "number_quality", "number": NUMBER, "rating": "RED"})
    now = simulator.world.clock.now()
    for index in range(124):
        simulator.world.database.insert("reach", {"portfolio_id": "default", "user": f"u{index}", "at": now})
    assert outcome(simulator, callback, person(simulator), **HELLO) == "delivered"
    simulator.sim("POST", "clock", {"advance": 6 * HOUR + 1})
    until(lambda: simulator.sim("GET", "state")["counts"]["timer"] == 0)
    labels = {row["label"] for row in simulator.sim("GET", "webhooks")["results"]}
    assert "account business_capability_update" not in labels and "account phone_number_quality_update" in labels


# --- marketing -------------------------------------------------------------------------------------------------------


def test_one_user_gets_two_marketing_messages_a_day(simulator: Running, callback: Callback, offers: str) -> None:
    anna = person(simulator)
    assert [outcome(simulator, callback, anna, **OFFER) for _ in range(3)] == ["delivered"] * 2 + [131049]
    assert outcome(simulator, callback, anna, **HELLO) == "delivered"  # utility has no share
    simulator.sim("POST", "clock", {"advance": DAY + 1})
    assert outcome(simulator, callback, anna, **OFFER) == "delivered"


def test_marketing_in_an_open_window_has_no_cap(
    simulator: Running, callback: Callback, mei: Customer, offers: str
) -> None:
    assert [outcome(simulator, callback, mei, **OFFER) for _ in range(3)] == ["delivered"] * 3


def test_marketing_does_not_reach_the_united_states(simulator: Running, callback: Callback, offers: str) -> None:
    american = person(simulator, country="US")
    assert outcome(simulator, callback, american, **OFFER) == 131049
    assert outcome(simulator, callback, american, **HELLO) == "delivered"
    simulator.sim("PATCH", "settings", {"us_marketing": "delivered"})
    assert outcome(simulator, callback, american, **OFFER) == "delivered"


def test_who_stopped_marketing_gets_none(simulator: Running, callback: Callback, mei: Customer, offers: str) -> None:
    act = {"kind": "stop_marketing", "customer": mei["id"], "number": NUMBER, "detail": "{}", "at": 1.0}
    simulator.world.database.insert("act", act)
    assert outcome(simulator, callback, mei, **OFFER) == 131050
    assert outcome(simulator, callback, mei, **HELLO) == "delivered"
    simulator.world.database.insert("act", {**act, "kind": "resume_marketing"})
    assert outcome(simulator, callback, mei, **OFFER) == "delivered"


def test_the_experiment_keeps_marketing_back(
    simulator: Running, callback: Callback, mei: Customer, offers: str
) -> None:
    simulator.sim("PATCH", "settings", {"experiment_customers": [mei["id"]]})
    assert outcome(simulator, callback, mei, **OFFER) == 130472
    assert outcome(simulator, callback, mei, **HELLO) == "delivered"


def test_the_marketing_endpoint_has_its_own_category(
    simulator: Running, callback: Callback, mei: Customer, offers: str
) -> None:
    body = {"messaging_product": "whatsapp", "to": mei["phone"], **OFFER}
    wamid = wamid_of(simulator.call("POST", f"{NUMBER}/marketing_messages", json=body))
    found = until(lambda: [row for row in callback.statuses(wamid) if "pricing" in row])[0]["pricing"]
    assert found["category"] == "marketing_lite"


# --- money -----------------------------------------------------------------------------------------------------------


def test_since_october_utility_is_charged_in_the_window_too(
    simulator: Running, callback: Callback, mei: Customer, offers: str
) -> None:
    assert price(simulator, callback, mei) == ("free_customer_service", "service", False)
    assert price(simulator, callback, mei, **HELLO) == ("regular", "utility", True)
    assert price(simulator, callback, mei, **OFFER) == ("regular", "marketing", True)


def test_before_october_whatever_answers_in_the_window_is_free(
    simulator: Running, callback: Callback, offers: str
) -> None:
    # The clock of this world stands on 30 September 2026.
    clock = simulator.world.clock
    clock.offset += FIRST_OF_OCTOBER - HOUR - clock.now()
    early = customer_who_wrote(simulator, name="Early", country="TW")
    assert price(simulator, callback, early) == ("free_customer_service", "service", False)
    assert price(simulator, callback, early, **HELLO) == ("free_customer_service", "utility", False)
    assert price(simulator, callback, early, **OFFER) == ("regular", "marketing", True)


def test_without_a_payment_method_only_the_free_tier_goes_out(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    simulator.sim("POST", "incidents", {"kind": "payment_failed", "number": NUMBER})
    assert outcome(simulator, callback, mei) == "delivered"
    assert outcome(simulator, callback, mei, **HELLO) == 131042
    month = {"pricing": '{"type": "free_customer_service"}'}
    with simulator.world.database.transaction():
        for _ in range(1000):
            wamid = simulator.world.add_message(customer=mei["id"], number=NUMBER, direction="out", kind="text",
                                                content={"body": "x"}, at=simulator.world.clock.now())  # fmt: skip
            simulator.world.database.update("message", "wamid", wamid, month)
    simulator.world.free_used.clear()
    assert outcome(simulator, callback, mei) == 131042
    simulator.sim("POST", "incidents", {"kind": "payment_recovered", "number": NUMBER})
    assert outcome(simulator, callback, mei) == "delivered"


def from_an_ad(simulator: Running, customer: Customer) -> None:
    referral = {"source_type": "ad", "source_id": "1", "source_url": "https://fb.me/x", "ctwa_clid": "c"}
    body = {"number": NUMBER, "type": "text", "text": "I saw the ad", "referral": referral}
    simulator.sim("POST", f"customers/{customer['id']}/messages", body)


@pytest.mark.parametrize("hours", [72, 168])
def test_after_an_answer_to_an_ad_everything_is_free_for_days(
    simulator: Running, callback: Callback, offers: str, hours: int
) -> None:
    simulator.sim("PATCH", "settings", {"free_entry_point_hours": hours})
    anna = person(simulator)
    from_an_ad(simulator, anna)
    free = ("free_entry_point", "referral_conversion", False)
    assert price(simulator, callback, anna) == free
    assert price(simulator, callback, anna, **OFFER) == free
    last = callback.values()[-1]["statuses"][0]
    assert last["conversation"]["origin"] == {"type": "referral_conversion"}
    simulator.sim("POST", "clock", {"advance": hours * HOUR - 60})
    assert price(simulator, callback, anna, **OFFER) == free
    simulator.sim("POST", "clock", {"advance": 120})
    assert price(simulator, callback, anna, **HELLO) == ("regular", "utility", True)


def test_an_answer_after_a_day_opens_no_free_entry(simulator: Running, callback: Callback) -> None:
    anna = person(simulator)
    from_an_ad(simulator, anna)
    simulator.sim("POST", "clock", {"advance": DAY + 60})
    assert price(simulator, callback, anna, **HELLO) == ("regular", "utility", True)
