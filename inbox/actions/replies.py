"""Agents answer: each send becomes a queued message, once per ``client_ref``, and leaves after the commit. Where a
trainee's replies wait for a mentor, it becomes a held one instead (see ``holding``)."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.actions.assignments import BY_ANSWERING, give_to
from inbox.actions.drafts import end_draft
from inbox.actions.holding import put_aside
from inbox.actions.resolutions import reopen
from inbox.actions.risks import take_by_answering
from inbox.coaching.errors import ReactionsHeld, RepeatsHeld
from inbox.crossing import refuse_crossing
from inbox.errors import BY_VERDICT, NotHere, NotRepeatable
from inbox.failures import may_repeat, refuse_too_early
from inbox.file_errors import UploadUnfit
from inbox.fitting import fitted
from inbox.models import Case, Conversation, InboxPolicy, Media, Message, Reaction
from inbox.policies import can_reply, can_take_on, refusal_of
from inbox.scheduling import REF
from inbox.search.indexing import index_messages
from inbox.sending.consent import refusal_of_marketing, utility_stopped
from inbox.sending.recipients import reachable
from inbox.sending.rules import TEMPLATE, SendFacts, verdict
from inbox.sla import refresh_due
from inbox.telling import tell
from inbox.whatsapp.limits import MEDIA_HEADERS, MEDIA_KINDS
from security.access import Access
from security.errors import Invalid, NotFound, require
from security.writing import Change, write

_CLIENT_REF_MAX = 64


def send(
    *,
    by: Access,
    conversation_id: object,
    client_ref: str,
    kind: str,
    content: dict[str, Any],
    at: str = "",
    upload: object = None,
    reply_to: object = None,
    answers_seen: int | None = None,
    draft: int | None = None,
) -> Message:
    """Queue a message of any kind but a reaction, with the file that it is or has as its header. With ``draft``, the
    author's draft up to this revision goes with it.

    ``answers_seen``: how many answers of ours the writer knew of; refused when a colleague has answered since.

    A repeated ``client_ref`` returns the first message: a reconnecting browser cannot double it. What WhatsApp would
    refuse is refused here, with the field named; ``at`` is where ``content`` stands in the request.
    """
    if draft is not None:
        with write(by=by):
            sent = send(
                by=by, conversation_id=conversation_id, client_ref=client_ref, kind=kind, content=content, at=at,
                upload=upload, reply_to=reply_to, answers_seen=answers_seen,
            )  # fmt: skip
            said = str(content.get("text", ""))
            end_draft(by=by, conversation_id=conversation_id, revision=draft, text=said)
        return sent
    content = fitted(kind, content if upload is None else {**content, "upload": upload}, at=at)
    return _send(
        by, conversation_id, client_ref, kind, content, upload=upload, reply_to=reply_to, answers_seen=answers_seen
    )


def send_text(*, by: Access, conversation_id: object, client_ref: str, text: str, reply_to: object = None) -> Message:
    """Queue a text, its first link with a preview."""
    content = {"text": text}
    return send(
        by=by, conversation_id=conversation_id, client_ref=client_ref, kind="text", content=content, reply_to=reply_to
    )


def _upload(by: Access, conversation: Conversation, upload: object, kind: str, content: dict[str, Any]) -> Media:
    """The file somebody attached, locked after its conversation; it may have been sent before."""
    files = Media.objects.visible_to(by).filter(conversation=conversation, uploaded_by_id=by.user_id, note=None)
    media: Media | None = files.locked().filter(pk=upload).first()
    if media is None:
        raise Invalid(field="upload", message=_("This file is not there any more."))
    if kind not in MEDIA_KINDS and media.kind not in MEDIA_HEADERS:
        raise UploadUnfit(field="upload")
    if content.get("voice") and not media.voice:
        raise NotHere(field="voice")
    if media.message_id is not None:
        raise Invalid(field="upload", message=_("This file was sent already; attach it again."))
    return media


def react(*, by: Access, conversation_id: object, client_ref: str, message_id: object, emoji: str) -> Message:
    """Put our emoji on a message (empty: take it off); returns that message."""
    require(not by.held, ReactionsHeld)  # not worth a mentor's time, and too late once decided
    with write(by=by) as change:
        conversation = _writable(by, conversation_id)
        target = Message.objects.visible_to(by).filter(conversation=conversation, pk=message_id).locked().first()
        if target is None or not target.provider_ref:
            raise NotFound(field="message")
        if _already_sent(by, conversation, client_ref) is not None:
            return target
        content = fitted("reaction", {"emoji": emoji, "target_ref": target.provider_ref})
        sent = _queue(change, by, conversation, client_ref, "reaction", content, quoted=None)
        reaction = Reaction.objects.for_system("our own reaction").filter(
            conversation=conversation, target_ref=target.provider_ref, side="team"
        ).first() or Reaction(
            conversation=conversation, target=target, target_ref=target.provider_ref, side="team", key_id=target.key_id
        )
        # The sending's own time: should it fail, it takes off what it put there and nothing newer.
        reaction.emoji, reaction.at, reaction.author_id = emoji, sent.at, by.user_id
        reaction.save()
        target.version += 1
        target.save(update_fields=["version"])
        tell(change, messages=[target])
    return target


def repeat_message(*, by: Access, message_id: object) -> Message:
    """Queue a failed message again. Only where repeating can help and cannot send it twice."""
    require(not by.held, RepeatsHeld)  # nobody would look at it before it leaves
    with write(by=by) as change:
        seen = Message.objects.visible_to(by).get_or_404(message_id)
        conversation = _writable(by, seen.conversation_id)
        message = Message.objects.for_system("already seen").locked().get(pk=seen.pk)
        if message.status != "failed" or message.direction != "out" or not may_repeat(message.error_code):
            raise NotRepeatable
        refuse_too_early(message.error_code, message.failed_at)
        message.status, message.error_code, message.failed_at, message.attempts = "queued", "", None, 0
        message.due_at, message.provider_ref = None, None
        message.repeats += 1
        message.version += 1
        message.save()
        # WhatsApp keeps an uploaded file for 30 days: a later attempt uploads it anew.
        Media.objects.for_system("already seen").filter(message=message).update(provider_ref="")
        message.conversation = conversation
        change.record("message.repeated", message)
        tell(change, messages=[message])
        enqueue_delivery(change, conversation)
    return message


def _send(
    by: Access,
    conversation_id: object,
    client_ref: str,
    kind: str,
    content: dict[str, Any],
    *,
    upload: object = None,
    reply_to: object = None,
    answers_seen: int | None = None,
) -> Message:
    with write(by=by) as change:
        conversation = _writable(by, conversation_id)
        if (repeated := _already_sent(by, conversation, client_ref)) is not None:
            return repeated
        refuse_crossing(by, conversation, answers_seen)
        if kind == TEMPLATE:
            require(by.can("inbox.send_template"))
        media = _upload(by, conversation, upload, kind, content) if upload is not None else None
        kind = media.kind if media is not None and kind in MEDIA_KINDS else kind
        refuse_unless_sendable(kind, conversation, content)
        quoted = _quoted(by, conversation, reply_to) if reply_to else None
        if conversation.state == "resolved" and not by.held:
            reopen(change, by, conversation)
        message = _queue(change, by, conversation, client_ref, kind, content, quoted=quoted)
        _attach(media, message)
        index_messages(conversation.region_id, [message], [media] if media is not None else [])
        if by.held:
            return put_aside(change, by, conversation, message)
        _answered(conversation, message)
        by_itself = client_ref.startswith(REF)  # nobody is there who deals with anything
        left = {} if by_itself else take_by_answering(change, by, conversation)
        free = conversation.assignee_id is None and InboxPolicy.current().assign_on_reply
        if free and can_take_on(by, conversation):
            left = give_to(change, by, conversation, by.user_id, BY_ANSWERING)
        tell(change, messages=[message], conversations=[conversation], left_scopes=left)
    return message


def _answered(conversation: Conversation, message: Message) -> None:
    """We spoke last: nobody waits, and whoever knows of fewer answers has missed this one."""
    conversation.last_message, conversation.last_activity_at = message, message.at
    conversation.waiting_since = None
    conversation.answer_count += 1
    conversation.version += 1
    refresh_due([conversation])
    conversation.save()


def _attach(media: Media | None, message: Message) -> None:
    if media is not None:
        media.message = message
        media.save(update_fields=["message"])


def _already_sent(by: Access, conversation: Conversation, client_ref: str) -> Message | None:
    """The message of a ``client_ref`` that was used before; the caller holds the conversation's lock."""
    sent = Message.objects.visible_to(by).filter(conversation=conversation, client_ref=client_ref)
    found: Message | None = sent.first()
    if found is not None:
        found.repeated = True
    return found


