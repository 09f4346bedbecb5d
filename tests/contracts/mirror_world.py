"""The world of the mirror tests: something of everything that somebody may or may not see."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from contacts.models import Contact
from inbox.actions.pauses import pause
from inbox.models import (
    Assignment,
    CannedReply,
    Channel,
    Conversation,
    ConversationLock,
    Deletion,
    Handover,
    InternalNote,
    Macro,
    Media,
    Message,
    Notification,
    RiskCase,
    RiskMention,
    ScheduledReply,
    SlaBreach,
    Snooze,
)
from security.models import Traineeship
from tests.conftest import BY, Cast
from tests.inbox.coaching.cases import held_and_reviewed
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import contacts, conversations, thread
from tests.worlds.webhooks import account_news, message, says

NOW = timezone.now()


@dataclass
class World:
    """Two regions with two numbers each; two customers, of whom one writes to all four. Of each number's two
    conversations one is Ben's and one is marked payment; of the messages every second one is old."""

    cast: Cast
    channels: list[Channel]
    conversations: list[Conversation]
    contacts: list[Contact]


def mirrored(cast: Cast) -> World:
    channels = [channel(region) for region in (cast.asia, cast.asia, cast.europe, cast.europe)]
    regular, photo = customer(), {"id": "700001", "mime_type": "image/jpeg"}
    for one in channels:
        says(one, regular, message(regular, "image", photo), hello := message(regular))
        says(one, regular, message(regular, "reaction", {"message_id": hello["id"], "emoji": "👍"}))
        thread(one)
        pause(by=BY, channel_id=one.pk, kind="person", code="paused_by_hand")
        account_news(one, "account_review_update", {"decision": "APPROVED"})
    rows = Conversation.objects.for_system("the test prepares")
    for one in channels:
        _prepared(one, cast)
        hers, other = rows.filter(channel=one).order_by("id")
        rows.filter(pk=hers.pk).update(assignee=cast.ben)
        Assignment.objects.create(conversation=hers, assignee=cast.ben, assigned_at=NOW)
        rows.filter(pk=other.pk).update(payment_marked_at=NOW)
    for row in rows.select_related("contact"):
        _stand_aside(row, cast)
        held_and_reviewed(row, cast)
        _colleagues_speak(row, cast)
    for one in channels[:3]:
        rows.filter(pk=rows.filter(channel=one).order_by("-id").first().pk).update(state="binned")
    past = {"began_on": NOW.date(), "ends_on": NOW.date()}
    for person, ended in ((cast.ben, None), (cast.cho, None), (cast.ben, NOW)):
        Traineeship.objects.create(user=person, ended_at=ended, **past)
    said = Message.objects.for_system("the test prepares")
    for row in list(said.order_by("id"))[::2]:
        said.filter(pk=row.pk).update(at=NOW - timedelta(days=9))
    for row in said.all():
        RiskMention.objects.create(
            conversation=row.conversation, message=row, key_id=row.key_id, kind="fraud", word="詐騙", times=1, at=row.at
        )
    return World(cast, channels, conversations(), contacts())


def _prepared(one: Channel, cast: Cast) -> None:
    """What the region, Ben and Cho keep ready."""
    for number, owner in enumerate((None, cast.ben, cast.cho)):
        mine = {"region": one.region, "owner": owner, "created_at": NOW}
        CannedReply(shortcut=f"r{number}{one.pk}", title="A", text="A", **mine).save()
        Macro(name="A", **mine).save()


def _stand_aside(row: Conversation, cast: Cast) -> None:
    key, soon = row.contact.key_id, NOW + timedelta(hours=1)
    Deletion.objects.create(conversation=row, key_id=key, reason="Spam", state="binned", asked_at=NOW)
    Snooze.objects.create(conversation=row, key_id=key, reason="Later", snoozed_at=NOW, until=soon, wake_at=soon)
    ConversationLock.objects.create(conversation=row, key_id=key, reason="A refund", locked_at=NOW, until=soon)
    RiskCase.objects.create(conversation=row, key_id=key, kind="fraud", severity=2, priority_before=1, raised_at=NOW)
    SlaBreach.objects.create(conversation=row, due_for="first", stage="near", due_at=NOW, told_at=NOW)
    ScheduledReply(
        conversation=row, author=cast.ben, key_id=key, client_ref="1", content={}, send_at=NOW, due_at=NOW,
        inbound_count=1, confirmed_at=NOW, created_at=NOW,
    ).save()  # fmt: skip


def _colleagues_speak(row: Conversation, cast: Cast) -> None:
    """Notes and a hand-over, old and new; and Ben and Eli were told of it."""
    key = row.contact.key_id
    for days in (0, 9):
        at = NOW - timedelta(days=days)
        note = InternalNote.objects.create(
            conversation=row, key_id=key, author=cast.ben, text="Look", client_ref=f"{days}", created_at=at
        )
        Media.objects.create(conversation=row, note=note, key_id=key, kind="image", state="ready", created_at=at)
    summary = {"asked": "", "done": "", "open": ""}
    Handover.objects.create(conversation=row, key_id=key, summary=summary, given_at=NOW - timedelta(days=9))
    for person in (cast.ben, cast.eli):
        Notification.objects.create(to=person, kind="sla.warned", conversation=row, key_id=key, created_at=NOW)
