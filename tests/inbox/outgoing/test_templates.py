"""The templates a channel may send: as WhatsApp lists them, remembered for a while, only those it approved."""

from typing import Any

import pytest
from django.core.cache import cache

from tests.inbox.outgoing.conftest import Desk
from tests.worlds.channels import channel


@pytest.fixture(autouse=True)
def forgotten() -> Any:
    cache.clear()
    yield
    cache.clear()


def add(desk: Desk, name: str, **more: Any) -> None:
    components = [{"type": "BODY", "text": "Hello {{1}}"}]
    row = {"waba_id": desk.shop.waba_id, "name": name, "language": "en", "components": components, **more}
    desk.meta.sim("POST", "templates", {"category": "UTILITY", "status": "APPROVED", **row})


def listed(desk: Desk, by: str = "ben") -> Any:
    return desk.cast.browser(by).get(f"/api/v1/channels/{desk.shop.pk}/templates")


def test_approved_templates_are_listed_with_their_parts(desk: Desk):
    add(desk, "zebra")
    add(desk, "order_update")
    add(desk, "not_yet", status="PENDING")
    found = listed(desk).json()["results"]
    assert [row["name"] for row in found] == ["hello_world", "order_update", "zebra"]
    assert found[1]["components"] == [{"type": "BODY", "text": "Hello {{1}}"}]
    assert found[1]["parameter_format"] == "POSITIONAL"


def test_more_than_a_page_is_listed_too(desk: Desk):
    for number in range(103):
        add(desk, f"t_{number:03}")
    assert len(listed(desk).json()["results"]) == 104


def test_whatsapp_is_not_asked_again_for_a_while(desk: Desk):
    assert len(listed(desk).json()["results"]) == 1
    add(desk, "new_one")
    assert len(listed(desk).json()["results"]) == 1
    cache.clear()
    assert len(listed(desk).json()["results"]) == 2


def test_what_whatsapp_says_no_with_is_told(desk: Desk):
    desk.meta.sim("POST", "numbers", {"phone_number_id": desk.shop.phone_number_id, "token_state": "expired"})
    refused = listed(desk)
    assert (refused.status_code, refused.json()["code"]) == (424, "whatsapp_unreachable")
    assert "190" in refused.json()["remedy"]
    desk.meta.sim("POST", "numbers", {"phone_number_id": desk.shop.phone_number_id, "token_state": "valid"})
    assert listed(desk).status_code == 200  # a failure is not remembered


def test_a_channel_of_another_region_is_not_there(desk: Desk):
    other = channel(desk.cast.europe)
    assert desk.cast.browser("ben").get(f"/api/v1/channels/{other.pk}/templates").status_code == 404
