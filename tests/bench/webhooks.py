"""Signed webhook bodies in Meta's shapes, made fast: the load generator shares two cores with what it measures."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit


class Sender:
    """Makes the requests of one channel. ``prefix`` keeps the message ids of two runs apart."""

    def __init__(self, channel: Mapping[str, Any], people: Sequence[Mapping[str, str]], *, prefix: str = "A") -> None:
        self.path = urlsplit(str(channel["webhook_url"])).path
        self._secret = str(channel["app_secret"]).encode()
        self._prefix = prefix
        self._account = channel["waba_id"]
        self._value = {
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": str(channel["phone"]).lstrip("+"),
                "phone_number_id": channel["phone_number_id"],
            },
        }
        self._people = list(people) or [{"name": "Mei Lin", "wa_id": "886900000001"}]

    def ref(self, number: int) -> str:
        """The message id of text ``number``."""
        return f"wamid.BENCH{self._prefix}{number:09d}"

    def text(self, number: int) -> bytes:
        """One customer's short text; the customers take turns."""
        person = self._people[number % len(self._people)]
        now = str(int(time.time()))
        words = f"Message {number}: is my order on its way?"
        message = {"from": person["wa_id"], "id": self.ref(number), "timestamp": now, "type": "text"}
        card = {"profile": {"name": person["name"]}, "wa_id": person["wa_id"]}
        return self._body(contacts=[card], messages=[{**message, "text": {"body": words}}])

    def status(self, ref: str, word: str) -> bytes:
        now = str(int(time.time()))
        return self._body(statuses=[{"id": ref, "status": word, "timestamp": now, "recipient_id": "886900000001"}])

    def _body(self, **lists: Any) -> bytes:
        change = {"field": "messages", "value": {**self._value, **lists}}
        entry = {"id": self._account, "changes": [change]}
        return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()

    def headers(self, body: bytes) -> bytes:
        digest = hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        return b"x-hub-signature-256: sha256=" + digest.encode() + b"\r\ncontent-type: application/json\r\n"
