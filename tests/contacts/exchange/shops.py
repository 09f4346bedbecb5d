"""Shops over real HTTP that behave as Shopify's and WooCommerce's APIs do: paging, limits, faults on wish."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "shpat_1"
KEYS = ("ck_1", "cs_1")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class StandIn:
    """``faults``: answers for the next calls, instead of the true one: ``(status, headers)``."""

    kind: str
    size: int
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    faults: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    bucket: int = 0
    url: str = ""

    def answer(self, path: str, query: dict[str, str], headers: Any) -> tuple[int, dict[str, str], Any]:
        self.calls.append(path.rpartition("/")[2])
        if self.faults:
            status, told = self.faults.pop(0)
            return status, told, {"errors": "no"}
        return _shopify(self, path, query, headers) if self.kind == "shopify" else _woo(self, path, query, headers)


def _shopify(shop: StandIn, path: str, query: dict[str, str], headers: Any) -> tuple[int, dict[str, str], Any]:
    if headers.get("X-Shopify-Access-Token") != TOKEN:
        return 401, {}, {"errors": "[API] Invalid API key or access token"}
    name = path.rpartition("/")[2].removesuffix(".json")
    if name == "count":
        return 200, {}, {"count": len(shop.rows.get(path.split("/")[-2], ()))}
    if "page_info" in query:
        if set(query) - {"page_info", "limit"}:
            return 400, {}, {"errors": "page_info alone"}
        begin, since = json.loads(base64.urlsafe_b64decode(query["page_info"]))
    else:
        begin, since = 0, query.get("updated_at_min", "")
    rows = sorted(shop.rows.get(name, []), key=lambda one: one["updated_at"])
    rows = [one for one in rows if not since or one["updated_at"] >= _iso(since)]
    told = {"X-Shopify-Shop-Api-Call-Limit": f"{shop.bucket}/40"}
    if begin + shop.size < len(rows):
        info = base64.urlsafe_b64encode(json.dumps([begin + shop.size, since]).encode()).decode()
        told["Link"] = f'<{shop.url}{path}?limit={shop.size}&page_info={info}>; rel="next"'
    return 200, told, {name: rows[begin : begin + shop.size]}


def _woo(shop: StandIn, path: str, query: dict[str, str], headers: Any) -> tuple[int, dict[str, str], Any]:
    if headers.get("Authorization") != "Basic " + base64.b64encode(":".join(KEYS).encode()).decode():
        return 401, {}, {"code": "woocommerce_rest_cannot_view"}
    rows = shop.rows.get(path.rpartition("/")[2], [])
    if query.get("orderby") == "modified":
        rows = sorted(rows, key=lambda one: str(one["date_modified_gmt"]))
        rows = [one for one in rows if one["date_modified_gmt"] > query.get("modified_after", "")]
    size, page = min(shop.size, int(query["per_page"])), int(query["page"])
    told = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(-(-len(rows) // size))}
    return 200, told, rows[(page - 1) * size : page * size]


def _iso(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).isoformat()


@contextmanager
def shop(kind: str, *, size: int = 3) -> Iterator[StandIn]:
    stand_in = StandIn(kind, size)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, headers, body = stand_in.answer(parts.path, query, self.headers)
            told = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(told))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()


def shopify_order(number: int, **said: Any) -> dict[str, Any]:
    at = (BEGAN + timedelta(hours=number)).isoformat()
    return {
        "id": number,
        "name": f"#{1000 + number}",
        "created_at": at,
        "updated_at": at,
        "processed_at": at,
        "currency": "TWD",
        "current_total_price": "1200.00",
        "financial_status": "paid",
        "fulfillment_status": None,
        "customer": {"id": number % 4, "first_name": "Mei", "last_name": "Lin"},
        "shipping_address": {"phone": f"0912 345 67{number % 4}", "country_code": "TW"},
        "line_items": [{"title": "Pot", "quantity": 2, "price": "600.00", "sku": "POT", "product_id": 1}],
        **said,
    }


def woo_order(number: int, **said: Any) -> dict[str, Any]:
    at = (BEGAN + timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M:%S")
    return {
        "id": number,
        "number": str(number),
        "status": "processing",
        "currency": "TWD",
        "total": "1200.00",
        "customer_id": number % 4,
        "date_created_gmt": at,
        "date_modified_gmt": at,
        "date_paid_gmt": at,
        "date_completed_gmt": None,
        "billing": {"first_name": "Mei", "last_name": "Lin", "phone": f"0912 345 67{number % 4}", "country": "TW"},
        "line_items": [{"name": "Pot", "quantity": 2, "price": 600.0, "sku": "POT", "product_id": 1}],
        **said,
    }


ORDERS = {"shopify": shopify_order, "woocommerce": woo_order}
CREDENTIALS = {"shopify": {"token": TOKEN}, "woocommerce": dict(zip(("key", "secret"), KEYS, strict=True))}
