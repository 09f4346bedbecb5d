"""The templates a channel may send: as WhatsApp lists them, remembered for a while, only those it approved."""

import threading
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inbox.accounts.known_templates import list_place
from inbox.credentials import credentials_of
from inbox.whatsapp.client import client_for
from inbox.whatsapp.faults import Retry
from inbox.whatsapp.templates import Template
from tests.inbox.outgoing.conftest import Desk
from tests.worlds.channels import channel
from tests.worlds.webhooks import account_news

pytestmark = pytest.mark.usefixtures("own_cache")


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


def test_a_list_of_many_templates_costs_the_same_few_queries_and_writes_only_what_changed(desk: Desk):
    for number in range(60):
        add(desk, f"t_{number:03}")
    with CaptureQueriesContext(connection) as first:
        listed(desk)
    cache.clear()
    with CaptureQueriesContext(connection) as again:
        listed(desk)
    place = '"inbox_knowntemplate"'
    assert len([row for row in first.captured_queries if place in row["sql"]]) <= 3
    assert [row["sql"][:6] for row in again.captured_queries if place in row["sql"]] == ["SELECT"]


def test_all_pages_together_have_one_deadline(desk: Desk):
    for number in range(103):
        add(desk, f"t_{number:03}")
    with pytest.raises(Retry):
        client_for(credentials_of(desk.shop)).templates(timeout=0.000_001)


def test_people_who_ask_at_once_are_one_question(desk: Desk):
    place = list_place(desk.shop.waba_id)
    cache.add(f"{place}:asking", "1", 20)
    told = Template("told_elsewhere", "en", "UTILITY", "APPROVED", "POSITIONAL", [])
    answer = threading.Timer(0.3, lambda: cache.set(place, [told], 60))
    answer.start()
    assert [row["name"] for row in listed(desk).json()["results"]] == ["told_elsewhere"]
    answer.join()


def test_a_template_that_was_paused_is_not_offered_from_memory(desk: Desk, django_capture_on_commit_callbacks: Any):
    add(desk, "order_update")
    assert len(listed(desk).json()["results"]) == 2
    desk.meta.sim("POST", "templates", {"waba_id": desk.shop.waba_id, "name": "order_update", "language": "en",
                                        "category": "UTILITY", "status": "PAUSED",
                                        "components": [{"type": "BODY", "text": "Hello"}]})  # fmt: skip
    told = {"event": "PAUSED", "message_template_id": "1", "message_template_name": "order_update"}
    with django_capture_on_commit_callbacks(execute=True):
        account_news(desk.shop, "message_template_status_update", {**told, "message_template_language": "en"})
    assert [row["name"] for row in listed(desk).json()["results"]] == ["hello_world"]
