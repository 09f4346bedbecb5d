"""Each kind of message a customer can send, as agents then read it in the thread."""

import base64
import hashlib
from typing import Any

import pytest

from inbox.models import Channel, Media
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import conversations, messages, only_message
from tests.worlds.webhooks import arrive, message, says, value

DIGEST = hashlib.sha256(b"the file").digest()
PHOTO = {"id": "700001", "mime_type": "image/jpeg", "sha256": base64.b64encode(DIGEST).decode()}


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


def shown(cast: Cast) -> dict[str, Any]:
    """The only message, as the API shows it to Ben."""
    (talk,) = conversations()
    rows = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}/messages").json()["results"]
    (row,) = (one for one in rows if one["direction"] == "in")  # a word that stops marketing is answered
    return dict(row)


CARD = {
    "name": {"formatted_name": "Lucia Ortega", "first_name": "Lucia"},
    "org": {"company": "Harbour Tea"},
    "phones": [{"phone": "+1 555-010-0199", "wa_id": "15550100199"}, {"wa_id": "15550100198"}],
    "emails": [{"email": "lucia@example.org"}],
}
ITEMS = [{"product_retailer_id": "SKU-7", "quantity": 2, "item_price": 149.5, "currency": "TWD"}]
KINDS: dict[str, tuple[str, Any, str, dict[str, Any]]] = {
    "text": ("text", {"body": "Is it  in stock?"}, "text", {"text": "Is it  in stock?"}),
    "location": (
        "location",
        {"latitude": 25.03, "longitude": 121.56, "name": "Shop", "address": "Road 1", "url": "https://example.org"},
        "location",
        {"latitude": 25.03, "longitude": 121.56, "name": "Shop", "address": "Road 1", "url": "https://example.org"},
    ),
    "bare location": ("location", {"latitude": "1", "longitude": 2}, "location", {"latitude": 1.0, "longitude": 2.0}),
    "contacts": (
        "contacts",
        [CARD, {}],
        "contacts",
        {
            "contacts": [
                {
                    "name": "Lucia Ortega",
                    "phones": ["+1 555-010-0199", "15550100198"],
                    "emails": ["lucia@example.org"],
                    "company": "Harbour Tea",
                },
                {"name": "", "phones": [], "emails": []},
            ]
        },
    ),
    "template button": ("button", {"payload": "STOP", "text": "Stop"}, "button", {"text": "Stop", "payload": "STOP"}),
    "reply button": (
        "interactive",
        {"type": "button_reply", "button_reply": {"id": "b1", "title": "Yes"}},
        "interactive",
        {"type": "button_reply", "text": "Yes", "id": "b1"},
    ),
    "list row": (
        "interactive",
        {"type": "list_reply", "list_reply": {"id": "r1", "title": "Express", "description": "Tomorrow"}},
        "interactive",
        {"type": "list_reply", "text": "Express", "id": "r1", "description": "Tomorrow"},
    ),
    "flow answer": (
        "interactive",
        {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": '{"a":1}'}},
        "interactive",
        {"type": "nfm_reply", "text": "Sent", "response": '{"a":1}'},
    ),
    "order": (
        "order",
        {"catalog_id": "55", "text": "Please", "product_items": ITEMS},
        "order",
        {
            "items": [{"name": "SKU-7", "quantity": 2, "price": 149.5, "currency": "TWD"}],
            "catalog_id": "55",
            "text": "Please",
        },
    ),
    "system": (
        "system",
        {"type": "user_changed_number", "body": "Changed", "wa_id": "886900000009"},
        "system",
        {"event": "user_changed_number", "text": "Changed"},
    ),
}


@pytest.mark.parametrize("case", KINDS)
def test_a_message_is_kept_with_its_typed_content(cast: Cast, shop: Channel, case: str):
    kind, sent, expected_kind, content = KINDS[case]
    who = customer()
    says(shop, who, message(who, kind, sent))
    row = shown(cast)
    assert (row["kind"], row["content"]) == (expected_kind, content)
    assert (row["direction"], row["status"], row["author"]) == ("in", "received", None)


FILES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "image": ("image", {**PHOTO, "caption": "This one"}, {"text": "This one"}),
    "video": ("video", {**PHOTO, "mime_type": "video/mp4"}, {}),
    "voice note": ("audio", {"id": "7", "mime_type": "audio/ogg; codecs=opus", "voice": True}, {"voice": True}),
    "music": ("audio", {"id": "7", "mime_type": "audio/mpeg", "voice": False}, {}),
    "document": ("document", {"id": "7", "mime_type": "application/pdf", "filename": "發票 1.pdf"}, {}),
    "sticker": ("sticker", {"id": "7", "mime_type": "image/webp", "animated": True}, {"animated": True}),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_is_noted_and_waits_to_be_fetched(cast: Cast, shop: Channel, case: str):
    kind, sent, content = FILES[case]
    who = customer()
    says(shop, who, message(who, kind, sent))
    row = shown(cast)
    media = row["content"].pop("media")
    assert (row["kind"], row["content"]) == (kind, content)
    assert (media["state"], media["kind"], media["mime_type"]) == ("fetching", kind, sent["mime_type"])
    assert media["name"] == sent.get("filename")
    assert media["url"].startswith(f"/api/v1/media/{media['id']}?until=") and media["thumbnail_url"] is None
    kept = Media.objects.for_system("the test").get()
    assert (kept.provider_ref, kept.message.kind) == (sent["id"], kind)


@pytest.mark.parametrize("spelled", [base64.b64encode(DIGEST).decode(), DIGEST.hex()])
def test_both_spellings_of_a_digest_are_read(shop: Channel, spelled: str):
    who = customer()
    says(shop, who, message(who, "image", {**PHOTO, "sha256": spelled}))
    assert bytes(Media.objects.for_system("the test").get().sha256) == DIGEST


@pytest.mark.parametrize("spelled", ["", "x", "@@@@", "AAAA", None, 5])
def test_a_digest_that_is_none_is_left_out(shop: Channel, spelled: Any):
    who = customer()
    says(shop, who, message(who, "image", {**PHOTO, "sha256": spelled}))
    assert Media.objects.for_system("the test").get().sha256 is None


def test_a_file_that_meta_itself_could_not_fetch_is_lost_and_says_so(cast: Cast, shop: Channel):
    who = customer()
    says(shop, who, message(who, "image", {"mime_type": "image/jpeg"}, errors=[{"code": 131052}]))
    assert shown(cast)["content"]["media"]["state"] == "failed"


UNKNOWN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "unsupported by Meta": (
        {"type": "unsupported", "unsupported": {"type": "poll"}, "errors": [{"code": 131051, "title": "x"}]},
        {"type": "poll", "code": "131051"},
    ),
    "legacy unknown": ({"type": "unknown", "errors": [{"code": 131051}]}, {"type": "unknown", "code": "131051"}),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_whatsapp_does_not_pass_on_is_shown_as_such(cast: Cast, shop: Channel, case: str):
    extra, content = UNKNOWN[case]
    who = customer()
    says(shop, who, {**message(who), "text": None, **extra})
    row = shown(cast)
    assert (row["kind"], row["content"]) == ("unsupported", content)


@pytest.mark.parametrize("kind", ["hologram", "edit", "revoke", "text"])
def test_a_type_or_shape_this_version_does_not_know_is_kept_whole(shop: Channel, kind: str):
    who = customer()
    odd = {**message(who), "type": kind, kind: {"deep": [1, {"er": "2"}]}, "text" if kind != "text" else "x": None}
    says(shop, who, odd)
    kept = only_message()
    assert kept.kind == "unsupported" and kept.content["type"] == kind
    assert kept.content["raw"] == odd


def test_what_is_far_larger_than_anything_meta_documents_is_cut_or_only_named(shop: Channel):
    who, long = customer(), "x" * 300_000
    photo = {"id": "700001", "mime_type": "image/jpeg", "caption": long, "filename": long}
    says(
        shop,
        who,
        message(who, content=long, ago=5),
        message(who, "image", photo, ago=4),
        {**message(who, ago=3), "type": "hologram", "hologram": long},
        {**message(who, ago=2), "type": long, "errors": [{"code": long}]},
        message(who, "button", {"text": long}, ago=1),
    )
    rows = messages()
    assert [row.kind for row in rows] == ["text", "image", "unsupported", "unsupported", "unsupported"]
    assert all(len(str(row.content)) < 128 * 1024 for row in rows)
    assert rows[0].content["text"] == rows[1].content["text"] == long[:100_000]
    assert rows[2].content == {"type": "hologram"}


def test_an_interactive_answer_without_its_body_is_kept(shop: Channel):
    who = customer()
    errors = [{"code": 131000, "title": "Something went wrong"}]
    arrive(
        shop, value(shop, people=[who], messages=[{**message(who), "type": "interactive", "text": None}], errors=errors)
    )
    assert only_message().kind == "unsupported"


def test_a_forwarded_message_says_so(shop: Channel):
    who = customer()
    says(shop, who, message(who, context={"forwarded": True}), message(who, context={"frequently_forwarded": True}))
    assert [row.content.get("forwarded") for row in messages()] == [True, True]


def test_the_advertisement_somebody_came_from_is_kept(shop: Channel):
    who = customer()
    referral = {"source_type": "ad", "source_id": "12", "headline": "Spring tea", "ctwa_clid": "abc"}
    says(shop, who, message(who, referral=referral))
    assert only_message().content["referral"] == referral


def test_a_quoted_answer_shows_what_it_quotes(cast: Cast, shop: Channel):
    who = customer()
    first = message(who, content="The blue one")
    says(shop, who, first, message(who, content="Or this", context={"from": "1", "id": first["id"]}))
    newest = cast.browser("ben").get(f"/api/v1/conversations/{conversations()[0].pk}/messages").json()["results"][0]
    assert newest["quoted"] == {
        "id": str(messages()[0].pk),
        "kind": "text",
        "direction": "in",
        "text": "The blue one",
        "author_name": None,
    }


def test_a_quoted_message_we_never_had_is_shown_as_unknown(cast: Cast, shop: Channel):
    who = customer()
    says(shop, who, message(who, context={"from": "1", "id": "wamid.OLD"}))
    assert shown(cast)["quoted"] == {
        "id": None,
        "kind": "unsupported",
        "direction": "in",
        "text": "",
        "author_name": None,
    }
