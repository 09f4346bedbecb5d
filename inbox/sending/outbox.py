"""Delivers one conversation's queued messages, in order: claim, check, pace, send outside any transaction, record."""

import logging
import time
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from inbox.actions import outgoing
from inbox.actions.pauses import pause_for_failure
from inbox.content import FILE_KINDS
from inbox.credentials import credentials_of
from inbox.media_store import read_file
from inbox.models import InboxPolicy, Media, Message
from inbox.sending.consent import refusal_of_marketing, utility_stopped
from inbox.sending.pacer import take_slot
from inbox.sending.recipients import Recipient, recipient_of
from inbox.sending.rules import SendFacts, verdict
from inbox.whatsapp.client import GraphClient, client_for
from inbox.whatsapp.faults import Fault, NumberDown, Rejected, Retry, Throttled, Unconfirmed
from inbox.whatsapp.wire import Outbound
from security.encryption.keyring import KeyGone
from security.encryption.sealing import Unreadable

logger = logging.getLogger(__name__)
_WHY = "delivering queued messages"
_PATIENCE_SECONDS = 1.0  # a longer wait for a slot goes back to the queue instead of blocking a worker


def deliver(conversation_id: UUID) -> int:
    """Send what is queued in a conversation until nothing may leave now; returns how many calls were made."""
    calls = 0
    while (message := outgoing.claim_next(conversation_id=conversation_id)) is not None:
        if not _attempt(message):
            break
        calls += 1
    return calls


def _attempt(message: Message) -> bool:
    """One claimed message. False when the rest of the conversation has to wait."""
    try:
        recipient = recipient_of(message.conversation.contact_id, message.channel)
        refusal = verdict(_facts(message, recipient)).refusal
    except (Unreadable, KeyGone):
        logger.exception("message %s: who it is for cannot be read", message.pk)
        outgoing.record_retry(message=message, code="not_prepared", after=None)
        return False
    if refusal == "channel_paused":
        outgoing.put_back(message=message, due_at=None)
        return False
    if refusal:
        outgoing.record_failure(message=message, code=refusal)
        return True
    wait = take_slot(message.channel, timezone.now(), patience=_PATIENCE_SECONDS, turn=message.due_at)
    if wait > _PATIENCE_SECONDS:
        outgoing.put_back(message=message, due_at=timezone.now() + timedelta(seconds=wait))
        return False
    time.sleep(wait)
    return _send(message, recipient)


def _send(message: Message, recipient: Recipient) -> bool:
    policy = InboxPolicy.current()
    client = client_for(credentials_of(message.channel))
    try:
        outbound = _prepared(message, recipient, client, timeout=policy.send_timeout_seconds)
        if not outgoing.record_calling(message=message):
            return False
        sent = client.send(outbound, timeout=policy.send_timeout_seconds)
    except Rejected as fault:
        outgoing.record_failure(message=message, code=fault.code)
        pause_for_failure(channel_id=message.channel_id, code=fault.code)
    except (NumberDown, Throttled) as fault:
        outgoing.return_unsent(message=message)
        after = fault.after if isinstance(fault, Throttled) else None
        pause_for_failure(channel_id=message.channel_id, code=fault.code, after=after)
        return False
    except Retry as fault:
        outgoing.record_retry(message=message, code=fault.code, after=fault.after)
        return False
    except Unconfirmed as fault:
        logger.warning("message %s: fate unknown (%s); waiting for its status", message.pk, fault.code)
        outgoing.record_unconfirmed(message=message, code=fault.code)
    else:
        outgoing.record_sent(message=message, provider_ref=sent.provider_ref)
        if policy.send_read_receipts:
            _mark_read(message, client, timeout=policy.send_timeout_seconds)
    return True


def _mark_read(message: Message, client: GraphClient, *, timeout: float) -> None:
    """An agent answered, so the customer may see that everything before was read. Losing this loses nothing."""
    heard = Message.objects.for_system(_WHY).filter(conversation_id=message.conversation_id, direction="in")
    last = heard.exclude(provider_ref=None).order_by("-at", "-id").first()
    if last is None:
        return
    try:
        client.mark_read(last.provider_ref, timeout=timeout)
    except Fault as fault:
        logger.warning("message %s could not be marked as read: %s", last.pk, fault.code)


def _facts(message: Message, recipient: Recipient) -> SendFacts:
    policy = InboxPolicy.current()
    return SendFacts(
        kind=message.kind,
        now=timezone.now(),
        last_inbound_at=message.conversation.window_from,
        window_hours=policy.window_hours,
        window_margin_seconds=policy.window_margin_seconds,
        channel_paused=message.channel.state == "paused",
        has_recipient=any(recipient),
        templates_stopped=message.channel.templates_stopped,
        utility_stopped=utility_stopped(message.kind, message.content, message.channel),
        marketing_refusal=refusal_of_marketing(
            message.kind, message.content, message.conversation.contact, message.channel
        ),
    )


def _prepared(message: Message, recipient: Recipient, client: GraphClient, *, timeout: float) -> Outbound:
    """What will be sent, its file uploaded. Whatever goes wrong here, nothing was sent: it may be repeated."""
    try:
        return _outbound(message, recipient, client, timeout=timeout)
    except Fault:
        raise
    except Exception as error:
        logger.exception("message %s could not be prepared", message.pk)
        raise Retry("not_prepared") from error


def _outbound(message: Message, recipient: Recipient, client: GraphClient, *, timeout: float) -> Outbound:
    phone, bsuid = recipient
    content = dict(message.content)
    files = Media.objects.for_system(_WHY).filter(message=message)
    media = files.first() if message.kind in FILE_KINDS else None
    media_ref = None
    if media is not None:
        media_ref = media.provider_ref or _uploaded(media, client, timeout=timeout)
    quoted_ref = content.pop("target_ref", None) or (message.quoted.provider_ref if message.quoted else None)
    kind, name = (media.kind, media.name) if media is not None else ("", None)
    return Outbound(message.kind, content, message.correlation, phone, bsuid, quoted_ref, media_ref, kind, name)


def _uploaded(media: Media, client: GraphClient, *, timeout: float) -> str:
    """Upload the file now; the id is kept, so a repeated send does not upload again."""
    try:
        content = read_file(media, media.file)
    except FileNotFoundError:
        raise Rejected("media_missing") from None
    ref = client.upload(content, mime_type=media.mime_type, name=media.name or str(media.pk), timeout=timeout)
    outgoing.record_upload(media=media, provider_ref=ref)
    return ref
