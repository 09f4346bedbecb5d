"""What becomes of a message we sent: statuses in any order, any number of times, with the same end."""

from itertools import permutations
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox.actions.outgoing import claim_next, forget_parked, record_sent
from inbox.actions.replies import send_text
from inbox.models import Channel, Conversation, Message, ParkedStatus
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, messages, thread
from tests.worlds.webhooks import Json, seconds, status, status_arrives, wamid

ERRORS = [{"code": 131026, "title": "x", "error_data": {"details": "y"}}]
# When each happened, so that a permutation changes the order of arrival only.
AGES = {"sent": 50, "delivered": 40, "read": 30, "played": 20, "failed": 45}
ENDS = {
    ("sent",): "sent",
    ("sent", "delivered"): "delivered",
    ("sent", "delivered", "read"): "read",
    ("sent", "read"): "read",
    ("delivered", "read", "played"): "played",
    ("failed",): "failed",
    ("sent", "failed"): "failed",
    ("sent", "failed", "delivered"): "delivered",  # a late `delivered` after `failed` happens: they have it
    ("sent", "delivered", "read", "failed"): "read",
}


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def talk(shop: Channel) -> Conversation:
    return thread(shop)


@pytest.fixture
def accepted(cast: Cast, talk: Conversation) -> Message:
    """Sent and accepted; WhatsApp called it ``wamid.OURS``."""
    sending = queued(cast, talk)
    record_sent(message=sending, provider_ref="wamid.OURS")
    return sending


def queued(cast: Cast, talk: Conversation) -> Message:
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref=wamid(), text="Yes")
    sending = claim_next(conversation_id=talk.pk)
    assert sending is not None
    return sending


def told(word: str, **more: Any) -> Json:
    if word == "failed":
        more["errors"] = ERRORS
    return status(more.pop("ref", "wamid.OURS"), word, ago=AGES[word], **more)


def outcome(row: Message) -> tuple[Any, ...]:
    now = fresh(row)
    return now.status, now.error_code, now.sent_at, now.delivered_at, now.read_at, now.failed_at, now.provider_ref


@pytest.mark.parametrize("words", ENDS, ids="-".join)
def test_in_whatever_order_they_come_the_end_is_the_same(shop: Channel, accepted: Message, words: tuple[str, ...]):
    ends = set()
    stamps = {word: told(word) for word in words}
    for order in permutations(words):
        with transaction.atomic():
            for word in order:
                status_arrives(shop, stamps[word])
            ends.add(outcome(accepted))
            transaction.set_rollback(True)
    (end,) = ends
    assert end[0] == ENDS[words]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_duplicates_and_batching_change_nothing_either(shop: Channel, accepted: Message, data: st.DataObject):
    words = data.draw(st.sampled_from(list(ENDS)))
    stamps = {word: {**told(word), "timestamp": str(1_790_000_000 + AGES[word])} for word in words}
    arrivals = data.draw(st.permutations([*words, *data.draw(st.lists(st.sampled_from(words), max_size=4))]))
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(arrivals) - 1)), max_size=3)))
    with transaction.atomic():
        for start, end in zip([0, *cuts], [*cuts, len(arrivals)], strict=True):
            if start < end:
                status_arrives(
                    shop, *({**stamps[word], "n": f"{start}-{place}"} for place, word in enumerate(arrivals[start:end]))
                )
        assert outcome(accepted)[0] == ENDS[words]
        transaction.set_rollback(True)


def test_each_first_time_is_kept(shop: Channel, accepted: Message):
    status_arrives(shop, told("read"))
    status_arrives(shop, told("sent"))
    row = fresh(accepted)
    assert row.status == "read" and row.sent_at < row.read_at and row.delivered_at is None


def test_a_failure_brings_its_reason_in_both_languages(cast: Cast, shop: Channel, accepted: Message):
    status_arrives(shop, told("failed"))
    page = cast.browser("ben").get(f"/api/v1/conversations/{accepted.conversation_id}/messages").json()
    error = page["results"][0]["error"]
    assert (error["code"], error["retryable"]) == ("131026", False)
    assert (
        "WhatsApp" in error["words"]["en"]["message"]
        and error["words"]["zh-hant"]["message"] != error["words"]["en"]["message"]
    )


def test_a_failure_without_a_code_is_a_failure(shop: Channel, accepted: Message):
    status_arrives(shop, status("wamid.OURS", "failed"))
    assert (fresh(accepted).status, fresh(accepted).error_code) == ("failed", "131000")


