"""What is edited or deleted on the phone beside Kefu, whatever comes first and however often."""

from itertools import permutations
from typing import Any

import pytest

from inbox.actions import outgoing
from inbox.models import Amendment, Channel, Message
from security.models import StreamEvent
from tests.conftest import Cast
from tests.inbox.outgoing.conftest import Desk, desk
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import conversations, fresh, messages, only_message
from tests.worlds.webhooks import Json, beside, message, says, seconds, status, status_arrives, wamid

__all__ = ["desk"]  # the fixture


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def mei() -> Customer:
    return customer("Mei Lin", bsuid="TW.100000000000002")


def written(shop: Channel, to: Customer, kind: str, body: Json, *, ago: float = 0) -> Json:
    own = {"from": shop.phone.lstrip("+"), "to": to.wa_id, "to_user_id": to.bsuid, "id": wamid()}
    return {**own, "timestamp": seconds(ago), "type": kind, kind: body}


def said(shop: Channel, to: Customer, words: str, *, ago: float = 60) -> Json:
    return written(shop, to, "text", {"body": words}, ago=ago)


def edited(shop: Channel, to: Customer, target: str, words: str, *, ago: float = 0) -> Json:
    inner = {"type": "text", "text": {"body": words}}
    return written(shop, to, "edit", {"original_message_id": target, "message": inner}, ago=ago)


def revoked(shop: Channel, to: Customer, target: str, *, ago: float = 0) -> Json:
    return written(shop, to, "revoke", {"original_message_id": target}, ago=ago)


def echoed(shop: Channel, *echoes: Json) -> None:
    beside(shop, "smb_message_echoes", message_echoes=list(echoes))


def imported(shop: Channel, who: Customer, *rows: Json) -> None:
    read = [{**row, "history_context": {"status": "READ"}} for row in rows]
    threads = [{"id": who.wa_id, "context": {"wa_id": who.wa_id, "user_id": who.bsuid}, "messages": read}]
    told = {"phase": 0, "chunk_order": next(_chunks), "progress": 50}
    beside(shop, "history", history=[{"metadata": told, "threads": threads}])


_chunks = iter(range(1, 1000))


def shown(cast: Cast, row: Message) -> dict[str, Any]:
    page = cast.browser("ben").get(f"/api/v1/conversations/{row.conversation_id}/messages").json()["results"]
    return dict(next(one for one in page if one["id"] == str(row.pk)))


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_every_order_ends_the_same(shop: Channel, mei: Customer, order: tuple[int, ...]):
    first = said(shop, mei, "one")
    second, third = (edited(shop, mei, first["id"], words, ago=ago) for words, ago in (("two", 40), ("three", 20)))
    parts = [first, second, third, second]
    for place in order:
        echoed(shop, parts[place])
    row = only_message()
    assert (row.direction, row.content["origin"]) == ("out", "phone")
    assert row.content["earlier"] == ["one", "two"] and row.content["text"] == "three"
    assert Amendment.objects.for_system("the test").count() == 2


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("reversed_order", [True, False])
def test_what_was_deleted_on_the_phone_is_not_told_any_more(
    cast: Cast, shop: Channel, mei: Customer, *, together: bool, reversed_order: bool
):
    first = said(shop, mei, "the wrong price")
    parts = [first, revoked(shop, mei, first["id"])]
    parts = parts[::-1] if reversed_order else parts
    for some in [parts] if together else [[part] for part in parts]:
        echoed(shop, *some)
    row = only_message()
    assert shown(cast, row)["content"] == {"revoked": True, "origin": "phone"}
    (talk,) = cast.browser("ben").get("/api/v1/conversations").json()["results"]
    assert (talk["last_message"]["text"], talk["last_message"]["revoked"]) == ("", True)
    assert row.content["text"] == "the wrong price"  # kept for whoever must prove what was said


def test_a_deletion_reaches_those_who_look_at_the_thread(shop: Channel, mei: Customer):
    first = said(shop, mei, "the wrong price")
    echoed(shop, first)
    row, (before,) = only_message(), conversations(shop)
    StreamEvent.objects.all().delete()
    echoed(shop, revoked(shop, mei, first["id"]))
    assert set(StreamEvent.objects.values_list("kind", flat=True)) == {"message.changed", "conversation.changed"}
    assert (fresh(row).version, fresh(before).version) == (row.version + 1, before.version + 1)


