"""What the inbox has of a contact besides sealed rows, and what becomes of it at an erasure."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from contacts.models import Contact, Erasure
from contacts.privacy.belongings import Belongings
from inbox.actions.bin import spare_for_a_day
from inbox.actions.contact_joining import join_some, take_over
from inbox.actions.contact_parting import give_back, part_some
from inbox.brought import bodies_naming
from inbox.holds import held_deletions
from inbox.models import (
    Assignment,
    Conversation,
    ConversationLock,
    ConversationTag,
    Deletion,
    InternalNote,
    Media,
    Message,
    ScheduledReply,
    Snooze,
    StoredWebhook,
)
from inbox.policies import BINNED, scope_of
from inbox.privacy.gathering import gather
from inbox.scheduling import STOPPED
from inbox.search.indexing import forget_messages, forget_notes
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import tell
from security.access import System
from security.models import StreamEvent
from security.writing import Change, write

_WHY = "what is kept of a contact"
_BY = System("erasing a contact")
_FORGOTTEN_AT_ONCE = 500
_EMPTIED = (
    "state", "assignee", "team", "last_message", "locked_by", "locked_until", "held_count", "scheduled_at", "woken_how",
    "risk_severity", "waiting_since", "payment_marked_at", "version", *DUE_FIELDS,
)  # fmt: skip


def lock(contact_id: UUID) -> None:
    rows = Conversation.objects.for_system(_WHY).filter(contact_id=contact_id).locked().order_by("id")
    list(rows.values_list("pk"))


def count(contact: Contact) -> Mapping[str, int]:
    talks = Conversation.objects.for_system(_WHY).filter(contact=contact)
    return {
        "conversations": talks.count(),
        "messages": Message.objects.for_system(_WHY).filter(conversation__contact=contact).count(),
        "files": Media.objects.for_system(_WHY).filter(conversation__contact=contact).count(),
        "internal_notes": InternalNote.objects.for_system(_WHY).filter(conversation__contact=contact).count(),
    }


def messages(contact_ids: Collection[UUID]) -> Mapping[UUID, int]:
    rows = Message.objects.for_system(_WHY).filter(conversation__contact__in=list(contact_ids))
    counted = rows.order_by().values_list("conversation__contact").annotate(n=Count("pk"))
    return dict(counted.values_list("conversation__contact", "n"))


def held(contact: Contact) -> bool:
    """A conversation with it is on hold in the bin."""
    return held_deletions().filter(conversation__contact=contact).exists()


def stop(change: Change, contact: Contact) -> None:
    """Its conversations are nobody's to see any more, as if in the bin, but that nothing brings them back from there.
    What waited to leave does not leave, and what ran in them is over."""
    rows = list(
        Conversation.objects.for_system(_WHY).filter(contact=contact).select_related("channel").locked().order_by("id")
    )
    left = {row.pk: scope_of(row) for row in rows}
    now = timezone.now()
    waiting = Message.objects.for_system(_WHY).filter(conversation__in=rows, status="queued")
    waiting.update(status="failed", error_code=STOPPED, failed_at=now, due_at=None)
    for model in (ScheduledReply, Deletion, ConversationTag):
        model.objects.for_system(_WHY).filter(conversation__in=rows).delete()
    Assignment.objects.for_system(_WHY).filter(conversation__in=rows, ended_at=None).update(ended_at=now)
    ConversationLock.objects.for_system(_WHY).filter(conversation__in=rows, ended_at=None).update(ended_at=now)
    Snooze.objects.for_system(_WHY).filter(conversation__in=rows, ended_at=None).update(ended_at=now)
    for row in rows:
        row.contact = contact
        _forget_words(row, contact.region_id)
        _empty(row)
    tell(change, conversations=rows, left_scopes=left)


def _forget_words(row: Conversation, region_id: int) -> None:
    """What was said leaves the search index while its keys are there."""
    said = list(Message.objects.for_system(_WHY).filter(conversation=row).values_list("pk", flat=True))
    for start in range(0, len(said), _FORGOTTEN_AT_ONCE):
        forget_messages(region_id, said[start : start + _FORGOTTEN_AT_ONCE])
    forget_notes(region_id, row.pk)


def _empty(row: Conversation) -> None:
    row.state = BINNED
    row.assignee = row.team = row.last_message = row.locked_by = None
    row.locked_until = row.scheduled_at = row.waiting_since = row.payment_marked_at = None
    row.held_count = row.risk_severity = 0
    row.woken_how = ""
    row.version += 1
    refresh_due([row])
    row.save(update_fields=list(_EMPTIED))


def erase_some(erasure: Erasure) -> int:
    """Raw webhooks that name them, and what personal streams still hold. In one go: both are kept for days only."""
    talks = Conversation.objects.for_system(_WHY).filter(contact_id=erasure.contact_id)
    channels = set(talks.values_list("channel_id", flat=True))
    found = bodies_naming(channels, [str(trace).encode() for trace in erasure.traces or ()])
    with write(by=_BY):
        gone = StoredWebhook.objects.filter(pk__in=found).delete()[0]
        ids = [str(pk) for pk in talks.values_list("pk", flat=True)]
        told = StreamEvent.objects.filter(stream__startswith="person:", scope__conversation_id__in=ids)
        gone += told.exclude(payload=b"").update(payload=b"", key_id=erasure.key_ids[0])
        if gone:
            row: Erasure = Erasure.objects.for_system(_WHY).locked().get(pk=erasure.pk)
            row.counts = {**row.counts, "inbox.storedwebhook": row.counts.get("inbox.storedwebhook", 0) + len(found)}
            row.save(update_fields=["counts"])
    return gone


BELONGINGS = Belongings(
    name="conversations",
    lock=lock,
    count=count,
    stop=stop,
    erase_some=erase_some,
    gather=gather,
    held=held,
    released=spare_for_a_day,
    take_over=take_over,
    join_some=join_some,
    give_back=give_back,
    messages=messages,
    part_some=part_some,
)
