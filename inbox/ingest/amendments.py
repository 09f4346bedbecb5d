"""Edits and deletions, by customers and on the phone beside Kefu, applied to the message they are about, whichever came
first."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from contacts.models import Contact
from inbox.models import Amendment, Conversation, Message
from inbox.search.indexing import reindex_message
from inbox.whatsapp.wire import Incoming
from security.bulk import insert_many
from security.writing import Change

_WHY = "applying edits and deletions"
Place = tuple[UUID, str, str]  # of a message: its conversation, WhatsApp's id and its direction


def apply_amendments(
    change: Change, amendments: Sequence[tuple[Conversation, Contact, Incoming]], *, direction: str = "in"
) -> set[Message]:
    """Keep them, each once; returns the messages that changed, with their version raised. Each side changes only its
    own messages: ``direction`` is theirs."""
    rows = _rows(amendments, direction)
    if not rows:
        return set()
    threads = {row.conversation_id for row in rows}
    stored = Amendment.objects.for_system(_WHY).filter(
        conversation_id__in=threads, provider_ref__in=[row.provider_ref for row in rows]
    )
    known = set(stored.values_list("conversation_id", "provider_ref"))
    fresh = [row for row in rows if (row.conversation_id, row.provider_ref) not in known]
    insert_many(fresh)
    places = {(row.conversation_id, row.target_ref) for row in fresh}
    refs = {ref for _, ref in places}
    if not refs:
        return set()
    channel_id = rows[0].conversation.channel_id  # a batch is one number's; the index begins with it
    sent = Message.objects.for_system(_WHY).filter(channel_id=channel_id, direction=direction)
    changed = {row for row in sent.filter(provider_ref__in=refs) if (row.conversation_id, row.provider_ref) in places}
    said = {row.pk: row.content for row in changed}
    _rewrite(changed)
    conversations = {conversation.pk: conversation for conversation, _, _ in amendments}
    for row in changed:
        row.version += 1
        row.save(update_fields=["content", "version"])
        row.conversation = conversations[row.conversation_id]
        reindex_message(row, (row.kind, said[row.pk]))
        _record(change, row, said[row.pk])
    return changed


def _rows(amendments: Sequence[tuple[Conversation, Contact, Incoming]], direction: str) -> list[Amendment]:
    return [
        Amendment(
            conversation=conversation,
            provider_ref=message.provider_ref,
            target_ref=message.amends,
            kind=message.kind,
            direction=direction,
            key_id=contact.key_id,
            content=message.content,
            at=message.at,
        )
        for conversation, contact, message in amendments
    ]


def amend_waiting(rows: Sequence[Message]) -> set[Message]:
    """Messages that were overtaken by their own edit or deletion; ``rows`` are stored, indexed and told by the
    caller."""
    if not rows:
        return set()
    places = {_place(row): row for row in rows}
    ahead = Amendment.objects.for_system(_WHY).filter(
        conversation_id__in={row.conversation_id for row in rows}, target_ref__in=[ref for _, ref, _ in places]
    )
    named = ahead.values_list("conversation_id", "target_ref", "direction")
    found = {places[place] for place in named if place in places}
    said = {row.pk: row.content for row in found}
    _rewrite(found)
    for row in found:
        row.save(update_fields=["content"])
        reindex_message(row, (row.kind, said[row.pk]))
    return found


def _record(change: Change, row: Message, said: dict[str, Any]) -> None:
    """Our own are edited on the phone beside Kefu; nobody tells us by whom."""
    ours = row.direction == "out"
    if row.content.get("revoked") and not said.get("revoked"):
        change.record("message.revoked_on_phone" if ours else "message.revoked", row)
    elif row.content.get("text") != said.get("text"):
        words = {"text": (said.get("text"), row.content.get("text"))}
        change.record("message.edited_on_phone" if ours else "message.edited", row, words=words)


def _rewrite(messages: Collection[Message]) -> None:
    """Work out anew what each says, from its first words and all that was done to it: safe to repeat, in any order."""
    threads, refs = {row.conversation_id for row in messages}, [row.provider_ref for row in messages]
    rows = Amendment.objects.for_system(_WHY).filter(conversation_id__in=threads, target_ref__in=refs) if refs else []
    done: dict[Place, list[Amendment]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.at, row.pk)):
        done[row.conversation_id, row.target_ref, row.direction].append(row)
    for message in messages:
        of_it = done[_place(message)]
        content = dict(message.content)
        edits = [row for row in of_it if row.kind == "edit"]
        if edits:
            first = (content.get("earlier") or [content.get("text", "")])[0]
            said = [first, *(row.content.get("text", "") for row in edits)]
            content.update(text=said[-1], earlier=said[:-1], edited_at=edits[-1].at.isoformat())
        if any(row.kind == "revoke" for row in of_it):
            content["revoked"] = True
        message.content = content


def _place(message: Message) -> Place:
    return message.conversation_id, str(message.provider_ref), message.direction
