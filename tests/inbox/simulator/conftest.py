import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.inbox.simulator.callback import SECRET, VERIFY_TOKEN, Callback, until
from tests.inbox.simulator.running import TOKEN, Running
from tests.inbox.simulator.shapes import complaints_about

NUMBER = "100000000000001"
WABA = "200000000000001"


@pytest.fixture
def callback() -> Iterator[Callback]:
    server = Callback()
    yield server
    server.close()


@pytest.fixture
def bare() -> Iterator[Running]:
    """A simulator without numbers."""
    running = Running()
    yield running
    running.leave()


def put_number(running: Running, callback: Callback | None, **fields: Any) -> dict[str, Any]:
    body = {
        "phone_number_id": NUMBER,
        "waba_id": WABA,
        "display_phone_number": "+1 555-010-0001",
        "verified_name": "Tea Shop",
        "app_secret": SECRET,
        "access_token": TOKEN,
        "verify_token": VERIFY_TOKEN,
        "webhook_url": callback.url if callback else "",
        **fields,
    }
    return running.sim("POST", "numbers", body)


def verified(running: Running) -> bool:
    return all(row["handshake"] == "verified" for row in running.sim("GET", "numbers")["results"])


@pytest.fixture
def simulator(bare: Running, callback: Callback) -> Running:
    """One business number whose callback is verified, and fast statuses."""
    put_number(bare, callback)
    bare.sim(
        "PATCH", "settings", {"sent_after": [0.0, 0.01], "delivered_after": [0.02, 0.04], "failed_after": [0.0, 0.01]}
    )
    until(lambda: verified(bare))
    return bare


@pytest.fixture
def conforming(callback: Callback) -> Iterator[None]:
    """Whatever the test made the simulator send, it had the shapes that are known of Meta's."""
    yield
    wrong = {json.dumps(body)[:400]: found for body in callback.taken() if (found := complaints_about(body))}
    assert wrong == {}


@pytest.fixture
def mei(simulator: Running) -> dict[str, Any]:
    """A customer in Taiwan who wrote a moment ago, so her window is open."""
    return customer_who_wrote(simulator, name="Mei", country="TW")


def customer_who_wrote(running: Running, **fields: Any) -> dict[str, Any]:
    customer = running.sim("POST", "customers", fields)
    message = running.sim(
        "POST", f"customers/{customer['id']}/messages", {"number": NUMBER, "type": "text", "text": "Hi"}
    )
    return {**customer, "first": message["wamid"]}


@pytest.fixture(scope="module")
def shop() -> Iterator[Running]:
    """One simulator for a whole table of cases: a number without a callback, no rate limits, statuses never due."""
    running = Running()
    put_number(running, None)
    slow = {name: [3600, 3600] for name in ("sent_after", "delivered_after", "failed_after", "review_after")}
    running.sim("PATCH", "settings", {"pair_rate": False, "throughput": False, **slow})
    yield running
    running.leave()


@pytest.fixture(scope="module")
def regular(shop: Running) -> dict[str, Any]:
    """A customer of the shop, with an open window."""
    return customer_who_wrote(shop, name="Mei", country="TW")
