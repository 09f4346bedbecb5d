"""What a customer sent becomes contacts, conversations, cases, messages and reactions: a batch at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.actions.recognise import recognise_contacts
from contacts.models import Contact
from inbox.actions.bin import take_answered_out
from inbox.actions.marketing_words import take_marketing_words
from inbox.actions.risk_watch import watch_for_risk
from inbox.actions.waking import wake_answered
from inbox.assigning.hints import dispatch_soon
from inbox.ingest.amendments import amend_waiting, apply_amendments
from inbox.ingest.conversations import open_conversations
from inbox.ingest.incoming_files import fetch_soon, file_of
from inbox.ingest.reactions import apply_reactions, attach_waiting
from inbox.models import Assignment, Case, Channel, Conversation, Media, Message
from inbox.policies import BINNED
from inbox.rules.telling import tell_rules_of_cases, tell_rules_of_messages
from inbox.search.indexing import index_messages
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import tell
from inbox.whatsapp.wire import Incoming
from security.access import System
from security.bulk import insert_many, save_many
from security.writing import Change, write

_WHY = "receiving messages"
_BY = System("whatsapp webhook")


def receive_messages(*, channel: Channel, incoming: Sequence[Incoming]) -> None:
    """Apply a batch of inbound messages. One already stored (by its WhatsApp id) changes nothing."""
    fresh = _in_order(_unseen(channel, incoming))
    if not fresh:
        return
    with write(by=_BY) as change:
        seen = [message.seen for message in fresh]
        people = recognise_contacts(by=_BY, region=channel.region, portfolio=channel.portfolio, seen=seen)
        threads = open_conversations(channel, {contact.pk: contact for contact in people}, fresh[0].at)
        _take_out_of_bin(change, fresh, people, threads)
        batch = _sorted(fresh, people, threads, _quoted(channel, fresh))
        opened = _number_cases(batch.rows)
        _end_assignments([conversation for conversation, _ in batch.reopened])
        for conversation, before in batch.reopened:
            change.record(
                "conversation.case_opened", conversation, case=conversation.case_count, before=before, after=None
            )
        wake_answered(batch.asleep)
        insert_many(batch.rows)
        insert_many(batch.files)
        index_messages(channel.region_id, batch.rows, batch.files)
        refresh_due(threads.values())
        _save(threads.values())
        amend_waiting(batch.rows)
        # The same message may be in several, each time as it was then: the last one counts.
        changed = [*apply_reactions(batch.reactions), *attach_waiting(batch.rows)]
        amended = apply_amendments(change, batch.amendments)
        left = watch_for_risk(change, channel.region_id, [*batch.rows, *amended])
        tell(change, messages=[*batch.rows, *changed, *amended], conversations=threads.values(), left_scopes=left)
        fetch_soon(change, batch.files)
        if any(_waits_for_somebody(thread) for thread in threads.values()):
            dispatch_soon(change, channel)
        take_marketing_words(change, channel.region_id, batch.rows)
        tell_rules_of_messages(change, channel.region_id, [row for row in batch.rows if _spoke(row.kind, row.content)])
        tell_rules_of_cases(change, channel.region_id, opened, batch.rows)


@dataclass
class _Batch:
    """What the messages of a batch become. ``reopened``: conversations that were resolved, and whose they were;
    ``asleep``: snoozed ones that somebody spoke in."""

    rows: list[Message] = field(default_factory=list)
    files: list[Media] = field(default_factory=list)
    reactions: list[tuple[Conversation, Contact, Incoming]] = field(default_factory=list)
    amendments: list[tuple[Conversation, Contact, Incoming]] = field(default_factory=list)
    reopened: list[tuple[Conversation, int | None]] = field(default_factory=list)
    asleep: dict[UUID, Conversation] = field(default_factory=dict)


def _sorted(
    fresh: Sequence[Incoming],
    people: Sequence[Contact],
    threads: Mapping[UUID, Conversation],
    quoted: dict[str, Message],
) -> _Batch:
    """Build the rows in the order the messages were sent, moving their conversations along."""
    batch = _Batch()
    for message, contact in zip(fresh, people, strict=True):
        conversation = threads[contact.pk]
        if message.amends:
            batch.amendments.append((conversation, contact, message))
            continue
        if _spoke(message.kind, message.content):
            _keep_window_open(conversation, message.at)
        if message.kind == "reaction":
            batch.reactions.append((conversation, contact, message))
            continue
        row = _row(conversation, contact, message, quoted)
        batch.rows.append(row)
        if conversation.state == "resolved" and _spoke(row.kind, row.content):
            batch.reopened.append((conversation, conversation.assignee_id))
        if conversation.state == "snoozed" and _spoke(row.kind, row.content):
            batch.asleep[conversation.pk] = conversation
        _advance(conversation, row)
        if message.media is not None:
            batch.files.append(file_of(row, message.media))
    return batch


def _take_out_of_bin(
    change: Change, fresh: Sequence[Incoming], people: Sequence[Contact], threads: Mapping[UUID, Conversation]
) -> None:
    """Whoever writes in a conversation that is in the bin brings it back (PM-9)."""
    binned = {pk: thread for pk, thread in threads.items() if thread.state == BINNED}
    if binned:
        pairs = zip(fresh, people, strict=True)
        spoke = {one.pk for message, one in pairs if not message.amends and _spoke(message.kind, message.content)}
        take_answered_out(change, [thread for pk, thread in binned.items() if pk in spoke])


def _unseen(channel: Channel, incoming: Sequence[Incoming]) -> list[Incoming]:
    """Without what is stored already and what the batch itself repeats."""
    first = {message.provider_ref: message for message in reversed(incoming)}
    stored = Message.objects.for_system(_WHY).filter(channel=channel, provider_ref__in=list(first))
    known = set(stored.values_list("provider_ref", flat=True))
    return [message for ref, message in reversed(list(first.items())) if ref not in known]


def _in_order(messages: Sequence[Incoming]) -> list[Incoming]:
    """As they were sent; within a second a notice of new ids first, so that what comes from them finds its contact."""
    return sorted(messages, key=lambda message: (message.at, message.seen.moved is None))


def _quoted(channel: Channel, fresh: Sequence[Incoming]) -> dict[str, Message]:
    refs = [message.quoted_ref for message in fresh if message.quoted_ref]
    rows = Message.objects.for_system(_WHY).filter(channel=channel, provider_ref__in=refs) if refs else []
    return {str(row.provider_ref): row for row in rows}


def _row(conversation: Conversation, contact: Contact, message: Incoming, quoted: dict[str, Message]) -> Message:
    row = Message(
        conversation=conversation,
        channel_id=conversation.channel_id,
        key_id=contact.key_id,
        direction="in",
        kind=message.kind,
        content=message.content,
        provider_ref=message.provider_ref,
        quoted=quoted.get(message.quoted_ref),
        quoted_ref=message.quoted_ref,
        status="received",
        at=message.at,
        created_at=timezone.now(),
    )
    quoted[message.provider_ref] = row
    return row


def _spoke(kind: str, content: Mapping[str, Any]) -> bool:
    """Whether the customer did something: a message, or a call, answered or not (Meta: windows). A notice is WhatsApp's
    own word."""
    return kind != "system" or content.get("event") in ("call_missed", "call_ended", "call_out")


def _keep_window_open(conversation: Conversation, at: datetime) -> None:
    """Any user message, reactions included, refreshes the 24 hours; counted from its own time (Meta: windows)."""
    if conversation.last_inbound_at is None or at > conversation.last_inbound_at:
        conversation.last_inbound_at = at


def _advance(conversation: Conversation, row: Message) -> None:
    if conversation.last_message_id is None or row.at >= conversation.said_at:
        conversation.last_message = row
        conversation.last_activity_at = max(row.at, conversation.last_activity_at)
    if not _spoke(row.kind, row.content):
        return  # WhatsApp speaks, not the customer: nobody waits, no window, no new case (Meta: windows)
    conversation.inbound_count += 1
    if conversation.waiting_since is None:
        conversation.waiting_since = row.at
    if conversation.state == "resolved" or conversation.case_count == 0:
        # A new episode: whoever had the last one is not automatically on duty for this one.
        conversation.state = "open"
        conversation.assignee_id = conversation.team_id = None
        conversation.case_count += 1


def _waits_for_somebody(conversation: Conversation) -> bool:
    return conversation.assignee_id is None and conversation.waiting_since is not None


def _number_cases(rows: Sequence[Message]) -> list[Case]:
    """Give every message its conversation's running case, opening the ones that ``_advance`` counted: those are
    returned."""
    first = {row.conversation_id: row for row in reversed(rows) if row.conversation.case_count}
    running = _running_cases({pk: row.conversation for pk, row in first.items()})
    opened = [
        Case(conversation=row.conversation, number=row.conversation.case_count, opened_at=row.at)
        for pk, row in first.items()
        if pk not in running
    ]
    if opened:
        insert_many(opened)
        running |= _running_cases({case.conversation_id: case.conversation for case in opened})
    for row in rows:
        row.case_id = running.get(row.conversation_id)
    return opened


def _running_cases(threads: Mapping[UUID, Conversation]) -> dict[UUID, int]:
    """The id of each conversation's case of its current number, where that is stored."""
    cases = Case.objects.for_system(_WHY).filter(
        conversation_id__in=list(threads), number__in={thread.case_count for thread in threads.values()}
    )
    rows = cases.values_list("conversation_id", "number", "pk")
    return {thread: pk for thread, number, pk in rows if threads[thread].case_count == number}


def _end_assignments(conversations: Sequence[Conversation]) -> None:
    """A new episode begins with nobody: the assignment of the last one is over."""
    if conversations:
        running = Assignment.objects.for_system(_WHY).filter(conversation__in=conversations, ended_at=None)
        running.update(ended_at=timezone.now(), ended_how="case")


def _save(conversations: object) -> None:
    threads = list(conversations)  # type: ignore[call-overload]
    for conversation in threads:
        conversation.version += 1
    save_many(
        threads,
        [
            "state",
            "assignee",
            "team",
            "case_count",
            "version",
            "inbound_count",
            "last_message",
            "last_activity_at",
            "last_inbound_at",
            "waiting_since",
            "woken_at",
            "woken_how",
            *DUE_FIELDS,
        ],
    )
