"""Every request of the published shapes is accepted."""

from collections.abc import Iterator
from typing import Any

import pytest

from inbox.simulator import pictures
from tests.inbox.simulator import samples
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_media import WEBP, upload

MESSAGES, TEMPLATES, OTHERS = (samples.read(name) for name in ("messages", "templates", "others"))
VALUES = {"type": "BODY", "text": "Dear {{1}}, it is {{2}} in all, and we expect you on {{3}} at our house."}
TWO = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Keep"}, {"type": "QUICK_REPLY", "text": "Drop"}]}
NEWS = {"type": "BODY", "text": "The new harvest is here."}
OFFER = {"type": "BODY", "text": "Dear {{1}}, all teas below {{2}} today."}
KNOWN: list[tuple[str, str, str, list[dict[str, Any]]]] = [
    ("order_total", "en_US", "UTILITY", [VALUES]),
    ("order_picture", "en_US", "UTILITY", [{"type": "HEADER", "format": "IMAGE"}, VALUES, TWO]),
    ("issue_solved", "en_US", "UTILITY", [{"type": "BODY", "text": "Dear {{1}}, did that help?"}, TWO]),
    ("tea_news", "en", "MARKETING", [NEWS]),
    ("tea_offer", "en", "MARKETING", [OFFER]),
    ("to_be_edited", "en_US", "MARKETING", [NEWS]),
]


@pytest.fixture(scope="module")
def known(shop: Running, regular: dict[str, Any]) -> Iterator[dict[str, str]]:
    """What the samples refer to: media, flows, templates, a message to quote."""
    files = {
        "image": (pictures.draw("mug", 64), "image/jpeg"), "audio": (b"OggS" + bytes(60), "audio/ogg"),
        "document": (b"%PDF-1.4\n", "application/pdf"), "sticker": (WEBP, "image/webp"),
    }  # fmt: skip
    found = {name: upload(shop, data, mime).json()["id"] for name, (data, mime) in files.items()}
    rows = [{"waba_id": WABA, "name": name, "language": language, "category": category, "components": parts}
            for name, language, category, parts in KNOWN]  # fmt: skip
    found["template"] = [shop.sim("POST", "templates", row) for row in rows][-1]["id"]
    found["flow"] = shop.sim("POST", "flows", {"waba_id": WABA, "name": "table_booking"})["id"]
    shop.sim("POST", "flows", {"waba_id": WABA, "name": "table_booking_draft", "status": "DRAFT"})
    shop.sim("POST", f"numbers/{NUMBER}/tier", {"tier": "TIER_2K"})
    yield {**found, "customer": regular["phone"], "quoted": regular["first"], "site": "https://files.example",
           "number": NUMBER, "waba": WABA}  # fmt: skip


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_accepted(shop: Running, known: dict[str, str], name: str) -> None:
    body = samples.filled(MESSAGES[name], known)
    answer = shop.call("POST", f"{NUMBER}/messages", json=body)
    assert answer.status_code == 200, (name, answer.text)
    assert answer.json() == {"success": True} if "status" in body else answer.json()["messages"][0]["id"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_accepted(shop: Running, known: dict[str, str], name: str) -> None:
    answer = shop.call("POST", f"{WABA}/message_templates", json=samples.filled(TEMPLATES[name], known))
    assert answer.status_code == 200, (name, answer.text)
    made = answer.json()
    assert (made["status"], made["category"]) == ("PENDING", TEMPLATES[name]["category"])


@pytest.mark.parametrize(("call", "name"), [(call, name) for call, cases in OTHERS.items() for name in cases])
def test_another_call_is_accepted(shop: Running, known: dict[str, str], call: str, name: str) -> None:
    method, path = samples.filled(call, known).split(" ")
    if method == "DELETE":
        shop.call("POST", path, json=samples.filled(OTHERS[call][name], known))
    answer = shop.call(method, path, json=samples.filled(OTHERS[call][name], known))
    assert answer.status_code == 200, (name, answer.text)


def test_what_was_accepted_can_be_read_back(shop: Running, known: dict[str, str]) -> None:
    profile = OTHERS["POST {number}/whatsapp_business_profile"]["everything"]
    shop.call("POST", f"{NUMBER}/whatsapp_business_profile", json=profile)
    fields = "about,address,description,email,websites,vertical,profile_picture_url"
    found = shop.call("GET", f"{NUMBER}/whatsapp_business_profile", params={"fields": fields}).json()["data"][0]
    assert found["profile_picture_url"].startswith("https://")
    assert {**found, "profile_picture_handle": ""} == {
        **profile, "profile_picture_handle": "", "profile_picture_url": found["profile_picture_url"],
    }  # fmt: skip
