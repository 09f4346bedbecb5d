"""What programs write over REST with a key, row by row, and what people read of it."""

from typing import Any

import pytest
from django.db import IntegrityError

from contacts.exchange.outsiders import Outsiders
from contacts.models import Contact
from security.models import ApiKey
from tests.conftest import Cast
from tests.security.test_api_keys import program

ROW: dict[str, Any] = {
    "external_id": "o1",
    "contact": {"external_id": "c1", "phone": "+886912345678", "name": "美玲"},
    "number": "#1001",
    "state": "paid",
    "currency": "TWD",
    "total_minor": 120000,
    "placed_at": "2026-05-01T08:00:00Z",
    "items": [{"name": "茶壺", "product": "p1", "unit_minor": 120000}],
}
WRITE = ["contacts.write_order", "contacts.see_contact"]


def shop(cast: Cast) -> Any:
    """A program with Dee's key, for Asia only."""
    _made, secret = ApiKey.objects.create(cast.dee, name="Shop", permissions=WRITE, region_ids=[cast.asia.pk])
    return program(secret)


def post(caller: Any, what: str, cast: Cast, *rows: Any, **more: Any) -> Any:
    body = {"region": cast.asia.pk, "source": "shop", "rows": list(rows), **more}
    return caller.post(f"/api/v1/{what}/upsert", body, content_type="application/json")


def test_a_program_writes_orders_and_people_read_them(cast: Cast):
    caller = shop(cast)
    assert post(caller, "products", cast, {"external_id": "p1", "name": "茶壺"}).json()["created"] == 1
    told = post(caller, "orders", cast, ROW, {**ROW, "external_id": 7}, {**ROW, "state": "lost"}, "no row").json()
    assert [told[name] for name in ("created", "updated", "unchanged", "refused")] == [1, 0, 0, 3]
    fields = [one["refusal"] and one["refusal"]["field"] for one in told["results"]]
    assert fields == [
        None,
        "external_id",
        "state",
        None,
    ]
    assert post(caller, "orders", cast, ROW).json()["unchanged"] == 1
    ben = cast.browser("ben")
    (order,) = ben.get("/api/v1/orders?number=1001").json()["results"]
    assert (order["items"][0]["name"], order["items"][0]["product_id"] is None) == ("茶壺", False)
    contact = order["contact_id"]
    assert ben.get(f"/api/v1/contacts/{contact}/orders").json()["results"] == [order]
    assert ben.get(f"/api/v1/contacts/{contact}/purchases").json()["figures"][0]["spent_minor"] == 120000
    assert ben.get(f"/api/v1/orders/{order['id']}").json() == order
    assert cast.browser("cho").get(f"/api/v1/orders/{order['id']}").status_code == 404


def test_the_key_of_one_region_writes_nowhere_else(cast: Cast):
    answer = post(shop(cast), "contacts", cast, {"external_id": "c1"}, region=cast.europe.pk)
    assert (answer.status_code, Contact.objects.for_system("the test").count()) == (404, 0)
    assert post(cast.browser("fay"), "contacts", cast, {"external_id": "c1"}).status_code == 403


def test_a_customer_whom_somebody_else_introduces_just_now_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    caller, real = shop(cast), Outsiders.save
    others: list[int] = []

    def racing(outsiders: Outsiders) -> None:
        if not others:
            others.append(1)
            raise IntegrityError("duplicate key value violates unique constraint")
        real(outsiders)

    monkeypatch.setattr(Outsiders, "save", racing)
    told = post(caller, "orders", cast, ROW).json()
    assert (told["created"], others, Contact.objects.for_system("the test").count()) == (1, [1], 1)
