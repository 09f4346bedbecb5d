"""The rows are the truth: whatever hint got lost, the sweeper finds what waits."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery.signals import before_task_publish
from django.db import connection
from django.utils import timezone

from inbox.models import Channel, InboxPolicy, Media, Message, StoredWebhook
from inbox.sweeping import sweep
from tests.conftest import Cast
from tests.inbox.outgoing.conftest import Desk, state
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, thread
from tests.worlds.webhooks import envelope, message, says, store, value

OLD = timedelta(minutes=5)


@pytest.fixture
def published() -> Iterator[list[tuple[str, str]]]:
    """``(task, first argument)`` of everything handed to the broker."""
    heard: list[tuple[str, str]] = []

    def note(sender: str, body: Any, **_: Any) -> None:
        heard.append((sender.removeprefix("inbox.tasks."), body[0][0]))

    before_task_publish.connect(note)
    yield heard
    before_task_publish.disconnect(note)


@pytest.fixture
def woken() -> Iterator[list[tuple[str, datetime]]]:
    """``(first argument, when)`` of everything the broker was given for a later time."""
    heard: list[tuple[str, datetime]] = []

    def note(body: Any, headers: dict[str, Any], **_: Any) -> None:
        if headers["eta"]:
            heard.append((body[0][0], datetime.fromisoformat(headers["eta"])))

    before_task_publish.connect(note)
    yield heard
    before_task_publish.disconnect(note)


def age(row: Message, **times: object) -> None:
    Message.objects.for_system("time passes").filter(pk=row.pk).update(**times)


def test_nothing_that_waits_means_nothing_is_enqueued(desk: Desk, published: list):
    sweep()
    assert published == []


def test_a_message_just_queued_is_left_to_its_own_task(desk: Desk, published: list):
    desk.answers()
    sweep()
    assert published == []


def test_a_message_whose_task_got_lost_is_enqueued_again_once_per_conversation(desk: Desk, published: list):
    for number in range(3):
        age(desk.answers(str(number)), created_at=timezone.now() - OLD)
    sweep()
    assert published == [("deliver_conversation", str(desk.talk.pk))]


def test_a_message_whose_time_has_come_is_enqueued_and_one_whose_time_has_not_is_not(desk: Desk, published: list):
    row = desk.answers()
    age(row, created_at=timezone.now() - OLD, due_at=timezone.now() + OLD)
    sweep()
    assert published == []
    age(row, due_at=timezone.now())
    sweep()
    assert published == [("deliver_conversation", str(desk.talk.pk))]


def test_a_paused_number_is_left_alone(desk: Desk, published: list):
    age(desk.answers(), created_at=timezone.now() - OLD)
    Channel.objects.for_system("the test").update(state="paused")
    sweep()
    assert published == []


def test_a_claim_that_a_crash_left_is_settled(desk: Desk, published: list):
    row = desk.answers()
    stale = timezone.now() - timedelta(seconds=InboxPolicy.current().claim_timeout_seconds + 1)
    age(row, status="sending", claimed_at=stale, calling_at=stale)
    sweep()
    assert state(row) == ("unconfirmed", "worker_lost")


def spoil(row: Message) -> None:
    """Its ciphertext does not open any more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inbox_message SET content = %s WHERE client_ref = %s", [b"\x01 damaged", row.client_ref])


def test_a_message_that_cannot_be_read_is_settled_like_any_other_and_stops_nothing(desk: Desk, published: list):
    other, third = thread(desk.shop), thread(desk.shop)
    spoiled, sound, queued = desk.answers("1"), desk.answers("2", talk=other), desk.answers("3", talk=third)
    stale = timezone.now() - timedelta(seconds=InboxPolicy.current().claim_timeout_seconds + 1)
    for row in (spoiled, sound):
        age(row, status="sending", claimed_at=stale, calling_at=stale)
    age(queued, created_at=timezone.now() - OLD)
    spoil(spoiled)
    sweep()
    assert state(sound) == state(spoiled) == ("unconfirmed", "worker_lost")
    assert published == [("deliver_conversation", str(third.pk))]


