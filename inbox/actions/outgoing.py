"""The life of a queued message: claimed by one worker, then recorded: sent, failed, to be repeated, or unconfirmed."""

import logging
from datetime import datetime, timedelta
from random import uniform
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from inbox.actions.statuses import RANK, take_parked
from inbox.actions.stopping import stop_late
from inbox.ingest.amendments import amend_waiting
from inbox.ingest.reactions import attach_waiting, take_off_failed
from inbox.models import Conversation, InboxPolicy, Media, Message, ParkedStatus
from inbox.policies import BINNED
from inbox.telling import tell
from inbox.whatsapp.codes import lookup
from security.access import System
from security.encryption.keyring import KeyGone
from security.encryption.sealing import Unreadable
from security.writing import Change, write

logger = logging.getLogger(__name__)
_WHY = "working the outbox"
_BY = System("outbox")
_WHATSAPP_REPEATS_DAYS = 7  # Meta: webhook delivery
_TWICE = 2  # attempts at what Meta says to repeat once


def claim_next(*, conversation_id: UUID) -> Message | None:
    """Take the oldest queued message of a conversation for sending, for exactly one worker.

    ``None`` when nothing is queued, the first one is not due yet, or another one is on its way: messages of one
    conversation leave in order. Nothing leaves one in the bin (PM-9).
    """
    rows = Message.objects.for_system(_WHY).filter(conversation_id=conversation_id, direction="out")
    waiting = rows.filter(status__in=("queued", "sending")).order_by("created_at", "id")
    first = waiting.values_list("pk", "status", "due_at", "attempts", "conversation__state", named=True).first()
    now = timezone.now()
    if first is None or first.status == "sending" or (first.due_at is not None and first.due_at > now):
        return None
    if first.conversation__state == BINNED:
        return None
    with write(by=_BY):
        guarded = rows.filter(pk=first.pk, status="queued", due_at=first.due_at, attempts=first.attempts)
        if not guarded.update(status="sending", claimed_at=now, calling_at=None, attempts=first.attempts + 1):
            return None
    return rows.select_related("channel", "conversation__contact").get(pk=first.pk)


def record_calling(*, message: Message) -> bool:
    """The call begins now. False when the claim was taken away meanwhile: then it must not be made."""
    now = timezone.now()
    with write(by=_BY):
        rows = Message.objects.for_system(_WHY).filter(pk=message.pk, status="sending", claimed_at=message.claimed_at)
        if not rows.update(claimed_at=now, calling_at=now):
            return False
    message.claimed_at = message.calling_at = now
    return True


def record_sent(*, message: Message, provider_ref: str) -> None:
    """WhatsApp accepted it. A status may have come first: then only the id is new."""
    with write(by=_BY) as change:
        row = _locked(message)
        row.provider_ref = row.provider_ref or provider_ref
        attach_waiting([row])
        amend_waiting([row])
        if RANK.get(row.status, RANK["accepted"]) < RANK["accepted"]:
            row.status = "accepted"
        row.error_code = "" if row.status != "failed" else row.error_code
        take_parked(row)
        _save_and_tell(change, row)


def record_failure(*, message: Message, code: str) -> None:
    """It will not be sent; the thread says why."""
    with write(by=_BY) as change:
        row = _locked(message)
        if _still_ours(row, message):
            row.status, row.error_code, row.failed_at = "failed", code[:40], timezone.now()
            _save_and_tell(change, row)


def record_retry(*, message: Message, code: str, after: float | None) -> None:
    """Certainly not sent: queue it again after 4^n seconds (Meta's advice) or what WhatsApp said, up to the limit."""
    policy = InboxPolicy.current()
    most = min(policy.send_attempts, _TWICE) if lookup(code).repeat == "once" else policy.send_attempts
    if message.attempts >= most:
        record_failure(message=message, code=code if code.isdecimal() else "attempts_used_up")
        return
    wait = after if after is not None else policy.retry_base_seconds**message.attempts * uniform(0.8, 1.2)
    _requeue(message, due_at=timezone.now() + timedelta(seconds=wait), attempts=message.attempts)


def record_unconfirmed(*, message: Message, code: str) -> None:
    """Nobody knows whether it left: visible as such until its status webhook settles it."""
    with write(by=_BY) as change:
        row = _locked(message)
        if row.status == "sending" and row.claimed_at == message.claimed_at:
            row.status, row.error_code = "unconfirmed", code[:40]
            _save_and_tell(change, row)


