"""Shops with Shopify's Admin REST API: pages by ``Link`` headers, a bucket that leaks two calls a second."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from contacts.exchange.rows import ContactRow, ItemRow, OrderRow, ProductRow
from contacts.exchange.shops.asking import Asking
from contacts.exchange.shops.protocol import CONTACTS, ORDERS, PRODUCTS, Page, ShopAddress
from contacts.exchange.shops.reading import Reader, each, minor, moment, name_of, obj, objects, text, whole

VERSION = "2025-07"
_PAGE = "250"
_NEXT = re.compile(r'<([^<>]+)>;\s{0,9}rel="next"')
_BUCKET = "X-Shopify-Shop-Api-Call-Limit"
_NAMES = {PRODUCTS: "products", CONTACTS: "customers", ORDERS: "orders"}
_LEAK = 2.0  # calls a second
_ROOM = 4  # so many calls are left to the shop's other programs


class Shopify:
    def __init__(self, address: ShopAddress) -> None:
        self._country = address.country
        self._asking = Asking(
            address.base_url, headers={"X-Shopify-Access-Token": address.credentials.get("token", "")}
        )

    def page(self, resource: str, *, since: datetime | None, cursor: str) -> Page:
        """``page_info`` remembers the filters: beside it only ``limit`` may be given."""
        name = _NAMES[resource]
        params = {"limit": _PAGE}
        if cursor:
            params["page_info"] = cursor
        else:
            params |= {"order": "updated_at asc"} | ({"status": "any"} if resource == ORDERS else {})
            params |= {"updated_at_min": since.astimezone(UTC).isoformat()} if since is not None else {}
        told, headers = self._asking.get(f"/admin/api/{VERSION}/{name}.json", params)
        readers: dict[str, Reader] = {PRODUCTS: self._product, CONTACTS: self._contact, ORDERS: self._order}
        rows, unread = each(objects(obj(told).get(name)), readers[resource])
        return Page(rows, _next_page(headers.get("Link", "")), _pause(headers.get(_BUCKET, "")), unread)

    def count(self, resource: str) -> int | None:
        params = {"status": "any"} if resource == ORDERS else {}
        told, _headers = self._asking.get(f"/admin/api/{VERSION}/{_NAMES[resource]}/count.json", params)
        found = obj(told).get("count")
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def _product(self, given: dict[str, Any]) -> ProductRow:
        variants = objects(given.get("variants"))
        first = variants[0] if variants else {}
        return ProductRow(
            external_id=text(given["id"]),
            name=text(given["title"]),
            sku=text(first.get("sku"), 80),
            url="",
            told_at=moment(given.get("updated_at")),
            gone=given.get("status", "active") != "active",
        )

    def _contact(self, given: dict[str, Any], *others: Any) -> ContactRow:
        """``others``: addresses that may hold the number when the customer has none."""
        places = [given, obj(given.get("default_address")), *(obj(one) for one in others)]
        country = next((text(one.get("country_code"), 2) for one in places if one.get("country_code")), self._country)
        return ContactRow(
            external_id=text(given.get("id")),
            phone=next((text(one.get("phone"), 40) for one in places if one.get("phone")), ""),
            name=name_of(given.get("first_name"), given.get("last_name")),
            language=None,
            country=country,
        )

    def _order(self, given: dict[str, Any]) -> OrderRow:
        currency = text(given["currency"], 3)
        placed = moment(given.get("created_at"))
        if placed is None:
            raise ValueError("no date")
        state = _state_of(given)
        return OrderRow(
            external_id=text(given["id"]),
            contact=self._contact(
                obj(given.get("customer")), given, given.get("shipping_address"), given.get("billing_address")
            ),
            number=text(given.get("name"), 80),
            state=state,
            currency=currency,
            total_minor=minor(given.get("current_total_price") or given["total_price"], currency),
            placed_at=placed,
            paid_at=moment(given.get("processed_at")) if state != "pending" else None,
            closed_at=moment(given.get("cancelled_at") or given.get("closed_at")),
            told_at=moment(given.get("updated_at")),
            items=tuple(_item(line, currency) for line in objects(given.get("line_items"))),
        )


def _item(line: dict[str, Any], currency: str) -> ItemRow:
    variant = text(line.get("variant_title"), 80)
    return ItemRow(
        name=text(f"{text(line['title'])} – {variant}" if variant else line["title"]),
        quantity=max(1, whole(line.get("quantity", 1))),
        unit_minor=minor(line.get("price", 0), currency),
        sku=text(line.get("sku"), 80),
        product=text(line.get("product_id"), 120),
    )


def _state_of(given: dict[str, Any]) -> str:
    money, goods = text(given.get("financial_status")), text(given.get("fulfillment_status"))
    if given.get("cancelled_at"):
        return "refunded" if money == "refunded" else "cancelled"
    if money in ("refunded", "voided"):
        return "refunded" if money == "refunded" else "cancelled"
    if text(given.get("return_status")) in ("return_requested", "in_progress"):
        return "returning"
    arrived = [text(one.get("shipment_status")) for one in objects(given.get("fulfillments"))]
    if goods == "fulfilled":
        return "delivered" if arrived and all(one == "delivered" for one in arrived) else "shipped"
    return "paid" if money in ("paid", "partially_refunded") else "pending"


def _next_page(link: str) -> str:
    found = _NEXT.search(link)
    return parse_qs(urlsplit(found.group(1)).query).get("page_info", [""])[0] if found else ""


def _pause(bucket: str) -> float:
    """``32/40``: how long until there is room again for us and others."""
    used, _, size = bucket.partition("/")
    if not (used.isdecimal() and size.isdecimal()):
        return 0.0
    over = int(used) - (int(size) - _ROOM)
    return max(0.0, over / _LEAK)
