"""What did not pass through us: echoes of the phone and of other apps, old history, calls, the address book."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.actions.statuses import RANK
from inbox.models import AccountEvent, Channel, Conversation, Media
from inbox.sending.recipients import recipient_of
from security.models import StreamEvent
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import conversations, fresh, messages, only_message, reactions, thread
from tests.worlds.webhooks import beside, message, says, seconds, status, status_arrives, wamid

PHOTO = {"id": "700001", "mime_type": "image/jpeg", "sha256": ""}


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def mei() -> Customer:
    return customer("Mei Lin", bsuid="TW.100000000000001")


def echo(shop: Channel, to: Customer, text: str = "Sent by hand", *, ago: float = 0, **more: Any) -> dict[str, Any]:
    own = {"from": shop.phone.lstrip("+"), "to": to.wa_id, "to_user_id": to.bsuid, "id": wamid()}
    return {**own, "timestamp": seconds(ago), "type": "text", "text": {"body": text}, **more}


def old(shop: Channel, who: Customer, text: str, *, ours: bool, ago: float, word: str = "READ", **more: Any) -> Any:
    sides = (shop.phone.lstrip("+"), who.wa_id)
    sender, to = sides if ours else reversed(sides)
    body = {"from": sender, "to": to, "id": wamid(), "timestamp": seconds(ago), "type": "text", "text": {"body": text}}
    return {**body, "history_context": {"status": word}, **more}


def history(shop: Channel, who: Customer, *rows: Any, chunk: int = 1, phase: int = 0) -> None:
    told = {"phase": phase, "chunk_order": chunk, "progress": 50}
    threads = [{"id": who.wa_id, "context": {"wa_id": who.wa_id, "user_id": who.bsuid}, "messages": list(rows)}]
    beside(shop, "history", history=[{"metadata": told, "threads": threads}])


# --- echoes


@pytest.mark.parametrize(("field", "origin"), [("smb_message_echoes", "phone"), ("message_echoes", "app")])
def test_what_the_owner_writes_on_the_phone_is_ours_in_the_thread(
    shop: Channel, mei: Customer, field: str, origin: str
):
    talk = thread(shop, mei, ago=60)
    beside(shop, field, message_echoes=[echo(shop, mei)])
    _, row = messages(talk)
    assert (row.direction, row.status, row.author_id) == ("out", "sent", None)
    assert row.content == {"text": "Sent by hand", "origin": origin}
    after = fresh(talk)
    assert after.last_message_id == row.pk and after.waiting_since is None, "the customer has an answer"
    assert (after.inbound_count, after.last_inbound_at) == (talk.inbound_count, talk.last_inbound_at)


def test_an_echo_to_somebody_new_opens_a_thread_but_no_window(shop: Channel, mei: Customer):
    beside(shop, "smb_message_echoes", message_echoes=[echo(shop, mei)])
    (talk,) = conversations(shop)
    assert (talk.window_from, talk.inbound_count, talk.waiting_since) == (None, 0, None)
    assert only_message().direction == "out"


def test_an_echo_that_comes_twice_or_of_a_message_we_know_is_stored_once(shop: Channel, mei: Customer):
    one = echo(shop, mei)
    for _ in range(2):
        beside(shop, "smb_message_echoes", message_echoes=[one, one])
    beside(shop, "message_echoes", message_echoes=[one])
    assert len(messages()) == 1


def test_the_ticks_of_an_echo_count_whether_they_come_before_or_after_it(shop: Channel, mei: Customer):
    early, late = echo(shop, mei, "1", ago=5), echo(shop, mei, "2")
    status_arrives(shop, status(early["id"], "delivered"))
    beside(shop, "smb_message_echoes", message_echoes=[early, late])
    status_arrives(shop, status(late["id"], "read"))
    assert [row.status for row in messages()] == ["delivered", "read"]


def test_a_picture_sent_from_the_phone_is_fetched_like_any_other(shop: Channel, mei: Customer):
    beside(shop, "smb_message_echoes", message_echoes=[echo(shop, mei, type="image", image=PHOTO)])
    media = Media.objects.for_system("the test").get()
    assert (media.state, media.provider_ref, only_message().kind) == ("fetching", "700001", "image")


def test_a_new_question_after_the_echo_still_waits(shop: Channel, mei: Customer):
    talk = thread(shop, mei)
    beside(shop, "smb_message_echoes", message_echoes=[echo(shop, mei, ago=600)])
    assert fresh(talk).waiting_since is not None, "the echo is older than the question"


def test_an_emoji_put_there_from_the_phone_is_ours(shop: Channel, mei: Customer):
    asked = message(mei)
    says(shop, mei, asked)
    (talk,) = conversations(shop)
    for emoji, ago in (("👍", 5), ("", 0)):
        put = {"message_id": asked["id"], "emoji": emoji}
        beside(shop, "smb_message_echoes", message_echoes=[echo(shop, mei, ago=ago, type="reaction", reaction=put)])
        (reaction,) = reactions(talk)
        assert (reaction.side, reaction.emoji) == ("team", emoji)
    assert only_message().direction == "in", "an emoji is no message"


def test_answers_go_to_the_id_the_customer_wrote_with_whatever_form_the_phone_used(shop: Channel):
    lia = customer("Lia", wa_id="551190000001")
    talk = thread(shop, lia)
    dialled = customer("Lia", wa_id="5511990000001")
    beside(shop, "smb_message_echoes", message_echoes=[echo(shop, dialled)])
    assert len(messages(talk)) == 2, "it is the same person"
    assert recipient_of(talk.contact_id, shop) == (lia.wa_id, None)
    seen = fresh(talk.contact).last_seen_at
    beside(shop, "smb_message_echoes", message_echoes=[echo(shop, lia, ago=-60)])
    assert fresh(talk.contact).last_seen_at == seen, "we wrote, not they"


# --- history


def test_old_messages_of_both_sides_are_imported_quietly(cast: Cast, shop: Channel, mei: Customer):
    rows = [
        old(shop, mei, "Do you have oolong?", ours=False, ago=90_000),
        old(shop, mei, "Yes", ours=True, ago=80_000),
        old(shop, mei, "Failed once", ours=True, ago=70_000, word="ERROR"),
    ]
    before = timezone.now()
    history(shop, mei, *rows)
    (talk,) = conversations(shop)
    question, answer, failed = messages(talk)
    assert [row.direction for row in (question, answer, failed)] == ["in", "out", "out"]
    assert [row.status for row in (question, answer, failed)] == ["received", "read", "failed"]
    assert (talk.state, talk.window_from, talk.inbound_count, talk.waiting_since) == ("resolved", None, 0, None)
    assert talk.last_message_id == failed.pk and talk.last_activity_at < before
    told = StreamEvent.objects.filter(kind="message.changed")
    assert not told.exists(), "nobody is called to a message of yesterday"
    (event,) = AccountEvent.objects.for_system("the test").filter(field="history")
    assert event.content["told"]["messages"] == 3 and "oolong" not in str(event.content)


def test_a_large_import_costs_no_query_per_message(shop: Channel, mei: Customer):
    def cost(count: int, start: int) -> int:
        rows = [old(shop, mei, "x", ours=number % 2 == 0, ago=start - number) for number in range(count)]
        with CaptureQueriesContext(connection) as queries:
            history(shop, mei, *rows, chunk=start)
        return len(queries)

    cost(2, 900_000)
    few = cost(4, 800_000)
    assert cost(60, 700_000) <= few + 2


def test_chunks_may_come_out_of_order_and_twice(shop: Channel, mei: Customer):
    first, second = (old(shop, mei, text, ours=False, ago=ago) for text, ago in (("older", 90_000), ("newer", 80_000)))
    for chunk, row in ((2, second), (1, first), (2, second)):
        history(shop, mei, row, chunk=chunk)
    (talk,) = conversations(shop)
    older, newer = messages(talk)
    assert (older.content["text"], newer.content["text"]) == ("older", "newer")
    assert talk.last_message_id == newer.pk


def test_history_of_a_running_thread_changes_neither_its_state_nor_its_window(shop: Channel, mei: Customer):
    talk = thread(shop, mei)
    history(shop, mei, old(shop, mei, "long ago", ours=False, ago=90_000))
    after = fresh(talk)
    for name in ("state", "last_message_id", "last_inbound_at", "inbound_count", "waiting_since"):
        assert getattr(after, name) == getattr(talk, name), name


def test_who_writes_after_the_import_has_a_new_case(shop: Channel, mei: Customer):
    history(shop, mei, old(shop, mei, "long ago", ours=False, ago=90_000))
    says(shop, mei, message(mei))
    (talk,) = conversations(shop)
    assert (talk.state, talk.case_count, talk.inbound_count) == ("open", 1, 1)


def test_a_file_of_an_old_message_comes_later_in_a_webhook_of_its_own(shop: Channel, mei: Customer):
    row = old(shop, mei, "", ours=False, ago=90_000, type="media_placeholder")
    history(shop, mei, row)
    assert only_message().kind == "unsupported"
    file = {**mei.sender(), "id": row["id"], "timestamp": row["timestamp"], "type": "image", "image": PHOTO}
    for _ in range(2):
        beside(shop, "history", messages=[file])
    assert only_message().kind == "image"
    assert Media.objects.for_system("the test").get().message_id == only_message().pk


def test_an_owner_who_shares_no_history_is_noted(shop: Channel):
    beside(shop, "history", history=[{"errors": [{"code": 2593109, "title": "History sharing is off"}]}])
    (event,) = AccountEvent.objects.for_system("the test")
    assert (event.event, event.severity) == ("2593109", "warning")
    assert messages() == []


# --- calls


def call(shop: Channel, who: Customer, *, seconds_: int = 0, ours: bool = False) -> dict[str, Any]:
    own = shop.phone.lstrip("+")
    sides = {"from": own, "to": who.wa_id} if ours else {"from": who.wa_id, "to": own}
    ended = {"event": "terminate", "status": "COMPLETED" if seconds_ else "FAILED", "duration": seconds_}
    direction = "BUSINESS_INITIATED" if ours else "USER_INITIATED"
    return {"id": f"wacid.{wamid()}", **sides, "timestamp": seconds(), "direction": direction, **ended}


@pytest.mark.parametrize(("length", "event"), [(0, "call_missed"), (73, "call_ended")])
def test_a_call_is_a_line_of_the_thread_and_opens_the_window(shop: Channel, mei: Customer, length: int, event: str):
    talk = thread(shop, mei, ago=100_000)
    one = call(shop, mei, seconds_=length)
    for _ in range(2):
        beside(shop, "calls", calls=[one])
    _, row = messages(talk)
    assert (row.kind, row.content["event"], row.content.get("seconds", 0)) == ("system", event, length)
    after = fresh(talk)
    assert after.last_inbound_at == row.at and after.inbound_count == 2 and after.waiting_since is not None


def test_a_call_that_only_rings_is_not_yet_a_line(shop: Channel, mei: Customer):
    beside(shop, "calls", calls=[{**call(shop, mei), "event": "connect"}])
    assert messages() == []


def test_a_call_of_ours_that_nobody_took_opens_no_window(shop: Channel, mei: Customer):
    beside(shop, "calls", calls=[call(shop, mei, ours=True)])
    (talk,) = conversations(shop)
    assert only_message().content["event"] == "call_out_missed" and talk.window_from is None


# --- the phone's address book


def test_the_phone_names_people_we_know_and_nobody_else(shop: Channel, mei: Customer):
    talk = thread(shop, mei)
    rows = [
        {"type": "contact", "action": "add", "contact": {"full_name": name, "phone_number": f"+{who.wa_id}"}}
        for name, who in (("Auntie Mei", mei), ("A stranger", customer()))
    ]
    beside(shop, "smb_app_state_sync", state_sync=[*rows, {**rows[0], "action": "remove"}])
    (only,) = Conversation.objects.for_system("the test").filter(channel=shop)
    assert fresh(talk.contact).profile["name"] == "Auntie Mei" and only.pk == talk.pk


def test_every_state_of_the_history_is_one_of_ours():
    from inbox.whatsapp.parse_beside import _HISTORY_STATUSES

    assert set(_HISTORY_STATUSES.values()) <= set(RANK) | {"failed"}
