"""What customers change or take back after sending, whatever comes first and however often."""

import json
from itertools import permutations
from typing import Any

import pytest

from inbox.models import Amendment, Channel, Message
from security.live.store import events_after
from security.models import StreamEvent
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import conversations, fresh, messages
from tests.worlds.webhooks import Json, message, says


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def mei() -> Customer:
    return customer()


def edited(sender: Customer, target: str, words: str, *, ago: float = 0, kind: str = "text") -> Json:
    inner = {"text": {"body": words}} if kind == "text" else {kind: {"caption": words, "id": "1"}}
    return message(sender, "edit", {"original_message_id": target, "message": {"type": kind, **inner}}, ago=ago)


def revoked(sender: Customer, target: str, *, ago: float = 0) -> Json:
    return message(sender, "revoke", {"original_message_id": target}, ago=ago)


def shown(cast: Cast, row: Message) -> dict[str, Any]:
    page = cast.browser("ben").get(f"/api/v1/conversations/{row.conversation_id}/messages").json()["results"]
    return dict(next(one for one in page if one["id"] == str(row.pk)))


def test_an_edit_changes_the_words_and_keeps_what_was_said_before(cast: Cast, shop: Channel, mei: Customer):
    first = message(mei, "text", "Two boxes", ago=60)
    says(shop, mei, first)
    says(shop, mei, edited(mei, first["id"], "Three boxes", ago=30))
    (row,) = messages()
    content = shown(cast, row)["content"]
    assert (content["text"], content["earlier"]) == ("Three boxes", ["Two boxes"])
    assert content["edited_at"] and row.version == 2


def test_an_edit_is_no_message_and_opens_no_window(shop: Channel, mei: Customer):
    first = message(mei, "text", "Two boxes", ago=600)
    says(shop, mei, first)
    (before,) = conversations(shop)
    says(shop, mei, edited(mei, first["id"], "Three boxes"))
    after = fresh(before)
    assert (after.inbound_count, after.last_inbound_at) == (1, before.last_inbound_at)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_every_order_ends_the_same(shop: Channel, mei: Customer, order: tuple[int, ...]):
    first = message(mei, "text", "one", ago=60)
    second, third = (edited(mei, first["id"], words, ago=ago) for words, ago in (("two", 40), ("three", 20)))
    parts = [first, second, third, second]
    for place in order:
        says(shop, mei, parts[place])
    (row,) = messages()
    assert row.content["earlier"] == ["one", "two"] and row.content["text"] == "three"
    assert Amendment.objects.for_system("the test").count() == 2


@pytest.mark.parametrize("together", [True, False])
def test_an_edit_told_again_tells_nobody_again(shop: Channel, mei: Customer, *, together: bool):
    first = message(mei, "text", "one", ago=60)
    says(shop, mei, first)
    edit = edited(mei, first["id"], "two", ago=30)
    for some in [[edit, edit]] if together else [[edit], [edit]]:
        says(shop, mei, *some)
    (row,) = messages()
    assert row.version == 2
    assert StreamEvent.objects.filter(kind="message.changed").count() == 2, "it came, and it was edited"


def test_an_emoji_and_an_edit_in_one_body_are_told_as_they_ended(shop: Channel, mei: Customer):
    first = message(mei, "text", "one", ago=60)
    says(shop, mei, first)
    emoji = message(mei, "reaction", {"message_id": first["id"], "emoji": "🙏"})
    says(shop, mei, emoji, edited(mei, first["id"], "two", ago=30))
    (row,) = messages()
    told = [event.payload for event in events_after(f"region:{shop.region_id}", 0) if event.kind == "message.changed"]
    last = json.loads(str(told[-1]))
    assert (last["content"]["text"], last["version"]) == ("two", row.version)
    assert [one["emoji"] for one in last["reactions"]] == ["🙏"]


def test_a_caption_is_edited_like_a_text(shop: Channel, mei: Customer):
    first = message(mei, "image", {"id": "1", "mime_type": "image/jpeg", "caption": "This?"}, ago=60)
    says(shop, mei, first)
    says(shop, mei, edited(mei, first["id"], "This one?", kind="image"))
    assert messages()[0].content["text"] == "This one?"


def test_what_was_taken_back_is_not_told_any_more(cast: Cast, shop: Channel, mei: Customer):
    first = message(mei, "text", "a secret", ago=60)
    says(shop, mei, first)
    says(shop, mei, revoked(mei, first["id"]))
    (row,) = messages()
    assert shown(cast, row)["content"] == {"revoked": True}
    (talk,) = cast.browser("ben").get("/api/v1/conversations").json()["results"]
    assert (talk["last_message"]["text"], talk["last_message"]["revoked"]) == ("", True)
    assert row.content["text"] == "a secret"  # kept for whoever must prove what was said


def test_nobody_changes_a_message_of_somebody_else(shop: Channel, mei: Customer):
    first = message(mei, "text", "mine", ago=60)
    says(shop, mei, first)
    lin = customer("Lin")
    says(shop, lin, edited(lin, first["id"], "not yours"))
    assert [row.content for row in messages()] == [{"text": "mine"}]


@pytest.mark.parametrize(
    "body",
    [{}, {"original_message_id": None}, {"original_message_id": "wamid.X"}, {"original_message_id": "x", "message": 5}],
)
def test_an_edit_nobody_understands_is_shown_as_such(shop: Channel, mei: Customer, body: Json):
    says(shop, mei, message(mei, "edit", body))
    (row,) = messages()
    assert (row.kind, row.content["type"]) == ("unsupported", "edit")


def test_a_message_from_a_group_says_so(shop: Channel, mei: Customer):
    says(shop, mei, message(mei, "text", "hello all", group_id="R3JvdXA="))
    assert messages()[0].content == {"text": "hello all", "group_id": "R3JvdXA="}
