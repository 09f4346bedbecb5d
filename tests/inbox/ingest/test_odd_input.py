"""Whatever arrives under a right signature: it is applied, kept or set aside, and never brings anything down."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inbox.actions.ingest import replay_set_aside
from inbox.ingest.drainer import drain
from inbox.models import Channel, StoredWebhook
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import contacts, conversations, logged, messages, only_message, thread
from tests.worlds.webhooks import arrive, envelope, message, packed, says, seconds, status, store, value

MEI = customer()


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


def states() -> list[str]:
    return sorted(StoredWebhook.objects.values_list("state", flat=True))


def api(cast: Cast) -> list[dict[str, Any]]:
    """Every message of the first conversation as Ben reads it: what was taken in must also be shown."""
    talk = conversations()[0]
    answer = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}/messages")
    assert answer.status_code == 200
    return list(answer.json()["results"])


@pytest.mark.parametrize(
    "body",
    [
        {"object": "whatsapp_business_account"},
        {"object": "whatsapp_business_account", "entry": []},
        {"entry": None},
        {"entry": "x"},
        {"entry": [None, 5, "x", []]},
        {"entry": [{"changes": None}]},
        {"entry": [{"changes": [None, 5]}]},
        {"entry": [{"changes": [{"field": "messages", "value": None}]}]},
        {"entry": [{"changes": [{"field": "messages", "value": {}}]}]},
        {"entry": [{"changes": [{"field": None, "value": {"messages": []}}]}]},
        {},
    ],
)
def test_a_body_without_anything_for_us_is_applied_as_nothing(shop: Channel, body: Any):
    store(shop, body)
    assert drain(shop.pk) == 1
    assert states() == ["applied"] and messages() == []


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"5", b'"x"', b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_webhook_is_set_aside_with_its_error(shop: Channel, body: bytes):
    store(shop, body)
    drain(shop.pk)
    row = StoredWebhook.objects.get()
    assert (row.state, row.attempts) == ("set_aside", 1) and row.error.startswith("Unparsable")
    assert [line.details for line in logged("webhook.set_aside")] == [{"error": "Unparsable"}]


def test_one_bad_body_does_not_hold_up_the_others(shop: Channel):
    good = [envelope(shop, value(shop, people=[MEI], messages=[message(MEI, content=str(n))])) for n in range(3)]
    store(shop, good[0], b"broken", good[1], b"broken too", good[2])
    assert drain(shop.pk) == 5
    assert states() == ["applied"] * 3 + ["set_aside"] * 2
    assert [row.content["text"] for row in messages()] == ["0", "1", "2"]


def test_what_was_set_aside_can_be_replayed(shop: Channel):
    store(shop, b"broken")
    drain(shop.pk)
    assert replay_set_aside(by=BY, channel=shop) == 1
    assert states() == ["pending"]
    drain(shop.pk)
    assert states() == ["set_aside"], "it is still broken"
    assert replay_set_aside(by=BY, channel=shop) == 1 and replay_set_aside(by=BY, channel=shop) == 0


def test_a_replayed_body_that_was_applied_in_part_before_changes_nothing_twice(shop: Channel):
    says(shop, MEI)
    StoredWebhook.objects.update(state="set_aside")
    replay_set_aside(by=BY, channel=shop)
    drain(shop.pk)
    assert len(messages()) == 1 and states() == ["applied"]


@pytest.mark.parametrize(
    "field", ["account_update", "message_template_status_update", "calls", "brand_new_field", None]
)
def test_a_field_we_do_not_know_is_kept_in_the_stored_body_and_disturbs_nothing(shop: Channel, field: Any):
    body = envelope(shop, value(shop, people=[MEI], messages=[message(MEI)]))
    body["entry"][0]["changes"].insert(0, {"field": field, "value": {"event": "X", "messages": [message(MEI)]}})
    store(shop, body)
    drain(shop.pk)
    assert states() == ["applied"] and len(messages()) == 1


def test_a_webhook_about_another_number_is_not_applied_here(cast: Cast, shop: Channel):
    other = channel(cast.europe)
    arrive(shop, value(other, people=[MEI], messages=[message(MEI)]))
    assert states() == ["applied"] and messages() == []


def test_one_body_may_be_about_several_numbers(cast: Cast, shop: Channel):
    other = channel(cast.asia)
    ours, theirs = (value(one, people=[MEI], messages=[message(MEI)]) for one in (shop, other))
    arrive(shop, ours, theirs)
    assert [row.channel_id for row in messages()] == [shop.pk]
    store(other, envelope(other, ours, theirs))
    drain(other.pk)
    assert {row.channel_id for row in messages()} == {shop.pk, other.pk}
    assert len(contacts()) == 1 and len(conversations()) == 2, "one person, two numbers of the same region"


def test_contacts_may_be_missing(shop: Channel):
    arrive(shop, value(shop, messages=[message(MEI)]))
    assert only_message().content == {"text": "Hello"}
    assert contacts()[0].profile == {}


@pytest.mark.parametrize(
    "people", [None, [], [None], [{}], [{"profile": None}], [{"profile": {"name": None}}], "x", {}]
)
def test_contacts_may_be_anything(shop: Channel, people: Any):
    arrive(shop, {**value(shop, messages=[message(MEI)]), "contacts": people})
    assert len(messages()) == 1


def test_nulls_where_values_should_be_do_no_harm(shop: Channel):
    bare = {**message(MEI), "context": None, "errors": None, "referral": None, "from_user_id": None}
    arrive(shop, {**value(shop, people=[MEI], messages=[bare]), "statuses": None, "errors": None})
    assert only_message().kind == "text"


def test_numbers_where_text_should_be_are_read_as_text(shop: Channel):
    number = int(str(MEI.wa_id))
    odd = {"from": number, "id": 12345, "timestamp": int(time.time()), "type": "text", "text": {"body": 42}}
    body = envelope(shop, {"metadata": {"phone_number_id": int(shop.phone_number_id)}, "messages": [odd]})
    store(shop, body)
    drain(shop.pk)
    row = only_message()
    assert (row.provider_ref, row.content) == ("12345", {"text": "42"})


@pytest.mark.parametrize("broken", [{"id": None}, {"id": ""}, {"id": {}}, {"from": None}, {"from": []}])
def test_a_message_without_an_id_or_a_sender_is_left_in_the_stored_body(shop: Channel, broken: dict[str, Any]):
    arrive(shop, value(shop, messages=[{**message(MEI), **broken}, message(MEI, content="sound")]))
    assert only_message().content == {"text": "sound"}


def test_lone_surrogates_and_nul_are_taken_out_of_texts(cast: Cast, shop: Channel):
    raw = packed(envelope(shop, value(shop, people=[MEI], messages=[message(MEI, content="PLACE")])))
    store(shop, raw.replace(b"PLACE", rb"a\u0000b\ud800c\udc00\ud83d\ude00"))
    drain(shop.pk)
    assert api(cast)[0]["content"] == {"text": "ab?c?😀"}


def test_bytes_that_are_no_utf8_are_shown_as_such_and_lose_nothing_else(cast: Cast, shop: Channel):
    raw = packed(envelope(shop, value(shop, people=[MEI], messages=[message(MEI, content="PLACE")])))
    store(shop, raw.replace(b"PLACE", b"caf\xe9"))
    drain(shop.pk)
    assert api(cast)[0]["content"] == {"text": "caf�"}


@pytest.mark.parametrize("odd", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 30, "9" * 5000, "1e-999"])
def test_numbers_no_client_could_read_do_not_break_the_thread(cast: Cast, shop: Channel, odd: str):
    place = message(MEI, "location", {"latitude": "PLACE", "longitude": 1})
    order = message(MEI, "order", {"product_items": [{"quantity": "PLACE", "item_price": "PLACE"}]})
    strange = message(MEI, "hologram", {"x": "PLACE"})
    raw = packed(envelope(shop, value(shop, people=[MEI], messages=[place, order, strange])))
    store(shop, raw.replace(b'"PLACE"', odd.encode()))
    drain(shop.pk)
    assert states() == ["applied"]
    assert len(api(cast)) == 3


def test_a_message_nested_beyond_reason_is_kept_without_its_raw_form(cast: Cast, shop: Channel):
    raw = packed(envelope(shop, value(shop, people=[MEI], messages=[message(MEI, "hologram", "PLACE")])))
    store(shop, raw.replace(b'"PLACE"', b"[" * 400 + b"]" * 400))
    drain(shop.pk)
    assert api(cast)[0]["content"] == {"type": "hologram"}


BAD_TIMES: list[Any] = [
    None,
    "",
    "x",
    "-5",
    "0",
    -1,
    0,
    [],
    {},
    "1.5",
    10**12,
    10**30,
    "99999999999999999999",
    "1735689600000",
]


@pytest.mark.parametrize("given", BAD_TIMES)
def test_a_time_that_makes_no_sense_becomes_the_time_of_receipt(shop: Channel, given: Any):
    says(shop, MEI, {**message(MEI), "timestamp": given})
    assert timezone.now() - only_message().at < timedelta(minutes=1)


def test_a_time_in_the_future_becomes_the_time_of_receipt(shop: Channel):
    says(shop, MEI, message(MEI, ago=-3600))
    assert only_message().at <= timezone.now()


def test_a_status_we_do_not_know_changes_nothing(shop: Channel):
    thread(shop, MEI)
    words: tuple[Any, ...] = ("deleted", "warning", "teleported", "", None, 5, {})
    for odd in words:
        arrive(shop, value(shop, statuses=[{**status("wamid.x", "sent"), "status": odd}]))
    arrive(shop, value(shop, statuses=[status("wamid.x", "captured", type="payment")]))
    assert only_message().status == "received"
    assert set(states()) == {"applied"}


def test_a_very_long_text_is_kept_whole(cast: Cast, shop: Channel):
    says(shop, MEI, message(MEI, content="長" * 100_000))
    assert len(api(cast)[0]["content"]["text"]) == 100_000
    preview = cast.browser("ben").get("/api/v1/conversations").json()["results"][0]["last_message"]["text"]
    assert len(preview) == 160


def test_overlong_ids_are_cut_and_found_again(shop: Channel):
    long = message(MEI, "image", {"id": "7" * 500, "mime_type": "x" * 500, "filename": "n" * 5000})
    long["id"] = "wamid." + "x" * 500
    for _ in range(2):
        says(shop, MEI, {**long, "timestamp": seconds(1)}, message(MEI))
    assert len([row for row in messages() if row.kind == "image"]) == 1


@pytest.mark.parametrize("depth", [60, 300, 900])
def test_an_odd_part_nested_as_deep_as_json_allows_takes_no_other_part_with_it(cast: Cast, shop: Channel, depth: int):
    """The escape matters: cleaning escaped texts once walked the body by recursion, and all of it was set aside."""
    order = message(MEI, "order", {"product_items": [{"quantity": "PLACE", "item_price": "PLACE"}]})
    raw = packed(envelope(shop, value(shop, people=[MEI], messages=[order, message(MEI, content="sound\x00")])))
    store(shop, raw.replace(b'"PLACE"', b"[" * depth + b"]" * depth))
    drain(shop.pk)
    assert states() == ["applied"]
    told = {one["kind"]: one["content"] for one in api(cast)}
    assert told["text"] == {"text": "sound"}
    assert told["order"]["items"][0]["quantity"] is None
