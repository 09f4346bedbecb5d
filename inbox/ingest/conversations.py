"""The threads a batch belongs to: found or opened together, and locked in one order."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from contacts.models import Contact
from inbox.models import Channel, Conversation
from security.bulk import insert_many

_WHY = "opening the threads of incoming messages"


def open_conversations(channel: Channel, contacts: Mapping[UUID, Contact], at: datetime) -> dict[UUID, Conversation]:
    """The conversation of each contact with ``channel``, by contact id, locked until the transaction ends."""
    threads = Conversation.objects.for_system(_WHY).filter(channel=channel, contact_id__in=list(contacts))
    known = set(threads.values_list("contact_id", flat=True))
    found: dict[UUID, Conversation] = {}
    while len(found) < len(contacts):
        now = timezone.now()
        insert_many(
            [
                Conversation(
                    region_id=channel.region_id, channel=channel, contact=contact, last_activity_at=at, created_at=now
                )
                for pk, contact in contacts.items()
                if pk not in known
            ]
        )
        # Locked by id, so that two batches with the same people cannot wait for each other crosswise.
        for conversation in threads.locked().order_by("id"):
            conversation.contact = contacts[conversation.contact_id]
            conversation.channel = channel
            found[conversation.contact_id] = conversation
        known = set(found)  # one that was there may have been destroyed before it was locked: it begins anew
    return found
