"""Stored bodies are shown to people who look for a fault: the words of the protocol, never those of a person."""

import json
from typing import Any

import pytest

from inbox.whatsapp.redaction import redact_body

SECRET = "Secret"


def shown(value: dict[str, Any]) -> dict[str, Any]:
    body = {"object": "whatsapp_business_account", "entry": [{"changes": [{"field": "messages", "value": value}]}]}
    return json.loads(redact_body(json.dumps(body).encode()))["entry"][0]["changes"][0]["value"]


@pytest.mark.parametrize(
    "said",
    [
        {"interactive": {"type": "list_reply", "list_reply": {"id": SECRET, "title": SECRET, "description": SECRET}}},
        {"interactive": {"type": "button_reply", "button_reply": {"id": SECRET, "title": SECRET}}},
        {"button": {"payload": SECRET, "text": SECRET}},
        {"contacts": [{"name": {"first_name": SECRET}, "org": {"title": SECRET, "company": SECRET}}]},
        {"contacts": [{"phones": [{"type": SECRET, "phone": SECRET}], "addresses": [{"country_code": SECRET}]}]},
        {"order": {"product_items": [{"product_retailer_id": SECRET, "currency": SECRET}]}},
        {"something_of_next_year": {"value": SECRET, "code": SECRET, "id": SECRET, "status": SECRET}},
        {"id": SECRET, "code": SECRET, "title": SECRET, "value": SECRET},
    ],
)
def test_nothing_a_person_wrote_or_named_is_shown(said: dict[str, Any]):
    assert SECRET not in json.dumps(shown({"messages": [{"type": "text", **said}]}))


def test_the_words_of_the_protocol_and_the_ends_of_its_ids_are_shown():
    error = {"code": 131026, "title": "Message undeliverable", "message": "to somebody"}
    told = shown(
        {
            "statuses": [{"id": "wamid.SIMULATED123456", "status": "failed", "errors": [error]}],
            "user_preferences": [{"category": "marketing_messages", "value": "stop"}],
            "metadata": {"phone_number_id": "700000000000012"},
        }
    )
    (status,) = told["statuses"]
    assert (status["id"], status["status"]) == ("…123456", "failed")
    assert status["errors"] == [{"code": 131026, "title": "Message undeliverable", "message": "… (11)"}]
    assert told["user_preferences"][0]["value"] == "stop"
    assert told["metadata"]["phone_number_id"] == "…000012"
