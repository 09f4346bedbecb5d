"""Builds shapes for many rows with a fixed number of queries; the endpoints and the live stream both use it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from contacts.queries import phones_of
from contacts.shapes import AuthorShape, ContactBriefShape, display_name
from inbox.aside import Aside, standing_aside, woken_how
from inbox.card.tags import tags_on
from inbox.content import FILE_KINDS, preview
from inbox.failures import action_for, explain, fault_of, may_repeat, repeat_from
from inbox.media_links import media_url
from inbox.models import Conversation, InboxPolicy, Media, Message, Reaction, ReadMark
from inbox.models.conversation import PRIORITIES
from inbox.policies import reads_back_to
from inbox.shapes import (
    ChannelBriefShape,
    ConversationShape,
    FailureShape,
    MediaShape,
    MessageShape,
    PreviewShape,
    QuotedShape,
    ReactionShape,
    ShownTagShape,
    TeamBriefShape,
)
from security.access import Access
from security.encryption.keyring import open_keys
from security.names import names_of, team_names_of

_PRIORITY_NAMES = {number: name for name, number in PRIORITIES.items()}
_WHY = "parts of rows already opened for the reader"


def conversation_shapes(
    conversations: Sequence[Conversation], *, reader: Access | None = None
) -> list[ConversationShape]:
    """Expects ``channel`` and ``contact`` loaded or loadable; ``reader`` adds their own read count, and leaves out what
    is too old for them."""
    contacts = [conversation.contact for conversation in conversations]
    open_keys(contact.key_id for contact in contacts)
    last = _last_messages(conversations)
    around = _Around(
        reader=reader,
        phones=phones_of(contacts),
        read=_read_counts(conversations, reader.user_id) if reader is not None else {},
        last=last,
        names=names_of([c.assignee_id for c in conversations] + [m.author_id for m in last.values()]),
        teams=team_names_of(c.team_id for c in conversations),
        aside=standing_aside(conversations),
        tags=tags_on(conversations),
        window=timedelta(hours=InboxPolicy.current().window_hours),
    )
    return [_conversation(row, around) for row in conversations]


@dataclass(frozen=True)
class _Around:
    """What is said of many conversations and was read once for all of them."""

    reader: Access | None
    phones: dict[UUID, str | None]
    read: dict[UUID, int]
    last: dict[UUID, Message]
    names: dict[int, str]
    teams: dict[int, str]
    aside: Aside
    tags: dict[UUID, list[ShownTagShape]]
    window: timedelta


def _conversation(row: Conversation, around: _Around) -> ConversationShape:
    since = reads_back_to(around.reader, row.pk) if around.reader is not None else None
    message = around.last.get(row.last_message_id) if row.last_message_id else None
    too_old = since is not None and message is not None and message.at < since
    return ConversationShape(
        id=str(row.pk),
        version=row.version,
        region_id=row.region_id,
        channel=ChannelBriefShape(id=str(row.channel_id), name=row.channel.name, phone=row.channel.phone),
        contact=ContactBriefShape.of(row.contact, around.phones.get(row.contact_id)),
        state=row.state,
        priority=_PRIORITY_NAMES[row.priority],
        snooze=around.aside.snoozes.get(row.pk),
        woken_how=woken_how(row),
        lock=around.aside.locks.get(row.pk),
        scheduled=around.aside.scheduled.get(row.pk),
        risk=around.aside.risks.get(row.pk),
        tags=around.tags.get(row.pk, []),
        case_number=row.case_count,
        held_count=row.held_count,
        assignee=_author(row.assignee_id, around.names),
        team=_team(row, around.teams),
        last_message=_preview(message, around.names) if message and not too_old else None,
        last_activity_at=row.last_activity_at,
        waiting_since=row.waiting_since,
        due_at=row.due_at,
        due_for=row.due_for or None,
        risk_at=row.risk_at,
        window_closes_at=row.window_from + around.window if row.window_from else None,
        inbound_count=row.inbound_count,
        answer_count=row.answer_count,
        reads_back_to=since,
        payment_marked_at=row.payment_marked_at,
        read_count=around.read.get(row.pk, 0) if around.reader is not None else None,
        created_at=row.created_at,
    )


def message_shapes(messages: Sequence[Message]) -> list[MessageShape]:
    """At most five queries whatever the number of messages: keys, files, reactions, quoted messages, names."""
    quoted = _quoted(messages)
    open_keys([m.key_id for m in messages] + [m.key_id for m in quoted.values()])
    ids = [message.pk for message in messages]
    with_file = [message.pk for message in messages if message.kind in FILE_KINDS]
    media_rows = Media.objects.for_system(_WHY).filter(message_id__in=with_file) if with_file else ()
    files = {media.message_id: media for media in media_rows}
    reactions: dict[UUID, list[Reaction]] = defaultdict(list)
    for reaction in Reaction.objects.for_system(_WHY).filter(target_id__in=ids).order_by("at"):
        reactions[reaction.target_id].append(reaction)
    people = [m.author_id for m in messages] + [m.author_id for m in quoted.values()]
    names = names_of(people + [r.author_id for rows in reactions.values() for r in rows])
    return [_message(m, files.get(m.pk), quoted, reactions.get(m.pk, []), names) for m in messages]


def media_shape(media: Media) -> MediaShape:
    return MediaShape(
        id=str(media.pk),
        state=media.state,
        kind=media.kind,
        mime_type=media.mime_type or None,
        size=media.size,
        name=media.name,
        width=media.width,
        height=media.height,
        url=media_url(media.pk),
        thumbnail_url=media_url(media.pk, thumbnail=True) if media.thumbnail else None,
    )


def _message(
    row: Message, media: Media | None, quoted: dict[UUID, Message], reactions: list[Reaction], names: dict[int, str]
) -> MessageShape:
    content = dict(row.content)
    if "revoked" in content:  # told is where it came from, and nothing of what it said
        content = {name: content[name] for name in ("revoked", "origin") if name in content}
    content.pop("components", None)
    if media is not None and "revoked" not in content:
        content["media"] = asdict(media_shape(media))  # content is free-form JSON to the serializer
    failed = row.error_code and row.status in ("failed", "unconfirmed")
    return MessageShape(
        id=str(row.pk),
        version=row.version,
        conversation_id=str(row.conversation_id),
        direction=row.direction,
        kind=row.kind,
        content=content,
        status=row.status,
        at=row.at,
        sent_at=row.sent_at,
        delivered_at=row.delivered_at,
        read_at=row.read_at,
        failed_at=row.failed_at,
        author=_author(row.author_id, names),
        client_ref=row.client_ref,
        quoted=_quote(row, quoted, names),
        reactions=[
            ReactionShape(emoji=r.emoji, side=r.side, name=names.get(r.author_id or 0, ""))
            for r in reactions
            if r.emoji
        ],
        error=_failure(row) if failed else None,
    )


def _failure(row: Message) -> FailureShape:
    """Only what surely failed may be offered for repeating: what is unconfirmed perhaps arrived."""
    code, failed = row.error_code, row.status == "failed"
    return FailureShape(
        code=code,
        retryable=failed and may_repeat(code),
        fault=fault_of(code),
        action=action_for(code) if failed else "none",
        retry_at=repeat_from(code, row.failed_at),
        words=explain(code),
    )


def _quote(row: Message, quoted: dict[UUID, Message], names: dict[int, str]) -> QuotedShape | None:
    original = quoted.get(row.quoted_id) if row.quoted_id else None
    if original is None:
        return QuotedShape(None, "unsupported", "in", "", None) if row.quoted_ref else None
    author = _author(original.author_id, names)
    text = preview(original.kind, original.content)
    return QuotedShape(str(original.pk), original.kind, original.direction, text, author.name if author else None)


def _preview(message: Message, names: dict[int, str]) -> PreviewShape:
    author = _author(message.author_id, names)
    return PreviewShape(
        id=str(message.pk),
        kind=message.kind,
        direction=message.direction,
        text=preview(message.kind, message.content),
        status=message.status,
        author_name=author.name if author else None,
        revoked=bool(message.content.get("revoked")),
        at=message.at,
    )


def _author(user_id: int | None, names: dict[int, str]) -> AuthorShape | None:
    return None if user_id is None else AuthorShape(id=user_id, name=names.get(user_id, ""))


def _read_counts(conversations: Sequence[Conversation], reader: int) -> dict[UUID, int]:
    marks = ReadMark.objects.for_system(_WHY).filter(reader_id=reader, conversation__in=conversations)
    return dict(marks.values_list("conversation_id", "read_count"))


def _last_messages(conversations: Sequence[Conversation]) -> dict[UUID, Message]:
    """Those the caller has at hand, and one query for the others."""
    cached = Conversation.last_message.is_cached
    found = {last.pk: last for row in conversations if cached(row) and (last := row.last_message) is not None}
    ids = {row.last_message_id for row in conversations if row.last_message_id} - set(found)
    return {**found, **_briefly(ids)}


def _quoted(messages: Sequence[Message]) -> dict[UUID, Message]:
    ids = [row.quoted_id for row in messages if row.quoted_id]
    return _briefly(ids) if ids else {}


def _briefly(ids: Collection[UUID]) -> dict[UUID, Message]:
    """Messages with only what one line says of them: reading eight times more of each takes longer than the query."""
    rows = Message.objects.for_system(_WHY).filter(pk__in=ids)
    return {row.pk: row for row in rows.only("key_id", "kind", "direction", "content", "status", "author_id", "at")}


def contact_name(conversation: Conversation) -> str:
    """The name agents read for the contact of a conversation."""
    contact = conversation.contact
    return display_name(contact, phones_of([contact]).get(contact.pk))


def _team(row: Conversation, names: dict[int, str]) -> TeamBriefShape | None:
    return TeamBriefShape(row.team_id, names[row.team_id]) if row.team_id in names else None
