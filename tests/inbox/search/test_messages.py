"""Searching what was written: every kind of message, in and out, newest first, page by page."""

from typing import Any

import pytest

from inbox.actions.files import keep_upload
from inbox.actions.replies import send, send_text
from security.policy import Policy
from security.search.policy import SearchPolicy
from tests.conftest import Cast
from tests.inbox.search.finding import answer, found
from tests.worlds.asia import photo
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import messages, thread
from tests.worlds.webhooks import message, says

pytestmark = pytest.mark.usefixtures("either_way")


def test_what_a_customer_wrote_and_what_we_answered_newest_first(cast: Cast, shop: Any):
    talk = thread(shop, customer("Mei"), "我要退款 please", ago=60)
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="a", text="退款處理中 🙏")
    hits = answer(cast, "ben", "messages", q="退款")["results"]
    assert [hit["direction"] for hit in hits] == ["out", "in"]
    assert hits[0]["excerpt"][0] == {"text": "退款", "hit": True}
    assert hits[0]["author"]["name"] == "Ben"
    assert hits[1]["conversation_id"] == str(talk.pk)
    assert hits[1]["contact"]["name"] == "Mei"
    assert hits[1]["channel_name"] == talk.channel.name
    assert hits[1]["id"] == str(messages(talk)[0].pk)


@pytest.mark.parametrize(
    ("kind", "content", "q"),
    [
        ("image", {"id": "1", "caption": "The broken handle"}, "handle"),
        ("document", {"id": "1", "filename": "invoice-2026.pdf", "mime_type": "application/pdf"}, "invoice"),
        ("document", {"id": "1", "filename": "發票副本.pdf", "mime_type": "application/pdf"}, "副本"),
        ("location", {"latitude": 25.0, "longitude": 121.5, "name": "永康街", "address": "Taipei 106"}, "永康"),
        ("contacts", [{"name": {"formatted_name": "Auntie Wu"}, "phones": [{"phone": "+886 955 123 456"}]}], "3456"),
        ("interactive", {"type": "button_reply", "button_reply": {"id": "1", "title": "Cancel order"}}, "cancel"),
        ("button", {"text": "Yes please", "payload": "x"}, "please"),
        ("order", {"product_items": [{"product_retailer_id": "mug-9981", "quantity": 1}]}, "9981"),
    ],
)
def test_every_kind_of_message(cast: Cast, shop: Any, kind: str, content: Any, q: str):
    who = customer()
    says(shop, who, message(who, kind, content))
    assert len(found(cast, "ben", q)) == 1
    assert len(found(cast, "ben", q, type=kind)) == 1
    assert found(cast, "ben", q, type="text") == []


def test_what_we_sent_with_a_file_or_with_buttons(cast: Cast, shop: Any):
    talk, ben = thread(shop), cast.access("ben")
    picture = keep_upload(by=ben, conversation_id=talk.pk, file=photo())
    send(
        by=ben,
        conversation_id=talk.pk,
        client_ref="a",
        kind="image",
        content={"text": "The blue mug"},
        upload=picture.pk,
    )
    buttons = {"type": "button", "text": "Which one?", "buttons": [{"title": "Porcelain"}, {"title": "Glass"}]}
    send(by=ben, conversation_id=talk.pk, client_ref="b", kind="interactive", content=buttons)
    assert len(found(cast, "ben", "blue mug")) == 1
    assert len(found(cast, "ben", "porcelain")) == 1


def test_filters_narrow_it(cast: Cast, shop: Any):
    talk = thread(shop, customer(), "blue one", ago=3600)
    thread(channel(cast.europe), customer(), "blue two")
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="a", text="blue three")
    moment = messages(talk)[1].at.isoformat()
    for asked, expected in (
        ({}, ["blue two", "blue three", "blue one"]),
        ({"direction": "out"}, ["blue three"]),
        ({"agent": cast.ben.pk}, ["blue three"]),
        ({"agent": "me"}, []),
        ({"region": cast.europe.pk}, ["blue two"]),
        ({"channel": shop.pk}, ["blue three", "blue one"]),
        ({"conversation": talk.pk, "until": moment}, ["blue one"]),
        ({"channel": shop.pk, "since": moment}, ["blue three"]),
    ):
        assert sorted(found(cast, "dee", "blue", **asked)) == sorted(expected), asked


