"""Subscriptions are told what happens: signed, tried for days, then dead until somebody replays them."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from contacts.actions.deliveries import deliver
from contacts.actions.edit import edit_contact
from contacts.actions.orders import upsert_orders
from contacts.actions.subscriptions import add_subscription, change_subscription, replay_deliveries, try_subscription
from contacts.exchange.signing import is_signed
from contacts.models import Contact, Delivery, Subscription
from inbox.actions.resolutions import resolve_conversation
from inbox.models import Notification
from security.errors import Invalid
from tests.conftest import BY, Cast
from tests.contacts.exchange.receiving import Receiver, receiver
from tests.contacts.exchange.rows import order
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.factors import fresh_access
from tests.worlds.threads import thread

KINDS = ("order.paid", "contact.created", "contact.changed")


@pytest.fixture
def outside() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


def subscribed(cast: Cast, url: str, kinds: Any = KINDS) -> tuple[Subscription, str]:
    return add_subscription(
        by=fresh_access(cast, "ana"), region_id=cast.asia.pk, name="ERP", url=url, kinds=list(kinds)
    )


def deliveries() -> list[Delivery]:
    return list(Delivery.objects.for_system("the test").order_by("id"))


def send_all() -> list[str]:
    """Now, whenever they were due."""
    waiting = Delivery.objects.for_system("the test").filter(state="waiting")
    waiting.update(due_at=timezone.now(), lease=None)
    for row in waiting:
        deliver(row.pk)
    return [row.state for row in deliveries()]


def test_what_happened_is_told_signed_and_as_it_is_now(cast: Cast, outside: Receiver):
    _row, secret = subscribed(cast, outside.url)
    upsert_orders(by=BY, region=cast.asia, source="shop", rows=[order()])
    upsert_orders(by=BY, region=cast.europe, source="shop", rows=[order()])  # nobody's
    upsert_orders(by=BY, region=cast.asia, source="shop", rows=[order("old")], history=True)
    assert send_all() == ["delivered", "delivered"]
    assert [headers["Kefu-Kind"] for headers, _body in outside.came] == ["contact.created", "order.paid"]
    for headers, body in outside.came:
        assert is_signed(
            headers["Kefu-Signature"],
            [secret],
            timestamp=headers["Kefu-Timestamp"],
            named=headers["Kefu-Id"],
            body=body,
        )
    told = json.loads(outside.came[1][1])
    assert (told["data"]["order"]["number"], told["region"]) == ("#O1", cast.asia.pk)
    assert "茶壺" not in str(list(Delivery.objects.for_system("t").values()))


def test_it_is_tried_again_for_three_days_and_then_the_address_is_switched_off(cast: Cast, outside: Receiver):
    row, _secret = subscribed(cast, outside.url)
    outside.answers = [500, 302, *[503] * 20]
    upsert_orders(by=BY, region=cast.asia, source="shop", rows=[order()])
    contact = Contact.objects.for_system("t").get()
    sent = deliveries()[1]
    waits = []
    for _try in range(8):
        Delivery.objects.for_system("t").filter(pk=sent.pk).update(due_at=timezone.now())
        deliver(sent.pk)
        waits.append(round((deliveries()[1].due_at - timezone.now()).total_seconds() / 60))
    assert waits == [0, 1, 5, 15, 60, 180, 360, 720]
    assert [one["error"] for one in deliveries()[1].tries][:3] == ["http_500", "http_302", "http_503"]
    past = timezone.now() - timedelta(hours=72)
    Delivery.objects.for_system("t").update(begun_at=past)
    Subscription.objects.for_system("t").update(failing_since=past)
    send_all()
    stopped = Subscription.objects.for_system("t").get()
    assert (stopped.stopped_why, deliveries()[1].state) == ("failing", "dead")
    assert Notification.objects.for_system("t").get(kind="exchange.stopped").to_id == cast.ana.pk
    edit_contact(by=cast.access("fay"), contact_id=contact.pk, name="Lin")
    assert len(deliveries()) == 2  # nothing more is filed for it
    outside.answers = []
    change_subscription(by=cast.access("ana"), subscription_id=row.pk, on=True)
    assert replay_deliveries(by=cast.access("ana"), subscription_id=row.pk) >= 1
    send_all()
    ids = [headers["Kefu-Id"] for headers, _body in outside.came]
    assert deliveries()[1].state == "delivered" and ids.count(str(sent.pk)) > 1


def test_whoever_answers_gone_is_asked_no_more_and_erased_people_are_not_told_of(cast: Cast, outside: Receiver):
    row, _secret = subscribed(cast, outside.url)
    outside.answers = [410]
    try_subscription(by=cast.access("ana"), subscription_id=row.pk)
    assert send_all() == ["dead"]
    assert Subscription.objects.for_system("t").get().stopped_why == "gone"
    change_subscription(by=cast.access("ana"), subscription_id=row.pk, on=True)
    upsert_orders(by=BY, region=cast.asia, source="shop", rows=[order()])
    Contact.objects.for_system("t").update(gone="erased")
    assert send_all() == ["dead", "dropped", "dropped"] and len(outside.came) == 1


def test_a_finished_conversation_is_told_without_a_word_of_it(cast: Cast, outside: Receiver):
    subscribed(cast, outside.url, ["conversation.resolved"])
    talk = thread(channel(cast.asia), customer("Mei Lin"), "Is the blue one in stock?")
    resolve_conversation(by=cast.access("fay"), conversation_id=talk.pk)
    assert send_all() == ["delivered"]
    told = json.loads(outside.came[0][1])["data"]
    assert (told["conversation"]["state"], told["contact"]["name"]) == ("resolved", "Mei Lin")
    assert b"blue" not in outside.came[0][1]


def test_two_workers_send_it_once(cast: Cast, outside: Receiver):
    row, _secret = subscribed(cast, outside.url)
    sent = try_subscription(by=cast.access("ana"), subscription_id=row.pk)
    Delivery.objects.for_system("t").update(lease=timezone.now() + timedelta(minutes=1))
    assert deliver(sent.pk) is False and outside.came == []


@pytest.mark.parametrize("url", ["ftp://a.example", "https://u:p@a.example/", "https://", "https://ä.example/", "x"])
def test_addresses_that_cannot_be_meant_are_refused(cast: Cast, url: str):
    with pytest.raises(Invalid):
        subscribed(cast, url)


@override_settings(KEFU_PRIVATE_NETWORKS=[])
def test_nothing_is_told_to_addresses_inside(cast: Cast, outside: Receiver):
    row, _secret = subscribed(cast, outside.url)
    try_subscription(by=cast.access("ana"), subscription_id=row.pk)
    assert send_all() == ["waiting"] and outside.came == []
    assert deliveries()[0].tries[0]["error"] == "inside"