@pytest.mark.parametrize("code", ["131047", "131049", "999999", "not a number", "x" * 500])
def test_a_failure_of_any_code_can_be_shown(cast: Cast, shop: Channel, accepted: Message, code: str):
    status_arrives(shop, status("wamid.OURS", "failed", errors=[{"code": code}]))
    page = cast.browser("ben").get(f"/api/v1/conversations/{accepted.conversation_id}/messages").json()
    assert page["results"][0]["error"]["words"]["en"]["message"]


def test_the_conversations_line_in_the_list_shows_the_tick(cast: Cast, shop: Channel, accepted: Message):
    before = fresh(accepted.conversation)
    status_arrives(shop, told("delivered"))
    listed = cast.browser("ben").get("/api/v1/conversations").json()["results"][0]
    assert listed["last_message"]["status"] == "delivered"
    assert listed["version"] == before.version + 1


def test_a_status_about_an_older_message_leaves_the_list_as_it_is(cast: Cast, shop: Channel, accepted: Message):
    send_text(by=cast.access("ben"), conversation_id=accepted.conversation_id, client_ref="2", text="Newer")
    before = fresh(accepted.conversation)
    status_arrives(shop, told("delivered"))
    assert fresh(accepted.conversation).version == before.version


# --- found by our own id, or waiting until they can be


def test_a_status_that_overtakes_the_answer_of_the_send_call_is_found_by_our_id(
    cast: Cast, shop: Channel, talk: Conversation
):
    sending = queued(cast, talk)
    status_arrives(shop, told("sent", biz_opaque_callback_data=str(sending.pk)))
    assert (fresh(sending).status, fresh(sending).provider_ref) == ("sent", "wamid.OURS")
    record_sent(message=sending, provider_ref="wamid.OURS")
    assert fresh(sending).status == "sent", "the answer of the call does not take it back"


def test_without_our_id_it_is_parked_until_the_answer_names_the_message(cast: Cast, shop: Channel, talk: Conversation):
    sending = queued(cast, talk)
    status_arrives(shop, told("delivered"))
    status_arrives(shop, told("sent"))
    assert fresh(sending).status == "sending" and ParkedStatus.objects.count() == 2
    record_sent(message=sending, provider_ref="wamid.OURS")
    row = fresh(sending)
    assert row.status == "delivered" and row.sent_at is not None
    assert ParkedStatus.objects.count() == 0


def test_statuses_of_messages_we_never_sent_are_parked_once_and_forgotten_later(shop: Channel, talk: Conversation):
    for _ in range(3):
        status_arrives(shop, {**told("sent", ref="wamid.FOREIGN"), "n": wamid()})
    assert ParkedStatus.objects.count() == 1
    assert forget_parked() == 0
    ParkedStatus.objects.update(parked_at="2020-01-01T00:00:00Z")
    assert [forget_parked(), forget_parked()] == [1, 0]


@pytest.mark.parametrize(
    "correlation", ["", "not-a-uuid", "k1", None, 5, {"x": 1}, "01890000-0000-7000-8000-000000000000"]
)
def test_a_correlation_that_is_not_ours_does_no_harm(shop: Channel, accepted: Message, correlation: Any):
    status_arrives(shop, told("delivered", biz_opaque_callback_data=correlation))
    assert fresh(accepted).status == "delivered"


def test_a_status_cannot_touch_a_message_of_another_number(cast: Cast, shop: Channel, accepted: Message):
    other = channel(cast.europe)
    status_arrives(other, told("failed", biz_opaque_callback_data=str(accepted.pk)))
    assert fresh(accepted).status == "accepted"


def test_a_status_cannot_touch_what_the_customer_sent(shop: Channel, talk: Conversation):
    (question,) = messages(talk)
    status_arrives(shop, status(str(question.provider_ref), "read"))
    status_arrives(shop, status("wamid.x", "failed", biz_opaque_callback_data=str(question.pk)))
    assert fresh(question).status == "received"


def test_a_batch_of_statuses_of_many_conversations_is_applied_at_once(cast: Cast, shop: Channel):
    rows = []
    for number in range(12):
        sending = queued(cast, thread(shop))
        record_sent(message=sending, provider_ref=f"wamid.B{number}")
        rows.append(sending)
    stamps = [
        {"id": f"wamid.B{n}", "status": word, "timestamp": seconds()} for n in range(12) for word in ("read", "sent")
    ]
    status_arrives(shop, *stamps)
    assert {fresh(row).status for row in rows} == {"read"}
