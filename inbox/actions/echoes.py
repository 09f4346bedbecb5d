"""Messages that did not pass through us: sent from the phone beside Kefu, by another app, or before Kefu was connected.

They are part of the thread and of nothing else: no window opens, nobody waits, nothing is unread, nobody is told aloud
(Meta: coexistence, history import). What was edited or deleted there changes the message it is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from contacts.actions.consent import learn_names
from contacts.actions.recognise import recognise_contacts
from contacts.models import Contact
from inbox.actions.statuses import take_parked
from inbox.ingest.amendments import amend_waiting, apply_amendments
from inbox.ingest.conversations import open_conversations
from inbox.ingest.incoming_files import fetch_soon, file_of
from inbox.ingest.reactions import apply_reactions, attach_waiting
from inbox.models import Channel, Conversation, Media, Message, ParkedStatus
from inbox.search.indexing import index_messages, reindex_message
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import tell
from inbox.whatsapp.wire_account import BookEntry, Echo
from security.access import System
from security.bulk import insert_many, save_many
from security.writing import Change, write

_WHY = "echoes of the phone"
_BY = System("whatsapp webhook")
_HISTORY = "history"
_NO_MESSAGE = ("reaction", "edit", "revoke")  # they show on the message they are about
_THREAD_FIELDS = ["state", "version", "last_message", "last_activity_at", "waiting_since", "answer_count", *DUE_FIELDS]


def store_echoes(*, channel: Channel, echoes: Sequence[Echo]) -> None:
    """Apply a batch; one already stored (by its WhatsApp id) at most gets the file that follows later."""
    with write(by=_BY) as change:
        fresh = _unseen(change, channel, echoes)
        if not fresh:
            return
        seen = [replace(echo.message.seen, by_us=echo.outgoing) for echo in fresh]
        people = recognise_contacts(by=_BY, region=channel.region, portfolio=channel.portfolio, seen=seen)
        threads = open_conversations(channel, {contact.pk: contact for contact in people}, fresh[0].message.at)
        empty = {thread.pk for thread in threads.values() if thread.last_message_id is None}
        said = list(zip(fresh, people, strict=True))
        pairs = _rows(channel, threads, [(one, person) for one, person in said if one.message.kind not in _NO_MESSAGE])
        insert_many([row for row, _ in pairs])
        for row, one in pairs:
            _follow(row.conversation, row, one, is_new=row.conversation_id in empty)
        for one, who in said:
            threads[who.pk].version += bool(one.message.amends)
        refresh_due(threads.values())
        save_many(list(threads.values()), _THREAD_FIELDS)
        files = [file_of(row, one.message.media) for row, one in pairs if one.message.media is not None]
        insert_many(files)
        index_messages(channel.region_id, [row for row, _ in pairs], files)
        fetch_soon(change, files)
        amend_waiting([row for row, _ in pairs])
        emoji = [(threads[who.pk], who, one.message) for one, who in said if one.message.kind == "reaction"]
        changed = [*attach_waiting([row for row, _ in pairs]), *apply_reactions(emoji, side="team")]
        spoken = [row for row, one in pairs if one.origin != _HISTORY]
        tell(change, messages=[*spoken, *changed, *_amended(change, threads, said)], conversations=threads.values())


def learn_address_book(*, channel: Channel, book: Sequence[BookEntry]) -> None:
    """The names in the phone's own address book."""
    names = [(entry.seen, entry.name) for entry in book]
    learn_names(by=_BY, region=channel.region, portfolio=channel.portfolio, names=names)


def _unseen(change: Change, channel: Channel, echoes: Sequence[Echo]) -> list[Echo]:
    """Without repetitions, oldest first. Reactions of old times are left out: nobody looks for them."""
    first = {echo.message.provider_ref: echo for echo in reversed(echoes)}
    stored = Message.objects.for_system(_WHY).filter(channel=channel, provider_ref__in=list(first))
    rows = {row.provider_ref: row for row in stored.select_related("conversation__contact")}
    for ref, row in rows.items():
        _complete(change, row, first[ref])
    old_emoji = {ref for ref, echo in first.items() if echo.message.kind == "reaction" and echo.origin == _HISTORY}
    fresh = [echo for ref, echo in first.items() if ref not in rows and ref not in old_emoji]
    return sorted(fresh, key=lambda echo: echo.message.at)


