"""Any JSON at all, and sound webhooks with any one part replaced by any JSON: nothing fails, and agents can read on."""

import contextlib
import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from inbox.ingest.drainer import drain
from inbox.models import Channel, StoredWebhook
from inbox.whatsapp.parse import Unparsable, parse
from security.encryption.keyring import forget_keys
from tests.conftest import Cast
from tests.fuzz.effort import search
from tests.fuzz.odd_json import places, replaced
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import conversations
from tests.worlds.webhooks import message, store

MEI = customer(bsuid="TW.1980", username="mei.lin")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=15,
)
KEYS = ["id", "from", "from_user_id", "timestamp", "type", "text", "body", "context", "image", "reaction", "message_id",
        "contacts", "location", "latitude", "interactive", "button", "order", "product_items", "system", "errors",
        "code", "referral", "sha256", "emoji", "name", "profile", "user_id", "wa_id", "unsupported"]  # fmt: skip
KIND = st.sampled_from(["text", "image", "reaction", "location", "contacts", "interactive", "order", "system", "x"])
PART = st.dictionaries(st.sampled_from(KEYS), JSON | KIND, max_size=8)
NESTED = st.dictionaries(st.sampled_from(KEYS), PART | st.lists(PART, max_size=3) | JSON | KIND, max_size=8)


def number(number_of: str, parts: Any) -> Any:
    metadata = {"phone_number_id": number_of}
    return {"entry": [{"changes": [{"field": "messages", "value": {"metadata": metadata, **parts}}]}]}


PARTS = st.fixed_dictionaries(
    {},
    optional={
        "messages": st.lists(NESTED | JSON, max_size=3) | JSON,
        "statuses": st.lists(NESTED | JSON, max_size=3) | JSON,
        "contacts": st.lists(NESTED | JSON, max_size=3) | JSON,
        "errors": JSON,
    },
)


@search(400)
@given(document=JSON | st.builds(number, st.just("1"), PARTS))
def test_parsing_never_fails_on_any_json(document: Any):
    raw = json.dumps(document).encode()
    try:
        parsed = parse(raw, phone_number_id="1", received_at=timezone.now())
    except Unparsable:
        assert not isinstance(document, dict)
        return
    for one in parsed.messages:
        assert one.provider_ref and (one.seen.bsuid or one.seen.wa_id)
        json.dumps(one.content, allow_nan=False, ensure_ascii=False).encode()


@search(100)
@given(raw=st.binary(max_size=200))
def test_parsing_never_fails_on_any_bytes(raw: bytes):
    with contextlib.suppress(Unparsable):
        parse(raw, phone_number_id="1", received_at=timezone.now())


def sound() -> dict[str, Any]:
    """One change that holds every kind of message and a status, all of them right."""
    file = {"id": "7", "mime_type": "image/jpeg", "sha256": "x", "caption": "c", "filename": "f", "voice": True}
    card = {
        "name": {"formatted_name": "L"},
        "org": {"company": "C"},
        "phones": [{"phone": "1"}],
        "emails": [{"email": "e"}],
    }
    item = {"product_retailer_id": "S", "quantity": 1, "item_price": 1.5, "currency": "TWD"}
    kinds: dict[str, Any] = {
        "text": {"body": "Hello"},
        "image": file,
        "location": {"latitude": 1, "longitude": 2, "name": "n", "address": "a", "url": "u"},
        "contacts": [card],
        "reaction": {"message_id": "wamid.T", "emoji": "👍"},
        "interactive": {"type": "list_reply", "list_reply": {"id": "1", "title": "t", "description": "d"}},
        "button": {"payload": "P", "text": "T"},
        "order": {"catalog_id": "1", "text": "t", "product_items": [item]},
        "system": {"type": "user_changed_number", "body": "b", "wa_id": "886900000099", "previous_user_id": "TW.1"},
        "unsupported": {"type": "poll"},
    }
    extra: dict[str, Any] = {
        "context": {"id": "wamid.Q", "forwarded": True},
        "referral": {"source_id": "1"},
        "errors": [{"code": 131051}],
    }
    messages = [message(MEI, kind, content, **extra) for kind, content in kinds.items()]
    failed = {"id": "wamid.S", "status": "failed", "timestamp": "1", "errors": [{"code": 1}], "recipient_id": "1"}
    return {"contacts": [MEI.card()], "messages": messages, "statuses": [failed], "errors": [{"code": 130429}]}


PLACES = list(places(sound()))


MUTATED = st.builds(lambda path, by: replaced(sound(), path, by), st.sampled_from(PLACES), JSON)


@search(400)
@given(parts=MUTATED)
def test_one_odd_part_does_not_make_parsing_fail(parts: Any):
    raw = json.dumps(number("1", parts)).encode()
    parsed = parse(raw, phone_number_id="1", received_at=timezone.now())
    for one in parsed.messages:
        json.dumps(one.content, allow_nan=False, ensure_ascii=False).encode()


@search(30)
@given(parts=PARTS | MUTATED)
def test_whatever_comes_is_applied_and_can_be_read_by_an_agent(shop: Channel, reader: Client, parts: Any):
    with transaction.atomic():
        store(shop, json.dumps(number(shop.phone_number_id, parts)).encode())
        drain(shop.pk)
        assert list(StoredWebhook.objects.values_list("state", "error")) == [("applied", "")]
        paths = ["conversations", "contacts", *(f"conversations/{talk.pk}/messages" for talk in conversations())]
        assert {reader.get(f"/api/v1/{path}").status_code for path in paths} == {200}
        transaction.set_rollback(True)
    forget_keys()


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def reader(cast: Cast) -> Client:
    return cast.browser("ben")
