"""Calls of the exchange with other systems."""

from typing import Any

from tests.contracts.calls import Call, call
from tests.worlds.asia import Asia

_ROW = {"external_id": "new", "name": "Pot"}
_ORDER = {
    "external_id": "new",
    "contact": {"external_id": "c-new", "name": "Mei"},
    "state": "paid",
    "currency": "TWD",
    "total_minor": 100,
    "placed_at": "2026-05-01T08:00:00Z",
}
_SOURCE = {"code": "pos", "name": "Till", "kind": "webhook"}
_SUBSCRIPTION = {"name": "ERP", "url": "https://erp.example.com/hooks", "kinds": ["order.paid"]}


def _rows(*rows: Any) -> Any:
    return lambda world: {"region": world.cast.asia.pk, "source": "shop", "rows": list(rows)}


def _there(body: dict[str, Any]) -> Any:
    def given(world: Asia) -> dict[str, Any]:
        return {**body, "region_id": world.cast.asia.pk}

    return given


EXCHANGE: list[Call] = [
    call("POST contacts/upsert", "supervisor", body=_rows(_ROW)),
    call("GET contacts/<uuid:contact_id>/orders", "observer"),
    call("GET contacts/<uuid:contact_id>/purchases", "observer"),
    call("GET orders", "observer"),
    call("GET orders/<uuid:order_id>", "observer"),
    call("POST orders/upsert", "supervisor", body=_rows(_ORDER)),
    call("GET products", "observer"),
    call("POST products/upsert", "supervisor", body=_rows(_ROW)),
    call("GET exchange/kinds", "admin"),
    call("GET exchange/sources", "admin"),
    call("POST exchange/sources", "admin", 403, _there(_SOURCE)),  # without a second factor
    call("PATCH exchange/sources/<uuid:source_id>", "admin", body={"name": "Our ERP"}),
    call("DELETE exchange/sources/<uuid:source_id>", "admin", 403),
    call("POST exchange/sources/<uuid:source_id>/secret", "admin", 403),
    call("POST exchange/sources/<uuid:source_id>/read", "admin", 404),  # it is no shop
    call("GET exchange/sources/<uuid:source_id>/hooks", "admin"),
    call("GET exchange/subscriptions", "admin"),
    call("POST exchange/subscriptions", "admin", 403, _there(_SUBSCRIPTION)),
    call("PATCH exchange/subscriptions/<uuid:subscription_id>", "admin", body={"name": "ERP"}),
    call("POST exchange/subscriptions/<uuid:subscription_id>/secret", "admin", 403),
    call("POST exchange/subscriptions/<uuid:subscription_id>/test", "admin", 202),
    call("GET exchange/subscriptions/<uuid:subscription_id>/deliveries", "admin"),
    call("POST exchange/subscriptions/<uuid:subscription_id>/redeliver", "admin", 202, {}),
    call("DELETE exchange/subscriptions/<uuid:subscription_id>", "admin", 204),
]