def test_a_correction_is_no_answer_and_no_message(shop: Channel, mei: Customer):
    first = said(shop, mei, "Closed today", ago=600)
    echoed(shop, first)
    says(shop, mei, message(mei, ago=60))
    (talk,) = conversations(shop)
    echoed(shop, edited(shop, mei, first["id"], "Open today"))
    after = fresh(talk)
    assert after.waiting_since is not None, "they asked after it"
    assert (after.last_message_id, after.last_activity_at) == (talk.last_message_id, talk.last_activity_at)
    assert len(messages(talk)) == 2


def test_the_phone_changes_no_message_of_the_customer_and_they_none_of_ours(shop: Channel, mei: Customer):
    theirs, ours = message(mei, "text", "theirs", ago=60), said(shop, mei, "ours", ago=50)
    says(shop, mei, theirs)
    early = said(shop, mei, "early", ago=40)
    for target in (ours["id"], early["id"]):
        says(shop, mei, message(mei, "revoke", {"original_message_id": target}))
    echoed(shop, ours, early, revoked(shop, mei, theirs["id"]))
    assert [row.content.get("revoked") for row in messages()] == [None, None, None]


def test_what_kefu_sent_is_deleted_on_the_phone_too(desk: Desk):
    answer = desk.answers("the wrong price")
    desk.sends()
    echoed(desk.shop, revoked(desk.shop, desk.mei, str(fresh(answer).provider_ref)))
    assert shown(desk.cast, answer)["content"] == {"revoked": True}


def test_a_deletion_that_overtakes_the_answer_of_our_own_call_waits_for_its_id(desk: Desk):
    answer, ref = desk.answers("the wrong price"), wamid()
    claimed = outgoing.claim_next(conversation_id=desk.talk.pk)
    assert claimed is not None
    echoed(desk.shop, revoked(desk.shop, desk.mei, ref))
    outgoing.record_sent(message=claimed, provider_ref=ref)
    assert shown(desk.cast, answer)["content"] == {"revoked": True}


def test_a_deletion_of_a_message_nobody_knew_the_fate_of_waits_for_its_status(desk: Desk):
    answer, ref = desk.answers("the wrong price"), wamid()
    Message.objects.for_system("a call was cut").filter(pk=answer.pk).update(status="unconfirmed")
    echoed(desk.shop, revoked(desk.shop, desk.mei, ref))
    status_arrives(desk.shop, status(ref, "delivered", biz_opaque_callback_data=answer.correlation))
    assert (fresh(answer).status, shown(desk.cast, answer)["content"]) == ("delivered", {"revoked": True})


@pytest.mark.parametrize("ours", [True, False])
def test_in_old_times_both_sides_corrected_themselves(shop: Channel, mei: Customer, *, ours: bool):
    def old(row: Json) -> Json:
        return row if ours else {**row, "from": mei.wa_id, "to": shop.phone.lstrip("+")}

    first = old(said(shop, mei, "one", ago=90_000))
    imported(shop, mei, old(edited(shop, mei, first["id"], "two", ago=80_000)))
    imported(shop, mei, first)
    row, (talk,) = only_message(), conversations(shop)
    assert (row.content["text"], row.content["earlier"]) == ("two", ["one"])
    assert (talk.state, talk.waiting_since) == ("resolved", None), "nobody has to work it off"


def test_the_file_that_follows_an_old_message_undoes_no_deletion(cast: Cast, shop: Channel, mei: Customer):
    photo = written(shop, mei, "image", {"id": "700009", "mime_type": "image/jpeg", "sha256": ""}, ago=90_000)
    placeholder = {**photo, "type": "text", "text": {"body": "a picture"}}
    imported(shop, mei, placeholder, revoked(shop, mei, photo["id"], ago=80_000))
    beside(shop, "history", message_echoes=[photo])
    row = only_message()
    assert (row.kind, shown(cast, row)["content"]) == ("image", {"revoked": True, "origin": "history"})
