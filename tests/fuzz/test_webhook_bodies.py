"""Whatever is posted under a right signature is stored and applied, or set aside with its error; nothing of ours fails,
nothing is half-written, and the sound parts around it are not lost."""

import gzip
import json
import zlib
from typing import Any

import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from inbox.ingest.drainer import drain
from inbox.models import Channel, StoredWebhook
from inbox.whatsapp.parse import Unparsable
from tests.conftest import Cast
from tests.fuzz.asking import undone
from tests.fuzz.effort import search
from tests.fuzz.odd_json import DEEP, ODD, mutated, spelled
from tests.fuzz.payloads import bodies
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import conversations, messages
from tests.worlds.webhooks import envelope, message, store, value

MEI = customer("Mei", bsuid="TW.77", username="mei.77")
LATE = customer("Late")


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def reader(cast: Cast) -> Client:
    return cast.browser("ben")


def sound_one(shop: Channel, who: Customer, text: str) -> dict[str, Any]:
    return value(shop, people=[who], messages=[message(who, content=text)])


def all_can_be_read(reader: Client) -> None:
    paths = ["conversations?view=any", "contacts", *(f"conversations/{talk.pk}/messages" for talk in conversations())]
    for path in paths:
        answer = reader.get(f"/api/v1/{path}")
        assert answer.status_code == 200, (path, answer.content[:200])
        answer.content.decode("utf-8")
        json.loads(answer.content, parse_constant=pytest.fail)


def follows_on(shop: Channel) -> None:
    """A later body is applied whatever came before it."""
    store(shop, envelope(shop, sound_one(shop, LATE, "later")))
    drain(shop.pk)
    assert [row.content for row in messages() if row.content.get("text") == "later"]


def test_any_part_of_a_documented_body_may_be_anything(shop: Channel, reader: Client):
    shapes = bodies(shop, MEI)

    @search(25)
    @given(st.sampled_from(shapes).flatmap(mutated))
    def hold(document: Any) -> None:
        with undone():
            store(shop, spelled(document))
            drain(shop.pk)
            assert list(StoredWebhook.objects.values_list("state", "error")) == [("applied", "")]
            all_can_be_read(reader)
            follows_on(shop)

    hold()


def test_sound_messages_around_an_odd_one_are_not_lost(shop: Channel, reader: Client):
    said = [shape["entry"][0]["changes"][0]["value"] for shape in bodies(shop, MEI)]

    @search(15)
    @given(st.sampled_from(said).flatmap(mutated), ODD)
    def hold(odd: Any, other: Any) -> None:
        before, after = (message(LATE, content=text) for text in ("before", "after"))
        one = value(shop, people=[LATE], messages=[before, other, after])
        whole = envelope(shop, sound_one(shop, LATE, "first"), odd, one)
        whole["entry"] = [other, *whole["entry"], other]
        with undone():
            store(shop, spelled(whole))
            drain(shop.pk)
            assert list(StoredWebhook.objects.values_list("state", "error")) == [("applied", "")]
            texts = {row.content.get("text") for row in messages()}
            assert {"first", "before", "after"} <= texts
            all_can_be_read(reader)

    hold()


def _broken(whole: bytes) -> st.SearchStrategy[bytes]:
    """``whole`` cut short, damaged at one byte, packed, repeated, or with each key twice."""
    size = len(whole)
    return st.one_of(
        st.integers(0, size - 1).map(lambda end: whole[:end]),
        st.builds(
            lambda at, by: whole[:at] + by + whole[at + 1 :], st.integers(0, size - 1), st.binary(max_size=3)
        ),
        st.sampled_from([gzip.compress(whole, mtime=0), zlib.compress(whole), whole * 2, b"\xef\xbb\xbf" + whole]),
        st.sampled_from([whole.replace(b'"messages": [', b'"messages": null, "messages": [')]),
        st.sampled_from([whole.decode().encode("utf-16"), whole.decode().encode("utf-32-le"), b"[" * 200_000]),
        st.builds(lambda depth: b'{"entry":' * depth + b"1" + b"}" * depth, st.integers(1, 3000)),
    )  # fmt: skip


def test_any_bytes_are_applied_or_set_aside_and_hold_up_nobody(shop: Channel, reader: Client):
    whole = spelled(bodies(shop, MEI)[-1])

    @search(25)
    @given(_broken(whole) | st.binary(max_size=100))
    @example(b"")
    def hold(raw: bytes) -> None:
        with undone():
            store(shop, raw, envelope(shop, sound_one(shop, LATE, "after it")))
            drain(shop.pk)
            kept = {row.state: row.error for row in StoredWebhook.objects.all()}
            assert set(kept) <= {"applied", "set_aside"} and kept["applied"] == ""
            assert "set_aside" not in kept or kept["set_aside"].startswith(Unparsable.__name__), kept
            assert [row for row in messages() if row.content.get("text") == "after it"]
            all_can_be_read(reader)

    hold()


@search(60)
@given(st.just({"quantity": 1}).flatmap(lambda item: mutated(item, DEEP)))
def test_an_item_of_an_order_may_be_nested_beyond_reason(item: Any):
    from inbox.whatsapp.parse_content import content_of

    kind, content, _ = content_of({"type": "order", "order": {"product_items": [item]}})
    assert kind in ("order", "unsupported")
    assert _depth(content) < 100


def _depth(part: Any) -> int:
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return 1 + max((_depth(inner) for inner in inside), default=0)
