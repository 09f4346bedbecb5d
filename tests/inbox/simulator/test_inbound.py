"""Every kind of message a customer can send, as the webhook carries it."""

import base64
import hashlib
import json
from typing import Any

import pytest

from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.running import TOKEN, Running

pytestmark = pytest.mark.usefixtures("conforming")
Customer = dict[str, Any]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
DATA = base64.b64encode(PNG).decode()
CARD = {"name": {"formatted_name": "Ana"}, "phones": [{"phone": "+1 202 555 0100", "wa_id": "12025550100"}]}
KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"text": "Does it come in <b>red</b>? 你好 😀"}, "text"),
    "image": ({"data": DATA, "mime_type": "image/png", "caption": "Look"}, "image"),
    "video": ({"data": DATA}, "video"),
    "audio": ({"data": DATA}, "audio"),
    "document": ({"data": DATA, "mime_type": "application/pdf", "filename": "../a\u202egpj.pdf"}, "document"),
    "sticker": ({"data": DATA}, "sticker"),
    "location": ({"latitude": 25.03, "longitude": 121.56, "name": "Taipei"}, "location"),
    "contacts": ({"contacts": [CARD]}, "contacts"),
    "button": ({"text": "Yes", "payload": "YES"}, "button"),
    "button_reply": ({"id": "a", "title": "A"}, "interactive"),
    "list_reply": ({"id": "a", "title": "A", "description": "d"}, "interactive"),
    "order": (
        {"product_items": [{"product_retailer_id": "p", "quantity": 1, "item_price": 3.5, "currency": "USD"}]},
        "order",
    ),
    "unsupported": ({"unsupported": "poll"}, "unsupported"),
}


def write(simulator: Running, customer: Customer, kind: str, **body: Any) -> dict[str, Any]:
    return simulator.sim("POST", f"customers/{customer['id']}/messages", {"number": NUMBER, "type": kind, **body})


