"""What became of the team's messages: the ticks of the past."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from inbox.models import Message

_RECENT = timedelta(days=2)
_UNSETTLED = 0.12
_RANKED = ("accepted", "sent", "delivered", "read")


def settle(messages: Iterable[Message], *, receipts: bool, now: datetime, rng: Random) -> None:
    """Set statuses and their times on one conversation's outgoing messages, newest first: whoever wrote again had read
    what came before."""
    answered_at: datetime | None = None
    for message in sorted(messages, key=lambda row: (row.at, row.pk), reverse=True):
        if message.direction == "in":
            answered_at = message.at
        elif message.status == "failed":
            _fail(message, now)
        elif message.status == "unconfirmed":
            _leave_unconfirmed(message)
        elif answered_at is None and _may_hang(message, now) and rng.random() < _UNSETTLED:
            message.version += 2  # taken by WhatsApp and not heard of since
        else:
            _advance(message, answered_at, now, rng)
        if not receipts and message.status == "read":
            message.status, message.read_at = "delivered", None
            message.version -= 1


def _fail(message: Message, now: datetime) -> None:
    message.failed_at = min(now, message.at + timedelta(seconds=3))
    if not message.error_code.isdecimal():  # one of our own codes: it never reached WhatsApp
        message.provider_ref = None
    message.version += 2


def _may_hang(message: Message, now: datetime) -> bool:
    return message.kind == "text" and now - message.at < _RECENT


def _leave_unconfirmed(message: Message) -> None:
    """No answer came to the call, so nobody knows WhatsApp's id for it either."""
    message.version += 2
    message.provider_ref = None


def _advance(message: Message, answered_at: datetime | None, now: datetime, rng: Random) -> None:
    """What was answered was read; the last message may still be on its way, or unread."""
    sent = message.at + timedelta(seconds=rng.uniform(0.4, 1.6))
    delivered = sent + timedelta(seconds=rng.uniform(0.5, 4) if rng.random() < 0.85 else rng.uniform(60, 5400))
    read = delivered + timedelta(seconds=rng.uniform(4, 600) if rng.random() < 0.7 else rng.uniform(600, 9 * 3600))
    highest = rng.choices(("read", "delivered", "sent"), weights=(70, 20, 10))[0]
    if answered_at is not None:
        delivered = min(delivered, answered_at - timedelta(seconds=2))
        read = min(read, answered_at - timedelta(seconds=1))
        highest = "read"
    delivered, read = max(delivered, sent), max(read, delivered, sent)
    times = {"sent": sent, "delivered": delivered, "read": read}
    message.status = "accepted"
    for status, at in times.items():
        if at > now or _RANKED.index(status) > _RANKED.index(highest):
            break
        message.status = status
        setattr(message, f"{status}_at", at)
    message.version += 2 + _RANKED.index(message.status)
