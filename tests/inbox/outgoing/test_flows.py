"""The forms a channel may send: the account's published flows, as WhatsApp lists them, remembered for a while."""

from typing import Any

import pytest
from django.core.cache import cache

from tests.inbox.outgoing.conftest import Desk
from tests.worlds.channels import calls, channel

pytestmark = pytest.mark.usefixtures("own_cache")


def add(desk: Desk, name: str, **more: Any) -> str:
    return str(desk.meta.sim("POST", "flows", {"waba_id": desk.shop.waba_id, "name": name, **more})["id"])


def listed(desk: Desk, by: str = "ben") -> Any:
    return desk.cast.browser(by).get(f"/api/v1/channels/{desk.shop.pk}/flows")


def test_published_flows_are_listed_by_name(desk: Desk):
    other = channel(desk.cast.asia, desk.meta)
    desk.meta.sim("POST", "flows", {"waba_id": other.waba_id, "name": "of another account"})
    survey, booking = add(desk, "survey"), add(desk, "booking")
    add(desk, "draft", status="DRAFT")
    assert listed(desk).json()["results"] == [{"id": booking, "name": "booking"}, {"id": survey, "name": "survey"}]


def test_more_than_a_page_is_listed_too_and_whatsapp_is_not_asked_again_for_a_while(desk: Desk):
    for number in range(103):
        add(desk, f"f_{number:03}")
    assert len(listed(desk).json()["results"]) == 103
    add(desk, "new_one")
    assert len(listed(desk).json()["results"]) == 103
    cache.clear()
    assert len(listed(desk).json()["results"]) == 104


def test_what_whatsapp_says_no_with_is_told_and_not_remembered(desk: Desk):
    number = {"phone_number_id": desk.shop.phone_number_id}
    desk.meta.sim("POST", "numbers", {**number, "token_state": "expired"})
    refused = listed(desk)
    assert (refused.status_code, refused.json()["code"]) == (424, "whatsapp_unreachable")
    desk.meta.sim("POST", "numbers", {**number, "token_state": "valid"})
    assert listed(desk).status_code == 200


def test_one_that_was_listed_can_be_sent(desk: Desk, post: Any):
    add(desk, "booking")
    (flow,) = listed(desk).json()["results"]
    form = {"type": "flow", "text": "Please fill this in", "flow": {"id": flow["id"], "label": "Begin"}}
    assert post({"type": "interactive", "interactive": form}).status_code == 201
    desk.sends()
    (call,) = calls(desk.meta, desk.shop)
    assert call["status"] == 200