def _quoted(by: Access, conversation: Conversation, message_id: object) -> Message:
    quoted: Message | None = Message.objects.visible_to(by).filter(conversation=conversation, pk=message_id).first()
    if quoted is None:
        raise Invalid(field="reply_to", message=_("The quoted message is not there."))
    return quoted


def _writable(by: Access, conversation_id: object) -> Conversation:
    rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
    conversation: Conversation = rows.locked().get_or_404(conversation_id)
    require(can_reply(by, conversation), refusal_of(by, conversation))
    return conversation


def refuse_unless_sendable(kind: str, conversation: Conversation, content: dict[str, Any]) -> None:
    policy = InboxPolicy.current()
    facts = SendFacts(
        kind=kind,
        now=timezone.now(),
        last_inbound_at=conversation.window_from,
        window_hours=policy.window_hours,
        window_margin_seconds=policy.window_margin_seconds,
        channel_paused=conversation.channel.state == "paused",
        has_recipient=reachable(conversation.contact_id, conversation.channel).exists(),
        templates_stopped=conversation.channel.templates_stopped,
        utility_stopped=utility_stopped(kind, content, conversation.channel),
        marketing_refusal=refusal_of_marketing(kind, content, conversation.contact, conversation.channel),
    )
    refusal = verdict(facts).refusal
    if refusal:
        raise BY_VERDICT[refusal]