@pytest.mark.parametrize(
    "asked", [{"agent": "x"}, {"channel": "x"}, {"direction": "up"}, {"type": "text,nothing"}, {"region": "x"},
              {"since": "x"}, {"cursor": "x"}, {"q": "x" * 401}, {"q": "a\x00b"}]
)  # fmt: skip
def test_an_odd_question_is_refused_with_its_name(cast: Cast, asked: dict[str, str]):
    got: Any = cast.browser("ben").get("/api/v1/search/messages", {"q": "blue", **asked})
    assert got.status_code == 400
    assert got.json()["field"] == next(iter(asked))


@pytest.mark.parametrize("q", ["", "!?…", "😀", '"', '""', "a OR b", "'; DROP", "( (", "%_*", "x" * 400])
def test_what_cannot_be_found_finds_nothing(cast: Cast, shop: Any, q: str):
    thread(shop, customer(), "Hello 😀")
    for group in ("messages", "notes", "contacts"):
        assert found(cast, "ben", q, group) == []


def test_pages_hold_everything_once(cast: Cast, shop: Any):
    SearchPolicy.objects.update_or_create(pk=1, defaults={"search_page": 5})
    Policy.forget()
    who = customer()
    says(shop, who, *(message(who, "text", f"blue number {at}", ago=at) for at in range(13)))
    seen: list[str] = []
    cursor: dict[str, str] = {}
    for _ in range(4):
        page = answer(cast, "ben", "messages", q="blue", **cursor)
        seen += [hit["id"] for hit in page["results"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert len(seen) == len(set(seen)) == 13
    assert page["next"] is None
    assert seen == [str(row.pk) for row in reversed(messages())]


def test_one_character_is_looked_for_among_the_latest(cast: Cast, shop: Any):
    thread(shop, customer(), "有貓嗎")
    assert found(cast, "ben", "貓") == ["有貓嗎"]
    assert found(cast, "ben", "狗") == []


def test_a_search_that_must_open_too_much_stops_and_says_so(cast: Cast, shop: Any):
    SearchPolicy.objects.update_or_create(pk=1, defaults={"search_opened": 50, "search_page": 5})
    Policy.forget()
    who = customer()
    says(
        shop, who, message(who, "text", "貓", ago=900), *(message(who, "text", f"no {at}", ago=at) for at in range(70))
    )
    first = answer(cast, "ben", "messages", q="貓")
    assert (first["results"], first["partial"]) == ([], True)
    second = answer(cast, "ben", "messages", q="貓", cursor=first["next"])
    assert [hit["excerpt"][0]["text"] for hit in second["results"]] == ["貓"]


def test_a_very_long_message_is_found_by_its_last_words(cast: Cast, shop: Any):
    thread(shop, customer(), "早安 " * 1300 + "lastword")
    assert len(found(cast, "ben", "lastword")) == 1


def test_the_page_around_a_message_holds_what_came_before_and_after(cast: Cast, shop: Any):
    who = customer()
    says(shop, who, *(message(who, "text", f"number {at}", ago=100 - at) for at in range(30)))
    talk = messages()[0].conversation
    middle = messages(talk)[10]
    path = f"/api/v1/conversations/{talk.pk}/messages"
    page: Any = cast.browser("ben").get(path, {"around": str(middle.pk), "limit": "6"}).json()
    assert [row["content"]["text"] for row in page["results"]] == [f"number {at}" for at in (13, 12, 11, 10, 9, 8)]
    older: Any = cast.browser("ben").get(path, {"cursor": page["next"], "limit": "6"}).json()
    assert older["results"][0]["content"]["text"] == "number 7"
    assert cast.browser("ben").get(path, {"around": "x"}).status_code == 400
    other = thread(shop, customer())
    assert cast.browser("ben").get(path, {"around": str(messages(other)[0].pk)}).status_code == 404