def test_a_message_that_cannot_be_read_fails_in_the_end(desk: Desk):
    spoiled = desk.answers("1")
    spoil(spoiled)
    for _ in range(InboxPolicy.current().send_attempts):
        age(spoiled, due_at=None)
        desk.sends()
    assert state(spoiled) == ("failed", "attempts_used_up")


def test_a_message_whose_addressee_cannot_be_read_fails_in_the_end(desk: Desk):
    answer = desk.answers("1")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_identity SET value = %s", [b"\x01 damaged"])
    for _ in range(InboxPolicy.current().send_attempts):
        age(answer, due_at=None)
        desk.sends()
    assert state(answer) == ("failed", "attempts_used_up")


def test_one_part_that_fails_does_not_keep_the_others_from_their_work(
    desk: Desk, published: list, monkeypatch: pytest.MonkeyPatch
):
    def broken() -> None:
        raise RuntimeError

    monkeypatch.setattr("inbox.sweeping.give_up_on_stale_claims", broken)
    monkeypatch.setattr("inbox.sweeping._wake_drainers", broken)
    says(desk.shop, desk.mei, message(desk.mei, "image", {"id": "7", "mime_type": "image/jpeg"}))
    age(desk.answers(), created_at=timezone.now() - OLD)
    sweep()
    assert {task for task, _ in published} == {"deliver_conversation", "fetch_media"}


def test_a_message_that_becomes_due_before_the_next_sweep_is_woken_at_its_own_time(desk: Desk, woken: list):
    row = desk.answers()
    age(row, created_at=timezone.now() - OLD, due_at=timezone.now() + timedelta(seconds=3))
    sweep()
    ((conversation_id, at),) = woken
    assert conversation_id == str(desk.talk.pk)
    assert timedelta(0) < at - fresh(row).due_at < timedelta(seconds=1)


def test_stored_webhooks_that_nobody_drained_are_drained_and_fresh_ones_are_left_to_their_hint(
    cast: Cast, published: list
):
    shop, who = channel(cast.asia), customer()
    for text in ("1", "2"):
        store(shop, envelope(shop, value(shop, people=[who], messages=[message(who, content=text)])))
    sweep()
    assert published == []
    StoredWebhook.objects.update(received_at=timezone.now() - OLD)
    sweep()
    assert published == [("drain_channel", str(shop.pk))]


def test_a_file_that_is_due_is_fetched_again(cast: Cast, published: list):
    shop, who = channel(cast.asia), customer()
    says(shop, who, message(who, "image", {"id": "7", "mime_type": "image/jpeg"}))
    media = Media.objects.for_system("the test").get()
    Media.objects.for_system("the test").update(due_at=timezone.now() + OLD)
    sweep()
    assert published == []
    Media.objects.for_system("the test").update(due_at=timezone.now() - OLD)
    sweep()
    assert published == [("fetch_media", str(media.pk))]
    Media.objects.for_system("the test").update(state="failed")
    sweep()
    assert len(published) == 1


def test_a_broker_that_is_away_costs_nothing_but_time(desk: Desk):
    """The sweep itself may fail then; the rows are as they were and the next one finds them."""
    age(desk.answers(), created_at=timezone.now() - OLD)
    other = thread(desk.shop)
    age(desk.answers("other", talk=other), created_at=timezone.now() - OLD)
    sweep()
    assert Message.objects.for_system("the test").filter(status="queued").count() == 2


def test_after_a_commit_the_delivery_of_that_conversation_is_enqueued(
    desk: Desk, published: list, django_capture_on_commit_callbacks: Any
):
    with django_capture_on_commit_callbacks(execute=True):
        desk.answers("1")
        desk.answers("2")
    assert set(published) == {("deliver_conversation", str(desk.talk.pk))}


def test_after_a_commit_the_fetching_of_a_new_file_is_enqueued(
    cast: Cast, published: list, django_capture_on_commit_callbacks: Any
):
    shop, who = channel(cast.asia), customer()
    with django_capture_on_commit_callbacks(execute=True):
        says(shop, who, message(who, "image", {"id": "7", "mime_type": "image/jpeg"}), message(who, "image", {}))
    waiting = Media.objects.for_system("the test").get(state="fetching")
    assert published == [("fetch_media", str(waiting.pk))]