def _queue(
    change: Change,
    by: Access,
    conversation: Conversation,
    client_ref: str,
    kind: str,
    content: dict[str, Any],
    *,
    quoted: Message | None,
) -> Message:
    if not 0 < len(client_ref) <= _CLIENT_REF_MAX:
        raise Invalid(field="client_ref")
    now = timezone.now()
    case = Case.objects.for_system("the running case").filter(conversation=conversation).order_by("-number").first()
    message = Message(
        conversation=conversation,
        channel_id=conversation.channel_id,
        case=case,
        key_id=conversation.contact.key_id,
        direction="out",
        kind=kind,
        content=content,
        author_id=by.user_id,
        client_ref=client_ref,
        quoted=quoted,
        quoted_ref=(quoted.provider_ref or "") if quoted else "",
        status="held" if by.held else "queued",
        at=now,
        created_at=now,
    )
    message.save(force_insert=True)
    if by.held:
        change.record("reply.held", message, kind=kind)
        return message
    note_first_reply(case, now, kind)
    change.record("message.queued", message, kind=kind)
    enqueue_delivery(change, conversation)
    return message


def note_first_reply(case: Case | None, at: datetime | None, kind: str) -> None:
    """The first thing said in a case answers it; an emoji does not."""
    if case is not None and case.first_reply_at is None and kind != "reaction":
        case.first_reply_at = at
        case.save(update_fields=["first_reply_at"])


def enqueue_delivery(change: Change, conversation: Conversation) -> None:
    from inbox.tasks import deliver_conversation  # tasks import actions

    change.enqueue(deliver_conversation, str(conversation.pk))