def put_back(*, message: Message, due_at: datetime | None) -> None:
    """Unclaim what was not tried at all; the sweeper enqueues it when due. Nobody was told of the claim and nothing
    that is shown changed: no new version, no word on the live stream. In the bin by now, it fails as what waited."""
    with write(by=_BY) as change:
        conversation = _locked_conversation(message)
        rows = Message.objects.for_system(_WHY).filter(pk=message.pk, status="sending", claimed_at=message.claimed_at)
        if conversation.state == BINNED:
            _stop(change, conversation, rows.locked().first())
            return
        rows.update(status="queued", due_at=due_at, claimed_at=None, attempts=max(0, message.attempts - 1))


def _requeue(message: Message, *, due_at: datetime | None, attempts: int) -> None:
    with write(by=_BY) as change:
        row = _locked(message)
        if not _still_ours(row, message):
            return
        if row.conversation.state == BINNED:
            _stop(change, row.conversation, row)
            return
        row.status, row.error_code, row.due_at, row.claimed_at = "queued", "", due_at, None
        row.attempts = attempts
        _save_and_tell(change, row)


def _stop(change: Change, conversation: Conversation, row: Message | None) -> None:
    """What was on its way when its conversation went into the bin, and has certainly not left."""
    if row is not None:
        row.conversation = conversation
        row.claimed_at = None
        stop_late(row)
        _save_and_tell(change, row)


def return_unsent(*, message: Message) -> None:
    """The number itself cannot send: the message goes back to the queue, and this was no attempt. Told, unlike
    ``put_back``: during the call the sweeper may have called it unconfirmed."""
    _requeue(message, due_at=None, attempts=max(0, message.attempts - 1))


def record_upload(*, media: Media, provider_ref: str) -> None:
    with write(by=_BY):
        Media.objects.for_system(_WHY).filter(pk=media.pk).update(provider_ref=provider_ref)


def give_up_on_stale_claims() -> int:
    """A message in ``sending`` for too long was left by a crash. Before the call it goes back to the queue; after it,
    its fate is unknown. One claimed in the future was claimed before the clock was set back."""
    now, timeout = timezone.now(), timedelta(seconds=InboxPolicy.current().claim_timeout_seconds)
    stale = Message.objects.for_system(_WHY).filter(
        Q(claimed_at__lt=now - timeout) | Q(claimed_at__gt=now + timeout), status="sending"
    )
    messages = list(stale)
    for message in messages:
        try:
            _settle(message)
        except Exception:
            logger.exception("message %s, left in sending, could not be settled", message.pk)
    return len(messages)


def _settle(message: Message) -> None:
    if message.calling_at is None:
        put_back(message=message, due_at=None)
    else:
        record_unconfirmed(message=message, code="worker_lost")


def _still_ours(row: Message, message: Message) -> bool:
    """Whether what we learned is about the sending we claimed; the sweeper may have called it unconfirmed meanwhile."""
    return row.status in ("sending", "unconfirmed") and row.claimed_at == message.claimed_at


def _locked(message: Message) -> Message:
    """The current row, locked after its conversation, as every write does."""
    conversation = _locked_conversation(message)
    row: Message = Message.objects.for_system(_WHY).locked().get(pk=message.pk)
    row.conversation = conversation
    return row


def _locked_conversation(message: Message) -> Conversation:
    rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
    conversation: Conversation = rows.locked().get(pk=message.conversation_id)
    return conversation


def _save_and_tell(change: Change, row: Message) -> None:
    row.version += 1
    row.save(
        update_fields=[
            "status", "provider_ref", "sent_at", "delivered_at", "read_at", "failed_at",
            "error_code", "due_at", "claimed_at", "attempts", "version",
        ]
    )  # fmt: skip
    shown = [row.conversation] if row.conversation.last_message_id == row.pk else []
    for conversation in shown:
        conversation.version += 1
        conversation.save(update_fields=["version"])
    try:
        tell(change, messages=[row, *take_off_failed([row])], conversations=shown)
    except (Unreadable, KeyGone):  # what became of it is true all the same, and must not be found out again and again
        logger.exception("message %s is %s, but cannot be shown", row.pk, row.status)


def forget_parked() -> int:
    """Statuses of messages we never sent (another app on the number): WhatsApp repeats 7 days, then they are noise."""
    oldest = timezone.now() - timedelta(days=_WHATSAPP_REPEATS_DAYS)
    with write(by=_BY):
        return ParkedStatus.objects.filter(parked_at__lt=oldest).delete()[0]
