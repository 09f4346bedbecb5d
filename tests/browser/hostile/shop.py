"""The demo shop, its every field filled with the corpus: by customers over signed webhooks, by colleagues over the API,
by admins in the house itself (``office``)."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.attacks.corpus import Garden, Planted
from tests.attacks.customer_fields import about, people, said
from tests.attacks.team_fields import Talk, write_all
from tests.house.house import House
from tests.worlds.customers import Customer, customer
from tests.worlds.webhooks import message, packed, signature

_RUNS = b'<svg xmlns="http://www.w3.org/2000/svg" onload="owned(\'file\')"><script>owned("file")</script></svg>'
FILES = {
    "picture.svg": ("image/svg+xml", _RUNS),
    "page.html": ("text/html", b"<script>owned('file')</script>"),
    "picture.png": ("image/png", _RUNS),
    "text.txt": ("text/plain", b"<script>owned('file')</script>"),
}


_TALKERS = ("Teller", "Filer")


@dataclass
class HostileShop:
    house: House
    garden: Garden
    talks: list[Talk] = field(default_factory=list)
    filer: str = ""
    answered: dict[str, set[int]] = field(default_factory=dict)

    @property
    def channel(self) -> dict[str, Any]:
        return next(one for one in self.house.info()["channels"] if "亞洲" in one["region"])

    def ask(self, who: str, method: str, path: str, body: Any) -> tuple[int, Any]:
        answer = self.call(who, method, path, json=body)
        return answer.status_code, answer

    def call(self, who: str, method: str, path: str, **more: Any) -> requests.Response:
        key = next(one["api_key"] for one in self.house.info()["accounts"] if one["email"] == f"{who}@kefu.demo")
        head = {"Authorization": f"Api-Key {key}"}
        return requests.request(method, self.house.url + path, headers=head, timeout=30, **more)

    def hear(self, sender: Customer, *messages: Any) -> None:
        """A signed webhook."""
        ours = self.channel
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "886900000900", "phone_number_id": ours["phone_number_id"]},
            "contacts": [sender.card()],
            "messages": list(messages),
        }
        changes = [{"field": "messages", "value": value}]
        body = packed({"object": "whatsapp_business_account", "entry": [{"id": ours["waba_id"], "changes": changes}]})
        head = {"X-Hub-Signature-256": signature(body, ours["app_secret"]), "Content-Type": "application/json"}
        assert requests.post(ours["webhook_url"], data=body, headers=head, timeout=30).status_code == 200


def fill(house: House) -> HostileShop:
    house.python("-m", "tests.house.widen")
    shop = HostileShop(house, Garden("b"))
    for number, (name, username) in enumerate(people(shop.garden)):
        one = customer(name, wa_id=f"886977001{number:03d}", username=username)
        shop.hear(one, message(one, "text", "Hello"))
    tellers = [customer(f"Teller {number}", wa_id=f"886977000{number:03d}") for number in range(10)]
    for place, told in enumerate(said(shop.garden, tellers[0])):
        teller = tellers[place % len(tellers)]
        shop.hear(teller, {**told, **teller.sender()})
    first = message(tellers[0], "text", "First")
    shop.hear(tellers[0], first, *about(shop.garden, tellers[0], first["id"]))
    _send_files(shop)
    shop.talks = _talks(shop, {str(one.wa_id) for one in tellers})
    shop.answered = write_all(shop.garden, shop, shop.talks)
    office = json.loads(house.python("-m", "tests.browser.hostile.office").stdout)
    shop.garden.planted |= {mark: Planted(**one) for mark, one in office.items()}
    return shop


def _send_files(shop: HostileShop) -> None:
    """By the simulator, which keeps them until Kefu fetches them."""
    root = f"{shop.house.phone_url}/__sim"
    one = requests.post(f"{root}/customers", json={"name": "Filer"}, timeout=10).json()
    named = dict.fromkeys(shop.garden.all("document.name", longest=120), ("text/plain", b"Hello"))
    for name, (kind, content) in {**FILES, **named}.items():
        data = base64.b64encode(content).decode()
        told = {"number": shop.channel["phone_number_id"], "type": "document", "mime_type": kind, "filename": name}
        answer = requests.post(f"{root}/customers/{one['id']}/messages", json={**told, "data": data}, timeout=10)
        assert answer.status_code == 201, answer.text


def _talks(shop: HostileShop, numbers: set[str]) -> list[Talk]:
    """Of all who tell, when the drainer has made them: the webhooks were answered before."""
    from time import monotonic, sleep

    end = monotonic() + 60
    while True:
        listed = shop.call("ana", "GET", "/api/v1/conversations?view=all&limit=100").json()["results"]
        shop.filer = next((one["id"] for one in listed if one["contact"]["name"] == "Filer"), "")
        found = [Talk(one["id"], one["contact"]["id"]) for one in listed if one["contact"]["name"].startswith(_TALKERS)]
        if len(found) > len(numbers):
            return found
        assert monotonic() < end, f"{len(found)} of {len(numbers)}"
        sleep(0.2)
