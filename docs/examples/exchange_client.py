"""A client for Kefu's exchange, in Python's standard library alone. Copy it and make it yours.

kefu = Kefu("https://inbox.example.com", key="kefu_…", region=1, source="erp")
kefu.upsert("orders", [{"external_id": "o-1", "contact": {"phone": "+886912345678"}, …}])
"""

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]
ROWS_AT_ONCE = 500
OLDEST = 300  # seconds: a signed webhook that is older is somebody's recording


class Refused(Exception):
    """The whole call was refused: ``{code, message, field, remedy}``."""


class Kefu:
    def __init__(self, address: str, *, key: str, region: int, source: str) -> None:
        self.address, self.key, self.region, self.source = address.rstrip("/"), key, region, source

    def upsert(self, what: str, rows: list[Row]) -> list[Row]:
        """Write contacts, orders or products; returns what became of each, in their order. Repeat it when unsure: the
        same rows change nothing a second time."""
        results: list[Row] = []
        for start in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[start : start + ROWS_AT_ONCE]
            told = self._call("POST", f"{what}/upsert", {"region": self.region, "source": self.source, "rows": some})
            results += [{**one, "row": one["row"] + start} for one in told["results"]]
        return results

    def all(self, path: str) -> Iterator[Row]:
        """Every row of a list, page after page: ``kefu.all("orders?state=paid")``."""
        cursor = ""
        while True:
            page = self._call("GET", path + ("&" if "?" in path else "?") + "limit=100" + cursor)
            yield from page["results"]
            if page["next"] is None:
                return
            cursor = f"&cursor={page['next']}"

    def _call(self, method: str, path: str, body: Row | None = None) -> Row:
        """Waits where Kefu says that it was too much at once."""
        request = urllib.request.Request(f"{self.address}/api/v1/{path}", method=method)
        request.add_header("Authorization", f"Api-Key {self.key}")
        request.add_header("Content-Type", "application/json")
        request.data = None if body is None else json.dumps(body).encode()
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    found: Row = json.load(answer)
                    return found
            except urllib.error.HTTPError as error:
                if error.code != 429:
                    raise Refused(json.load(error)) from error
                time.sleep(float(error.headers.get("Retry-After", "1")))


def send_webhook(address: str, secret: str, told: Row, *, named: str | None = None) -> Row:
    """Post ``{products?, contacts?, orders?}`` to ``…/webhooks/exchange/<id>``. The same ``named`` is applied once."""
    body, stamp = json.dumps(told).encode(), str(int(time.time()))
    request = urllib.request.Request(address, data=body, method="POST")
    request.add_header("Content-Type", "application/json")
    named = named or str(uuid.uuid4())
    request.add_header("Kefu-Id", named)
    request.add_header("Kefu-Timestamp", stamp)
    request.add_header("Kefu-Signature", sign(secret, stamp, named, body))
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: Row = json.load(answer)
        return found


def sign(secret: str, stamp: str, named: str, body: bytes) -> str:
    signed = f"{stamp}.{named}.".encode() + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_from_kefu(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """Whether a delivery to a subscription is Kefu's, and of now. While a secret is being changed there are two."""
    stamp = headers.get("Kefu-Timestamp", "")
    if not stamp.isdecimal() or abs(time.time() - int(stamp)) > OLDEST:
        return False
    given, named = headers.get("Kefu-Signature", "").split(","), headers.get("Kefu-Id", "")
    return any(hmac.compare_digest(one.strip(), sign(secret, stamp, named, body)) for one in given)
