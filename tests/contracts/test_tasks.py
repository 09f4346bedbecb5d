"""Every background task is safe to run twice: brokers deliver at least once."""

import pytest
from django.utils import timezone

from config.celery import app as celery
from inbox.models import Media, StoredWebhook
from tests.conftest import BY, Cast
from tests.contracts.lower_tasks import LOWER
from tests.contracts.twice import ours, run_twice
from tests.inbox.simulator.running import Running
from tests.worlds.channels import calls, channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, messages, thread
from tests.worlds.webhooks import envelope, message, says, store, value


def draining(cast: Cast, meta: Running) -> None:
    shop, who = channel(cast.asia), customer()
    store(shop, envelope(shop, value(shop, people=[who], messages=[message(who)])))
    run_twice("inbox.tasks.drain_channel", str(shop.pk))
    assert len(messages()) == 1


def delivering(cast: Cast, meta: Running) -> None:
    from inbox.actions.replies import send_text

    shop = channel(cast.asia, meta)
    talk = thread(shop)
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Yes")
    run_twice("inbox.tasks.deliver_conversation", str(talk.pk))
    assert len(calls(meta, shop)) == 1


def fetching(cast: Cast, meta: Running) -> None:
    import base64

    from tests.worlds.asia import picture_bytes

    shop, who = channel(cast.asia, meta), customer()
    sender = meta.sim("POST", "customers", {"name": "Mei"})
    photo = {"data": base64.b64encode(picture_bytes()).decode(), "number": shop.phone_number_id, "announce": False}
    sent = meta.sim("POST", f"customers/{sender['id']}/messages", {**photo, "type": "image"})["content"]
    says(shop, who, message(who, "image", {name: sent[name] for name in ("id", "mime_type", "sha256")}))
    media = Media.objects.for_system("the test").get()
    run_twice("inbox.tasks.fetch_media", str(media.pk))
    assert fresh(media).state == "ready" and fresh(media).attempts == 1


def sweeping(cast: Cast, meta: Running) -> None:
    from inbox.actions.outgoing import claim_next
    from inbox.actions.replies import send_text
    from inbox.models import Message

    talk = thread(channel(cast.asia))
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Yes")
    claim_next(conversation_id=talk.pk)
    Message.objects.for_system("the test").filter(status="sending").update(claimed_at="2020-01-01T00:00:00Z")
    run_twice("inbox.tasks.sweep")
    assert messages(talk)[1].status in ("queued", "unconfirmed")


def keeping_house(cast: Cast, meta: Running) -> None:
    shop = channel(cast.asia)
    thread(shop)
    StoredWebhook.objects.update(applied_at="2020-01-01T00:00:00Z")
    run_twice("inbox.tasks.housekeep")
    assert not StoredWebhook.objects.exists()


def probing(cast: Cast, meta: Running) -> None:
    from inbox.actions.pauses import pause

    shop = channel(cast.asia, meta)
    pause(by=BY, channel_id=shop.pk, kind="mend", code="190", probe_at=timezone.now())
    run_twice("inbox.tasks.probe_channel", str(shop.pk))
    assert fresh(shop).state == "active"


def assigning(cast: Cast, meta: Running) -> None:
    from tests.worlds.duty import at_work, holder, rule

    shop = channel(cast.asia)
    rule(cast, shop)
    at_work(cast.ben)
    talk = thread(shop)
    run_twice("inbox.tasks.assign_waiting", str(shop.pk))
    assert holder(talk) == cast.ben.pk


def refreshing_promises(cast: Cast, meta: Running) -> None:
    from inbox.models import SlaPolicy

    talk = thread(channel(cast.asia))
    SlaPolicy.objects.create(region=cast.asia, first_minutes=30)
    run_twice("inbox.tasks.refresh_promises", cast.asia.pk)
    assert fresh(talk).due_for == "first"