def _complete(change: Change, row: Message, echo: Echo) -> None:
    """The file of an old message comes in a webhook of its own, after the message."""
    media = echo.message.media
    if media is None or echo.origin != _HISTORY or Media.objects.for_system(_WHY).filter(message=row).exists():
        return
    before = row.kind, row.content
    row.kind, row.content = echo.message.kind, _content(echo)
    row.version += 1
    row.save(update_fields=["kind", "content", "version"])
    file = file_of(row, media)
    insert_many([file])
    reindex_message(row, before)
    amend_waiting([row])
    fetch_soon(change, [file])
    tell(change, messages=[row])


def _amended(
    change: Change, threads: Mapping[UUID, Conversation], said: Sequence[tuple[Echo, Contact]]
) -> list[Message]:
    """The messages that were edited or deleted: ours on the phone, in old times also the customers' own."""
    done = [(one.outgoing, (threads[who.pk], who, one.message)) for one, who in said if one.message.amends]
    ours, theirs = [what for outgoing, what in done if outgoing], [what for outgoing, what in done if not outgoing]
    return [*apply_amendments(change, ours, direction="out"), *apply_amendments(change, theirs, direction="in")]


def _quoted(channel: Channel, fresh: Sequence[Echo]) -> dict[str, Message]:
    refs = [echo.message.quoted_ref for echo in fresh if echo.message.quoted_ref]
    rows = Message.objects.for_system(_WHY).filter(channel=channel, provider_ref__in=refs) if refs else []
    return {str(row.provider_ref): row for row in rows}


def _rows(
    channel: Channel, threads: Mapping[UUID, Conversation], said: Sequence[tuple[Echo, Contact]]
) -> list[tuple[Message, Echo]]:
    """What is stored of each. The ticks of one may have come before it; few have, so one query finds those."""
    quoted = _quoted(channel, [echo for echo, _ in said])
    refs = [echo.message.provider_ref for echo, _ in said if echo.outgoing]
    parked = ParkedStatus.objects.filter(channel=channel, provider_ref__in=refs).values_list("provider_ref", flat=True)
    early = set(parked) if refs else set()
    pairs = [(_row(threads[contact.pk], contact, echo, quoted), echo) for echo, contact in said]
    for row, echo in pairs:
        if echo.message.provider_ref in early:
            take_parked(row)
    return pairs


def _row(thread: Conversation, contact: Contact, echo: Echo, quoted: Mapping[str, Message]) -> Message:
    message = echo.message
    return Message(
        conversation=thread,
        channel_id=thread.channel_id,
        key_id=contact.key_id,
        direction="out" if echo.outgoing else "in",
        kind=message.kind,
        content=_content(echo),
        provider_ref=message.provider_ref,
        quoted=quoted.get(message.quoted_ref),
        quoted_ref=message.quoted_ref,
        status=echo.status if echo.outgoing else "received",
        sent_at=message.at if echo.outgoing else None,
        at=message.at,
        created_at=timezone.now(),
    )


def _content(echo: Echo) -> dict[str, object]:
    return {**echo.message.content, "origin": echo.origin}


def _follow(thread: Conversation, row: Message, echo: Echo, *, is_new: bool) -> None:
    """The list shows the newest message. Old threads are imported as resolved: nobody has to work them off."""
    if is_new and echo.origin == _HISTORY and not thread.case_count:
        thread.state = "resolved"
    if thread.last_message_id is None or row.at >= thread.said_at:
        thread.last_message, thread.last_activity_at = row, max(row.at, thread.last_activity_at)
    answered = echo.outgoing and echo.origin != _HISTORY
    thread.answer_count += answered
    if answered and thread.waiting_since is not None and row.at >= thread.waiting_since:
        thread.waiting_since = None
    thread.version += 1
