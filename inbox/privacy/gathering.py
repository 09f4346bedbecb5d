"""Everything the inbox has of a contact, for an export: as it was said, whoever may see it otherwise."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from contacts.models import Contact
from contacts.privacy.belongings import Archive
from inbox.card.tags import tags_of_conversation
from inbox.content import preview
from inbox.media_store import read_file
from inbox.models import (
    Amendment,
    Case,
    Conversation,
    Handover,
    InternalNote,
    Media,
    Message,
    Reaction,
    Resolution,
    RiskCase,
    ScheduledReply,
)
from inbox.note_shapes import handover_shapes, note_shapes
from inbox.privacy.colleagues import of_colleagues
from security.encryption.keyring import open_keys
from security.names import names_of

_WHY = "an export"
_AT_ONCE = 200


def gather(contact: Contact, archive: Archive) -> list[dict[str, Any]]:
    """Per conversation ``{channel, tags, cases, messages, internal_notes, handovers, scheduled, risks, snoozes, locks,
    held, reviews, macro_runs, deletions}``; files are in the archive, and each message names its own."""
    talks = Conversation.objects.for_system(_WHY).filter(contact=contact).select_related("channel").order_by("id")
    return [_conversation(talk, archive) for talk in talks]


def _conversation(talk: Conversation, archive: Archive) -> dict[str, Any]:
    notes = InternalNote.objects.for_system(_WHY).filter(conversation=talk).order_by("created_at")
    return {
        "id": str(talk.pk),
        "channel": {"name": talk.channel.name, "phone": talk.channel.phone},
        "state": talk.state,
        "created_at": talk.created_at,
        "tags": [{"name": one.name, "at": one.at} for one in tags_of_conversation(talk)],
        "cases": _cases(talk),
        "messages": [one for batch in _batches(talk) for one in _messages(batch, archive)],
        "internal_notes": [
            {**asdict(shape), "files": _files(archive, note=UUID(shape.id))} for shape in note_shapes(list(notes))
        ],
        "handovers": [asdict(shape) for shape in handover_shapes(list(_of(Handover, talk)))],
        "scheduled": [
            {"send_at": row.send_at, "state": row.state, "content": row.content} for row in _of(ScheduledReply, talk)
        ],
        "risks": [
            {"kind": row.kind, "state": row.state, "raised_at": row.raised_at, "note": row.note, "reason": row.reason}
            for row in _of(RiskCase, talk)
        ],
        **of_colleagues(talk),
    }


def _of(model: Any, talk: Conversation) -> Any:
    return model.objects.for_system(_WHY).filter(conversation=talk).order_by("pk")


def _cases(talk: Conversation) -> list[dict[str, Any]]:
    ended = dict(_of(Resolution, talk).filter(reopened_at=None).values_list("case_id", "resolved_at"))
    return [
        {"number": case.number, "opened_at": case.opened_at, "resolved_at": ended.get(case.pk)}
        for case in Case.objects.for_system(_WHY).filter(conversation=talk).order_by("number")
    ]


def _batches(talk: Conversation) -> Iterator[list[Message]]:
    """By time, a few at a time: what is said goes on meanwhile."""
    ids = list(_of(Message, talk).order_by("at", "id").values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        rows = Message.objects.for_system(_WHY).filter(pk__in=ids[start : start + _AT_ONCE]).order_by("at", "id")
        yield list(rows)


def _messages(rows: Sequence[Message], archive: Archive) -> list[dict[str, Any]]:
    open_keys(row.key_id for row in rows)
    names = names_of(row.author_id for row in rows)
    reactions: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for one in Reaction.objects.for_system(_WHY).filter(target__in=[row.pk for row in rows]):
        reactions[one.target_id].append({"side": one.side, "emoji": one.emoji, "at": one.at})
    changes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    refs = [row.provider_ref for row in rows if row.provider_ref]
    talks = {row.conversation_id for row in rows}
    for change in Amendment.objects.for_system(_WHY).filter(conversation__in=talks, target_ref__in=refs):
        changes[change.target_ref].append({"kind": change.kind, "content": change.content, "at": change.at})
    told = [
        {
            "id": str(row.pk),
            "at": row.at,
            "direction": row.direction,
            "author": names.get(row.author_id, "") if row.author_id is not None else "",
            "kind": row.kind,
            "status": row.status,
            "text": preview(row.kind, row.content) if row.kind != "text" else row.content.get("text", ""),
            "content": row.content,
            "reply_to": None if row.quoted_id is None else str(row.quoted_id),
            "sent_at": row.sent_at,
            "delivered_at": row.delivered_at,
            "read_at": row.read_at,
            "reactions": reactions.get(row.pk, []),
            "amendments": changes.get(row.provider_ref or "", []),
            "files": _files(archive, message=row.pk),
        }
        for row in rows
    ]
    archive.advance(len(rows))
    return told


def _files(archive: Archive, **of: UUID) -> list[dict[str, Any]]:
    return [
        {
            "file": _put(archive, media),
            "name": media.name or "",
            "kind": media.kind,
            "mime_type": media.mime_type,
            "size": media.size,
        }
        for media in Media.objects.for_system(_WHY).filter(**of).order_by("pk")
    ]


def _put(archive: Archive, media: Media) -> str | None:
    """Its name in the archive; ``None`` for one that was never fetched, or is gone."""
    if media.state != "ready" or not media.file:
        return None
    try:
        content = read_file(media, media.file)
    except FileNotFoundError:
        return None
    return archive.add_file(media.name or f"{media.kind}-{media.pk}{_ending(media.mime_type)}", content)


def _ending(mime_type: str) -> str:
    import mimetypes

    return mimetypes.guess_extension(mime_type.partition(";")[0].strip()) or ""