def telling_typing(cast: Cast, meta: Running) -> None:
    talk = thread(channel(cast.asia, meta))
    run_twice("inbox.tasks.tell_typing", str(talk.pk))


def purging(cast: Cast, meta: Running) -> None:
    from inbox.models import Conversation, Deletion
    from tests.worlds.asia import binned

    binned(cast, thread(channel(cast.asia)))
    Deletion.objects.for_system("the test").update(purge_at="2020-01-01T00:00:00Z")
    run_twice("inbox.tasks.purge_bin")
    assert not Conversation.objects.for_system("the test").exists()


def looking_at_progress(cast: Cast, meta: Running) -> None:
    from inbox.models import CoachingPolicy
    from security.actions.traineeships import start_traineeship
    from security.models import Traineeship
    from tests.inbox.coaching.cases import finished, reviewed

    CoachingPolicy.objects.create(pk=1, promotion_cases=1, promotion_reviews=1)
    start_traineeship(by=BY, user=cast.ben)
    reviewed(cast.access("dee"), finished(channel(cast.asia), cast.ben))
    run_twice("inbox.tasks.look_at_progress", cast.ben.pk)
    assert Traineeship.objects.get().prompted_at is not None


def counting_replies(cast: Cast, meta: Running) -> None:
    from inbox.actions.canned_replies import add_canned_reply
    from inbox.models import ReplyUse

    reply = add_canned_reply(by=cast.access("ben"), shortcut="hi", text="Hello")
    sent = "0199a000-0000-7000-8000-000000000001"
    run_twice("inbox.tasks.count_reply_use", str(reply.pk), cast.ben.pk, sent)
    assert ReplyUse.objects.for_system("the test").get().times == 1


def retaining(cast: Cast, meta: Running) -> None:
    from inbox.models import RetentionRule
    from tests.inbox.test_retention import made_days_ago

    talk = thread(channel(cast.asia))
    made_days_ago(messages(talk)[0], 40)
    RetentionRule.objects.create(region=cast.asia, message_days=30, active=True)
    run_twice("inbox.tasks.retain")
    assert messages(talk) == []


def counting_keywords(cast: Cast, meta: Running) -> None:
    from tests.inbox.keywords.conftest import counts, write_on

    write_on(channel(cast.asia), [customer(f"Customer {letter}") for letter in "ABC"], 1, ["退款還沒收到"])
    run_twice("inbox.tasks.count_keywords")
    assert counts(cast.asia, 1)["退款"] == (3, 3)


TWICE = {
    **LOWER,
    "inbox.tasks.retain": retaining,
    "inbox.tasks.count_keywords": counting_keywords,
    "inbox.tasks.purge_bin": purging,
    "inbox.tasks.look_at_progress": looking_at_progress,
    "inbox.tasks.count_reply_use": counting_replies,
    "inbox.tasks.tell_typing": telling_typing,
    "inbox.tasks.drain_channel": draining,
    "inbox.tasks.deliver_conversation": delivering,
    "inbox.tasks.fetch_media": fetching,
    "inbox.tasks.probe_channel": probing,
    "inbox.tasks.assign_waiting": assigning,
    "inbox.tasks.refresh_promises": refreshing_promises,
    "inbox.tasks.sweep": sweeping,
    "inbox.tasks.housekeep": keeping_house,
}


def test_every_task_is_tried():
    assert set(ours()) == set(TWICE)


@pytest.mark.parametrize("name", TWICE)
def test_a_task_may_run_twice(cast: Cast, meta: Running, name: str):
    TWICE[name](cast, meta)


def test_every_task_is_acknowledged_late_and_survives_a_lost_worker():
    for name, task in ours().items():
        assert (name, task.acks_late, task.reject_on_worker_lost) == (name, True, True)


def test_every_scheduled_task_exists():
    assert {entry["task"] for entry in celery.conf.beat_schedule.values()} <= set(ours())
    assert set(celery.conf.task_routes) <= set(ours())
