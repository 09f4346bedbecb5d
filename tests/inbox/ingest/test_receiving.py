"""Duplicates, disorder, batches, windows and cases: what a stream of webhooks turns into."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.resolutions import reopen_conversation, resolve_conversation
from inbox.ingest.drainer import drain
from inbox.models import Assignment, Case, Channel, Conversation, Resolution, StoredWebhook
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import contacts, conversations, fresh, messages, only_message, thread
from tests.worlds.webhooks import arrive, envelope, message, says, store, value, wamid


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def mei() -> Customer:
    return customer()


def texts() -> list[str]:
    return [row.content["text"] for row in messages()]


def test_the_first_message_opens_a_conversation_with_its_first_case(shop: Channel, mei: Customer):
    talk = thread(shop, mei, ago=60)
    row = only_message()
    assert (talk.state, talk.assignee_id, talk.case_count, talk.inbound_count) == ("open", None, 1, 1)
    assert (talk.last_message_id, talk.last_activity_at, talk.last_inbound_at) == (row.pk, row.at, row.at)
    assert row.case is not None
    assert (talk.waiting_since, row.case.number) == (row.at, 1)
    assert timezone.now() - row.at >= timedelta(seconds=60)


def test_a_repeated_message_changes_nothing(shop: Channel, mei: Customer):
    once = message(mei)
    says(shop, mei, once, once)
    before = fresh(conversations()[0])
    says(shop, mei, once)
    says(shop, mei, {**once, "text": {"body": "the same id with other words"}})
    after = conversations()[0]
    assert texts() == ["Hello"]
    assert (after.version, after.inbound_count) == (before.version, 1)


def test_a_body_that_repeats_a_message_and_brings_a_new_one_is_applied_at_once(shop: Channel, mei: Customer):
    """Were the repetition left to the database's constraint, the new message would be set aside along with it."""
    once = message(mei, content="1")
    says(shop, mei, once)
    says(shop, mei, once, message(mei, content="2"))
    assert texts() == ["1", "2"]
    assert set(StoredWebhook.objects.values_list("state", "attempts")) == {("applied", 0)}


def test_the_same_body_again_is_stored_and_applied_once(shop: Channel, mei: Customer):
    body = envelope(shop, value(shop, people=[mei], messages=[message(mei)]))
    for _ in range(3):
        store(shop, body)
    assert StoredWebhook.objects.count() == 1
    assert [drain(shop.pk), drain(shop.pk)] == [1, 0]


def test_the_same_id_on_another_number_is_another_message(cast: Cast, shop: Channel, mei: Customer):
    once = message(mei)
    says(shop, mei, once)
    says(channel(cast.asia), mei, once)
    assert len(messages()) == 2


def test_messages_are_shown_in_the_order_they_were_sent_not_in_which_they_came(shop: Channel, mei: Customer):
    first, second, third = (message(mei, content=str(number), ago=60 - number) for number in range(3))
    says(shop, mei, third)
    says(shop, mei, second, first)
    talk = conversations()[0]
    assert texts() == ["0", "1", "2"]
    assert talk.last_message_id == messages()[-1].pk and talk.inbound_count == 3


def test_a_late_message_does_not_move_the_conversation_back(shop: Channel, mei: Customer):
    says(shop, mei, message(mei, content="now"))
    before = conversations()[0]
    says(shop, mei, message(mei, content="two days ago", ago=2 * 86400))
    after = conversations()[0]
    assert (after.last_message_id, after.last_activity_at) == (before.last_message_id, before.last_activity_at)
    assert after.last_inbound_at == before.last_inbound_at, "the window counts from the newest message"
    assert after.inbound_count == 2


def test_a_late_first_message_opens_the_window_only_for_what_is_left_of_it(shop: Channel, mei: Customer, cast: Cast):
    says(shop, mei, message(mei, ago=23 * 3600))
    shown = cast.browser("ben").get("/api/v1/conversations").json()["results"][0]
    closes = datetime.fromisoformat(shown["window_closes_at"])
    assert timedelta(minutes=59) < closes - timezone.now() <= timedelta(hours=1)


def test_a_message_later_than_its_webhooks_receipt_cannot_stretch_the_window(shop: Channel, mei: Customer):
    says(shop, mei, message(mei, ago=-86400))
    last = conversations()[0].last_inbound_at
    assert last is not None and last <= timezone.now()


def test_a_batch_of_a_thousand_changes_is_applied_at_once(shop: Channel):
    crowd = [customer(f"Customer {number}") for number in range(50)]
    changes = [
        value(shop, people=[who], messages=[message(who, content=f"{turn}", ago=100 - turn)])
        for turn in range(20)
        for who in crowd
    ]
    store(shop, envelope(shop, *changes))
    assert drain(shop.pk) == 1
    assert (len(messages()), len(contacts()), len(conversations())) == (1000, 50, 50)
    for talk in conversations():
        assert [row.content["text"] for row in messages(talk)] == [str(turn) for turn in range(20)]
        assert talk.inbound_count == 20


