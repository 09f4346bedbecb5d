"""Analytics add up to what was really sent."""

import itertools
from typing import Any

import pytest

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_messaging_rules import HELLO, Customer, outcome, person
from tests.inbox.simulator.test_sending import wamid_of

DAY = 86400


def ask(simulator: Running, metric: str, **modifiers: Any) -> dict[str, Any]:
    now = int(simulator.world.clock.now())
    given = {"start": now - DAY, "end": now + 60, "granularity": "DAILY", **modifiers}
    fields = metric + "".join(f".{name}({value})" for name, value in given.items())
    return simulator.call("GET", WABA, params={"fields": f"name,{fields}"}).json()


def test_counts_match_the_traffic(simulator: Running, callback: Callback, mei: Customer) -> None:
    stranger = wamid_of(simulator.send("+447700900999"))
    until(lambda: callback.statuses(stranger))
    assert [outcome(simulator, callback, mei, **body) for body in ({}, HELLO)] == ["delivered"] * 2
    british = person(simulator, country="GB")
    simulator.sim("PATCH", f"customers/{british['id']}", {"online": False})
    wamid = wamid_of(simulator.send(british["phone"], **HELLO))
    until(lambda: callback.statuses(wamid))
    points = ask(simulator, "analytics")["analytics"]["data_points"]
    assert (sum(point["sent"] for point in points), sum(point["delivered"] for point in points)) == (3, 2)
    points = ask(simulator, "analytics", country_codes='["GB"]')["analytics"]["data_points"]
    assert (sum(point["sent"] for point in points), sum(point["delivered"] for point in points)) == (1, 0)
    answer = ask(simulator, "pricing_analytics", dimensions='["PRICING_CATEGORY","PRICING_TYPE","COUNTRY"]')
    volumes = [{key: point[key] for key in ("pricing_category", "pricing_type", "country", "volume")}
               for point in answer["pricing_analytics"]["data"][0]["data_points"]]  # fmt: skip
    assert volumes == [
        {"pricing_category": "SERVICE", "pricing_type": "FREE_CUSTOMER_SERVICE", "country": "TW", "volume": 1},
        {"pricing_category": "UTILITY", "pricing_type": "REGULAR", "country": "TW", "volume": 1},
    ]
    assert (answer["id"], answer["name"]) == (WABA, "Tea Shop")


def test_template_insights_are_switched_on_first(simulator: Running, callback: Callback, mei: Customer) -> None:
    buttons = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Yes"}]}
    row = {
        "waba_id": WABA,
        "name": "ask",
        "language": "en_US",
        "components": [{"type": "BODY", "text": "Well?"}, buttons],
    }
    template = simulator.sim("POST", "templates", row)["id"]
    assert ask(simulator, "template_analytics", template_ids=f"[{template}]")["error"]["code"] == 200007
    simulator.call("POST", WABA, params={"is_enabled_for_insights": "true"})
    body = {"type": "template", "template": {"name": "ask", "language": {"code": "en_US"}}}
    wamid = wamid_of(simulator.send(mei["phone"], **body))
    until(lambda: [row["status"] for row in callback.statuses(wamid)][-1:] == ["delivered"])
    simulator.sim("POST", f"customers/{mei['id']}/read", {"number": NUMBER})
    tap = {"number": NUMBER, "type": "button", "text": "Yes", "reply_to": wamid}
    simulator.sim("POST", f"customers/{mei['id']}/messages", tap)
    answer = ask(simulator, "template_analytics", template_ids=f"[{template}]")["template_analytics"]
    points = answer["data"][0]["data_points"]
    found = {name: sum(point[name] for point in points) for name in ("sent", "delivered", "read")}
    assert found == {"sent": 1, "delivered": 1, "read": 1}
    clicked = [click for point in points for click in point["clicked"]]
    assert clicked == [{"type": "quick_reply_button", "button_content": "Yes", "count": 1}]


@pytest.mark.parametrize(
    "modifiers",
    [
        {"granularity": "YEARLY"},
        {"start": 5, "end": 4},
        {"start": "soon"},
        {"start": 1_000_000_000},
    ],
)
def test_an_odd_question_is_refused(shop: Running, modifiers: dict[str, Any]) -> None:
    assert ask(shop, "analytics", **modifiers)["error"]["code"] == 100


def test_spans_are_days_half_hours_or_months(shop: Running) -> None:
    for granularity, least in (("HALF_HOUR", 48), ("DAY", 1), ("MONTH", 1)):
        points = ask(shop, "analytics", granularity=granularity)["analytics"]["data_points"]
        assert len(points) >= least
        assert all(before["end"] == after["start"] for before, after in itertools.pairwise(points))
    assert ask(shop, "pricing_analytics", dimensions='["COLOUR"]')["error"]["code"] == 100
