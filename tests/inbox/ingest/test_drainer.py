"""One drainer per channel at a time, in order, and nothing forgotten when two meet or one dies."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from contacts.models import Contact
from inbox.actions.ingest import forget_applied
from inbox.ingest.drainer import LEASE_SECONDS, drain
from inbox.models import Channel, Conversation, InboxPolicy, StoredWebhook
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import contacts, conversations, fresh, messages
from tests.worlds.webhooks import envelope, message, says, store, value


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


def body(shop: Channel, text: str = "Hello", who=None) -> dict:
    who = who or customer()
    return envelope(shop, value(shop, people=[who], messages=[message(who, content=text)]))


def together(*works) -> list:
    """Run in threads that start at once; what each returned or raised."""
    start = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = works[place]()
        except Exception as error:  # noqa: BLE001  (handed to the test)
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_draining_an_empty_channel_does_nothing(shop: Channel):
    assert drain(shop.pk) == 0
    assert fresh(shop).drain_lease is None


def test_draining_twice_is_harmless(shop: Channel):
    store(shop, body(shop))
    assert [drain(shop.pk), drain(shop.pk)] == [1, 0]
    assert len(messages()) == 1


def test_more_than_one_batch_is_drained_in_one_go(shop: Channel):
    InboxPolicy.objects.create(pk=1, drain_batch=3)
    store(shop, *(body(shop, str(number)) for number in range(10)))
    assert drain(shop.pk) == 10
    assert [row.content["text"] for row in messages()] == [str(number) for number in range(10)]


def test_a_channel_somebody_is_draining_is_left_to_them(shop: Channel):
    Channel.objects.for_system("the test").update(drain_lease=timezone.now() + timedelta(seconds=30))
    store(shop, body(shop))
    assert drain(shop.pk) == 0 and messages() == []


def test_the_lease_of_a_drainer_that_died_runs_out(shop: Channel):
    Channel.objects.for_system("the test").update(drain_lease=timezone.now() - timedelta(seconds=1))
    store(shop, body(shop))
    assert drain(shop.pk) == 1 and LEASE_SECONDS <= 15
    assert fresh(shop).drain_lease is None


def test_a_lease_from_before_the_clock_was_set_back_holds_nobody_up(shop: Channel):
    Channel.objects.for_system("the test").update(drain_lease=timezone.now() + timedelta(hours=1))
    store(shop, body(shop))
    assert drain(shop.pk) == 1


def test_a_batch_holds_no_more_than_half_a_megabyte_of_bodies(shop: Channel, monkeypatch: pytest.MonkeyPatch):
    """Hundreds of huge bodies in one transaction would keep every other writer waiting for minutes."""
    from inbox.ingest import drainer

    sizes: list[int] = []
    who = customer()
    apply = drainer.apply_bodies  # type: ignore[attr-defined]

    def applied(**what: Any) -> None:
        sizes.append(len(what["webhook_ids"]))
        apply(**what)

    monkeypatch.setattr(drainer, "apply_bodies", applied)
    for number in range(5):
        big = [message(who, content="x" * 4000) for _ in range(50)]
        store(shop, envelope(shop, value(shop, people=[who], messages=big, n=number)))
    assert drain(shop.pk) == 5 and sizes == [2, 2, 1]


def test_bodies_of_another_channel_are_left_alone(cast: Cast, shop: Channel):
    other = channel(cast.asia)
    store(shop, body(shop))
    store(other, body(other))
    drain(shop.pk)
    assert list(StoredWebhook.objects.filter(state="pending").values_list("channel_id", flat=True)) == [other.pk]


@pytest.mark.django_db(transaction=True)
def test_two_drainers_of_one_channel_apply_every_body_once_and_in_order(shop: Channel):
    InboxPolicy.objects.create(pk=1, drain_batch=2)
    who = customer()
    store(shop, *(body(shop, str(number), who) for number in range(30)))
    counts = together(lambda: drain(shop.pk), lambda: drain(shop.pk), lambda: drain(shop.pk))
    assert sum(counts) == 30, counts
    assert [row.content["text"] for row in messages()] == [str(number) for number in range(30)]


@pytest.mark.django_db(transaction=True)
def test_two_channels_that_meet_the_same_newcomer_make_one_contact(cast: Cast, shop: Channel):
    """Each channel has a drainer of its own: both may see a new person in the same moment."""
    other = channel(cast.asia)
    for number in range(6):
        who = customer()
        for one in (shop, other):
            store(one, body(one, str(number), who))
        results = together(lambda: drain(shop.pk), lambda: drain(other.pk))
        assert results == [1, 1]
    assert set(StoredWebhook.objects.values_list("state", flat=True)) == {"applied"}
    assert (len(contacts()), len(conversations()), len(messages())) == (6, 12, 12)


@pytest.mark.django_db(transaction=True)
def test_a_body_stored_while_another_process_drains_is_not_forgotten(shop: Channel):
    def writer() -> None:
        for number in range(20):
            store(shop, body(shop, str(number)))
            drain(shop.pk)

    together(writer, writer, writer)
    assert set(StoredWebhook.objects.values_list("state", flat=True)) == {"applied"}
    assert len(messages()) == 60


def test_a_batch_that_fails_half_way_leaves_nothing_half_applied(shop: Channel):
    """The second body cannot be opened (its key is gone): the first one is applied alone, the second set aside."""
    from security.encryption.keyring import forget_keys, make_keys
    from security.models import DataKey

    store(shop, body(shop, "good"))
    (gone,) = make_keys(region_id=shop.region_id, purpose="channel")
    shop.key_id = gone.pk
    store(shop, body(shop, "lost"))
    DataKey.objects.filter(pk=gone.pk).delete()
    forget_keys()
    assert drain(shop.pk) >= 2
    for _ in range(2):  # each further attempt waits a little longer
        assert drain(shop.pk) == 0
        StoredWebhook.objects.update(due_at=None)
        drain(shop.pk)
    assert sorted(StoredWebhook.objects.values_list("state", "attempts")) == [("applied", 0), ("set_aside", 3)]
    assert [row.content["text"] for row in messages()] == ["good"]
    assert len(contacts()) == 1 and Conversation.objects.for_system("the test").count() == 1
    assert Contact.objects.for_system("the test").get().version == 2


def test_applied_bodies_are_deleted_after_their_retention_and_the_rest_is_kept(shop: Channel):
    says(shop, customer())
    says(shop, customer())
    store(shop, b"broken")
    drain(shop.pk)
    old = timezone.now() - timedelta(days=InboxPolicy.current().webhook_retention_days + 1)
    oldest = StoredWebhook.objects.filter(state="applied").order_by("id").first()
    assert oldest is not None
    StoredWebhook.objects.filter(pk=oldest.pk).update(applied_at=old)
    StoredWebhook.objects.filter(state="set_aside").update(received_at=old)
    assert [forget_applied(), forget_applied()] == [1, 0]
    assert sorted(StoredWebhook.objects.values_list("state", flat=True)) == ["applied", "set_aside"]