def test_many_messages_of_one_person_in_one_second_keep_their_order(shop: Channel, mei: Customer):
    says(shop, mei, *(message(mei, content=str(number), ago=5) for number in range(50)))
    assert texts() == [str(number) for number in range(50)]


def test_several_bodies_are_applied_in_the_order_they_were_stored(shop: Channel, mei: Customer):
    store(
        shop, *(envelope(shop, value(shop, people=[mei], messages=[message(mei, content=str(n))])) for n in range(10))
    )
    assert drain(shop.pk) == 10
    assert texts() == [str(number) for number in range(10)]


def test_waiting_counts_from_the_first_unanswered_message(shop: Channel, mei: Customer):
    says(shop, mei, message(mei, ago=100))
    says(shop, mei, message(mei, ago=50))
    assert conversations()[0].waiting_since == messages()[0].at


def test_a_system_note_makes_nobody_wait(shop: Channel, mei: Customer):
    says(shop, mei, message(mei, "system", {"type": "customer_identity_changed", "body": "New phone"}))
    assert conversations()[0].waiting_since is None


# --- cases


def assigned_and_resolved(cast: Cast, talk: Conversation) -> None:
    assign_conversation(by=cast.access("ben"), conversation_id=talk.pk, to=cast.ben.pk)
    resolve_conversation(by=cast.access("ben"), conversation_id=talk.pk)


def test_a_message_after_the_resolution_begins_a_new_case_that_nobody_has(cast: Cast, shop: Channel, mei: Customer):
    talk = thread(shop, mei)
    assigned_and_resolved(cast, talk)
    says(shop, mei, message(mei, content="One more thing"), message(mei, content="and another"))
    after = fresh(talk)
    assert (after.state, after.assignee_id, after.case_count) == ("open", None, 2)
    assert [row.case.number for row in messages(talk) if row.case] == [1, 2, 2]
    assert after.waiting_since == messages(talk)[1].at


def test_the_assignment_of_the_last_case_ends_with_the_new_one(cast: Cast, shop: Channel, mei: Customer):
    talk = thread(shop, mei)
    assigned_and_resolved(cast, talk)
    assert Assignment.objects.for_system("the test").get().ended_at is None
    says(shop, mei)
    assert Assignment.objects.for_system("the test").get().ended_at is not None


def test_reopening_the_second_case_leaves_the_first_resolved(cast: Cast, shop: Channel, mei: Customer):
    talk = thread(shop, mei)
    assigned_and_resolved(cast, talk)
    says(shop, mei)
    resolve_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    reopen_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    standing = Resolution.objects.for_system("the test").order_by("case__number")
    assert [(row.case.number, row.reopened_at is None) for row in standing] == [(1, True), (2, False)]


def test_a_late_message_to_a_resolved_conversation_is_not_overlooked(cast: Cast, shop: Channel, mei: Customer):
    talk = thread(shop, mei)
    assigned_and_resolved(cast, talk)
    says(shop, mei, message(mei, content="sent before, came after", ago=3600))
    assert (fresh(talk).state, Case.objects.for_system("the test").count()) == ("open", 2)


def test_a_reaction_does_not_reopen_a_resolved_conversation(cast: Cast, shop: Channel, mei: Customer):
    talk = thread(shop, mei)
    assigned_and_resolved(cast, talk)
    says(shop, mei, message(mei, "reaction", {"message_id": messages()[0].provider_ref, "emoji": "🙏"}))
    after = fresh(talk)
    assert (after.state, after.assignee_id, after.case_count) == ("resolved", cast.ben.pk, 1)


# --- quoting


def test_an_answer_to_a_message_of_the_same_batch_quotes_it(shop: Channel, mei: Customer):
    first = message(mei, content="first", ago=2)
    says(shop, mei, first, message(mei, content="second", context={"id": first["id"]}))
    one, two = messages()
    assert two.quoted_id == one.pk


def test_an_answer_cannot_quote_across_numbers(cast: Cast, shop: Channel, mei: Customer):
    first = message(mei)
    says(shop, mei, first)
    other = channel(cast.asia)
    says(other, mei, message(mei, context={"id": first["id"]}))
    (answer,) = messages(conversations(other)[0])
    assert answer.quoted_id is None and answer.quoted_ref == first["id"]


def test_a_message_of_nobody_known_and_a_status_of_nothing_known_may_share_a_change(shop: Channel, mei: Customer):
    states = [{"id": wamid(), "status": "sent", "timestamp": "1"}]
    arrive(shop, value(shop, people=[mei], messages=[message(mei)], statuses=states))
    assert len(messages()) == 1
