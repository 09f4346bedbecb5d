"""Shops with WooCommerce's REST API (v3): numbered pages, ``X-WP-TotalPages``, keys as a password.

Numbered pages of a list that is sorted by its last change shift while they are read: what changes moves to the end, and
everything behind it one place forward. So where the API can filter by that change, each page begins after the last
change of the one before; numbers are used only while a whole page has the same second.
"""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from contacts.exchange.rows import ContactRow, ItemRow, OrderRow, ProductRow
from contacts.exchange.shops.asking import Asking
from contacts.exchange.shops.protocol import CONTACTS, ORDERS, PRODUCTS, Page, ShopAddress
from contacts.exchange.shops.reading import Reader, each, minor, moment, name_of, obj, objects, text, whole

_PATH = "/wp-json/wc/v3/"
_PAGE = 100
_NAMES = {PRODUCTS: "products", CONTACTS: "customers", ORDERS: "orders"}
_STATES = {
    "pending": "pending",
    "on-hold": "pending",
    "checkout-draft": "pending",
    "processing": "paid",
    "completed": "delivered",
    "refunded": "refunded",
    "cancelled": "cancelled",
    "failed": "cancelled",
    "trash": "cancelled",
    # What common extensions add.
    "shipped": "shipped",
    "in-transit": "shipped",
    "delivered": "delivered",
    "return-requested": "returning",
    "returned": "returned",
}
_ROUNDED = timedelta(seconds=1)  # the filter compares whole seconds


class WooCommerce:
    def __init__(self, address: ShopAddress) -> None:
        self._country, known = address.country, address.credentials
        self._asking = Asking(address.base_url, headers={}, auth=(known.get("key", ""), known.get("secret", "")))

    def page(self, resource: str, *, since: datetime | None, cursor: str) -> Page:
        name = _NAMES[resource]
        if resource == CONTACTS and since is not None:
            return Page(())  # they know no last change; whoever orders comes with the order
        after, number = _place(cursor, since)
        params = {"per_page": str(_PAGE), "page": str(number), "order": "asc"}
        if resource == CONTACTS:
            params |= {"orderby": "id", "role": "all"}
        else:
            params |= {"orderby": "modified", "dates_are_gmt": "true"}
            params |= {"status": "any"} if resource == ORDERS else {}
            params |= (
                {"modified_after": (after.astimezone(UTC) - _ROUNDED).replace(tzinfo=None).isoformat()}
                if after is not None
                else {}
            )
        told, headers = self._asking.get(_PATH + name, params)
        given = objects(told)
        readers: dict[str, Reader] = {PRODUCTS: _product, CONTACTS: self._contact, ORDERS: self._order}
        rows, unread = each(given, readers[resource])
        more = number < _number(headers.get("X-WP-TotalPages", "")) and bool(given)
        return Page(rows, _onward(resource, given, after, number) if more else "", 0.0, unread)

    def count(self, resource: str) -> int | None:
        params = {"per_page": "1", "page": "1"} | ({"status": "any"} if resource == ORDERS else {})
        _told, headers = self._asking.get(_PATH + _NAMES[resource], params)
        return _number(headers.get("X-WP-Total", "")) or None

    def _contact(self, given: dict[str, Any]) -> ContactRow:
        known = given.get("id") or ""
        return self._whom(known, given, given.get("billing"), given.get("shipping"))

    def _whom(self, known: Any, *places: Any) -> ContactRow:
        told = [obj(one) for one in places]
        names = next((one for one in told if one.get("first_name") or one.get("last_name")), {})
        return ContactRow(
            external_id=text(known) if known else "",
            phone=next((text(one.get("phone"), 40) for one in told if one.get("phone")), ""),
            name=name_of(names.get("first_name"), names.get("last_name")),
            country=next((text(one.get("country"), 2) for one in told if one.get("country")), "") or self._country,
        )

    def _order(self, given: dict[str, Any]) -> OrderRow:
        currency, placed = text(given["currency"], 3), moment(given.get("date_created_gmt"))
        if placed is None:
            raise ValueError("no date")
        return OrderRow(
            external_id=text(given["id"]),
            contact=self._whom(given.get("customer_id"), given.get("billing"), given.get("shipping")),
            number=text(given.get("number") or given["id"], 80),
            state=_STATES.get(text(given.get("status")), "pending"),
            currency=currency,
            total_minor=minor(given["total"], currency),
            placed_at=placed,
            paid_at=moment(given.get("date_paid_gmt")),
            closed_at=moment(given.get("date_completed_gmt")),
            told_at=moment(given.get("date_modified_gmt")),
            items=tuple(_item(line, currency) for line in objects(given.get("line_items"))),
        )


def _product(given: dict[str, Any]) -> ProductRow:
    return ProductRow(
        external_id=text(given["id"]),
        name=text(given["name"]),
        sku=text(given.get("sku"), 80),
        url=text(given.get("permalink"), 500),
        told_at=moment(given.get("date_modified_gmt")),
        gone=given.get("status", "publish") not in ("publish", "private"),
    )


def _item(line: dict[str, Any], currency: str) -> ItemRow:
    quantity = max(1, whole(line.get("quantity", 1)))
    price = line["price"] if line.get("price") not in (None, "") else Decimal(str(line.get("total") or 0)) / quantity
    return ItemRow(
        name=text(line["name"]),
        quantity=quantity,
        unit_minor=minor(price, currency),
        sku=text(line.get("sku"), 80),
        product=text(line.get("product_id"), 120),
    )


def _spelled(after: datetime) -> str:
    """As WordPress spells times in UTC: without a zone."""
    return (after.astimezone(UTC) - _ROUNDED).replace(tzinfo=None).isoformat()


def _place(cursor: str, since: datetime | None) -> tuple[datetime | None, int]:
    if not cursor:
        return since, 1
    after, number = json.loads(cursor)
    return moment(after) if after else None, int(number)


def _onward(resource: str, given: list[dict[str, Any]], after: datetime | None, number: int) -> str:
    """From the last change on; by number where that would lead to the same page again."""
    latest = moment(given[-1].get("date_modified_gmt")) if resource != CONTACTS else None
    moved = latest is not None and (after is None or latest > after + _ROUNDED) and _several_seconds(given)
    if moved and latest is not None:
        return json.dumps([latest.isoformat(), 1])
    return json.dumps([after.isoformat() if after is not None else None, number + 1])


def _several_seconds(given: list[dict[str, Any]]) -> bool:
    return given[0].get("date_modified_gmt") != given[-1].get("date_modified_gmt")


def _number(raw: str) -> int:
    return int(raw) if raw.isdecimal() else 0