def arrived(callback: Callback, wamid: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """(value, message) of one wamid."""

    def found() -> Any:
        for value in callback.values():
            for message in value.get("messages", []):
                if message["id"] == wamid:
                    return value, message
        return None

    return until(found)


@pytest.mark.parametrize("kind", KINDS)
def test_the_webhook_has_metas_shape(simulator: Running, callback: Callback, mei: Customer, kind: str) -> None:
    body, wire = KINDS[kind]
    value, message = arrived(callback, write(simulator, mei, kind, **body)["wamid"])
    assert value["messaging_product"] == "whatsapp"
    assert value["metadata"] == {"display_phone_number": "15550100001", "phone_number_id": NUMBER}
    assert value["contacts"] == [{"profile": {"name": "Mei"}, "wa_id": mei["wa_id"], "user_id": mei["bsuid"]}]
    assert (message["from"], message["from_user_id"], message["type"]) == (mei["wa_id"], mei["bsuid"], wire)
    assert message["timestamp"].isdigit()
    assert wire in message
    assert "statuses" not in value


def test_the_envelope_names_the_account(simulator: Running, callback: Callback, mei: Customer) -> None:
    body = until(callback.taken)[0]
    assert body["object"] == "whatsapp_business_account"
    assert [(entry["id"], entry["changes"][0]["field"]) for entry in body["entry"]] == [(WABA, "messages")]


def test_a_hidden_phone_is_absent_everywhere(simulator: Running, callback: Callback) -> None:
    customer = simulator.sim("POST", "customers", {"name": "Nora", "hide_phone": True, "username": "nora.q"})
    write(simulator, customer, "text", text="Hi")
    value = until(callback.values)[0]
    assert value["contacts"] == [{"profile": {"name": "Nora", "username": "nora.q"}, "user_id": customer["bsuid"]}]
    message = {name: part for name, part in value["messages"][0].items() if name != "id"}
    assert customer["wa_id"] not in json.dumps(message)
    assert "from" not in message


def test_media_can_be_fetched_and_has_the_told_digest(simulator: Running, callback: Callback, mei: Customer) -> None:
    _, message = arrived(callback, write(simulator, mei, "image", data=DATA, mime_type="image/png")["wamid"])
    image = message["image"]
    assert base64.b64decode(image["sha256"]) == hashlib.sha256(PNG).digest()
    node = simulator.call("GET", image["id"], params={"phone_number_id": NUMBER}).json()
    assert (node["mime_type"], node["file_size"], node["sha256"]) == (
        "image/png",
        len(PNG),
        hashlib.sha256(PNG).hexdigest(),
    )
    for url in (node["url"], image["url"]):
        answer = simulator.session.get(url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5)
        assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")


def test_the_direct_url_is_a_switch(simulator: Running, callback: Callback, mei: Customer) -> None:
    simulator.sim("PATCH", "settings", {"media_url_in_webhook": False})
    _, message = arrived(callback, write(simulator, mei, "image", data=DATA)["wamid"])
    assert "url" not in message["image"]


def test_a_photo_may_be_uploaded_or_drawn(simulator: Running, callback: Callback, mei: Customer) -> None:
    message = {"message": json.dumps({"number": NUMBER, "type": "image", "caption": "A"})}
    files = {"file": ("a.png", PNG, "image/png")}
    answer = simulator.session.post(
        f"{simulator.url}/__sim/customers/{mei['id']}/messages", data=message, files=files, timeout=5
    )
    assert (answer.status_code, answer.json()["content"]["mime_type"]) == (201, "image/png")
    drawn = write(simulator, mei, "image", sample="parcel")
    data = simulator.session.get(f"{simulator.url}/__sim/media/{drawn['content']['id']}", timeout=5).content
    assert data.startswith(b"\xff\xd8")


def test_a_voice_note_may_be_drawn_too(simulator: Running, callback: Callback, mei: Customer) -> None:
    audio = arrived(callback, write(simulator, mei, "audio", sample="silence")["wamid"])[1]["audio"]
    data = simulator.session.get(audio["url"], headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5).content
    assert (audio["mime_type"], audio["voice"], data[:4]) == ("audio/ogg; codecs=opus", True, b"OggS")


def test_quotes_forwards_and_referrals(simulator: Running, callback: Callback, mei: Customer) -> None:
    quoted = write(simulator, mei, "text", text="a", reply_to=mei["first"])
    forwarded = write(simulator, mei, "text", text="b", forwarded=True)
    referral = {"source_type": "ad", "source_id": "1", "source_url": "https://example.com", "headline": "Tea"}
    from_ad = write(simulator, mei, "text", text="c", referral=referral)
    assert arrived(callback, quoted["wamid"])[1]["context"] == {"from": "15550100001", "id": mei["first"]}
    assert arrived(callback, forwarded["wamid"])[1]["context"] == {"forwarded": True}
    assert arrived(callback, from_ad["wamid"])[1]["referral"] == referral


def test_a_reaction_arrives_and_can_be_taken_back(simulator: Running, callback: Callback, mei: Customer) -> None:
    given = write(simulator, mei, "reaction", message=mei["first"], emoji="🙏")
    assert arrived(callback, given["wamid"])[1]["reaction"] == {"message_id": mei["first"], "emoji": "🙏"}
    removed = write(simulator, mei, "reaction", message=mei["first"])
    assert arrived(callback, removed["wamid"])[1]["reaction"] == {"message_id": mei["first"]}
    assert simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"][0]["reactions"] == []


def test_an_unsupported_message_names_its_error(simulator: Running, callback: Callback, mei: Customer) -> None:
    _, message = arrived(callback, write(simulator, mei, "unsupported", unsupported="edit")["wamid"])
    assert (message["unsupported"], message["errors"][0]["code"]) == ({"type": "edit"}, 131051)


def test_the_customer_sees_two_ticks_once_the_business_took_it(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    until(lambda: simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"][0]["status"] == "delivered")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "dance"}, "type"),
        ({"type": "text"}, "text"),
        ({"type": "image"}, "data"),
        ({"type": "text", "text": "x", "number": "9"}, "number"),
    ],
)
def test_a_wrong_call_names_the_field(simulator: Running, mei: Customer, body: dict[str, Any], field: str) -> None:
    answer = simulator.session.post(
        f"{simulator.url}/__sim/customers/{mei['id']}/messages", json={"number": NUMBER, **body}, timeout=5
    )
    assert (answer.status_code // 100, answer.json()["field"]) == (4, field)
