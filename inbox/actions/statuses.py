"""What became of the messages we sent: statuses only move forward, whatever order the webhooks come in."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils import timezone

from contacts.actions.bounces import note_bounces
from inbox.ingest.amendments import amend_waiting
from inbox.ingest.reactions import attach_waiting, take_off_failed
from inbox.models import Channel, Conversation, Message, ParkedStatus
from inbox.telling import tell
from inbox.whatsapp.wire import StatusChange
from security.access import System
from security.bulk import insert_many, save_many
from security.writing import write

_WHY = "applying statuses"
# Codes that mean the number is not, or no longer, reached: 131026 (not on WhatsApp, an old client, terms not accepted).
DEAD = ("131026",)
_BY = System("whatsapp webhook")
RANK = {"queued": 0, "sending": 0, "unconfirmed": 0, "accepted": 1, "sent": 2, "delivered": 3, "read": 4, "played": 5}
_FIRST_SEEN = {"sent": "sent_at", "delivered": "delivered_at", "read": "read_at", "failed": "failed_at"}
_FIELDS = ("status", "provider_ref", "sent_at", "delivered_at", "read_at", "failed_at", "error_code", "version")


def apply_statuses(*, channel: Channel, statuses: Sequence[StatusChange]) -> None:
    """Apply a batch. Found by our own correlation id first, then by WhatsApp's id; unknown ones are parked."""
    with write(by=_BY) as change:
        messages, threads = _find(channel, statuses)
        nameless = {message.pk for message in messages.values() if not message.provider_ref}
        changed: dict[UUID, Message] = {}
        parked: list[ParkedStatus] = []
        for status in statuses:
            message = _meant(messages, status)
            if message is None:
                parked.append(_park(channel, status))
            elif advance(message, status):
                changed[message.pk] = message
        attach_waiting(list(changed.values()))
        amend_waiting([message for pk, message in changed.items() if pk in nameless])
        insert_many(parked, ignoring_conflicts=True)
        save_advanced(list(changed.values()))
        bare = take_off_failed(list(changed.values()))
        _note_dead(changed.values(), threads)
        tell(change, messages=[*changed.values(), *bare], conversations=_showing(threads, changed))


def take_parked(message: Message) -> None:
    """Apply statuses that overtook the answer of the send call. The caller saves and tells."""
    waiting = ParkedStatus.objects.filter(channel_id=message.channel_id, provider_ref=message.provider_ref)
    rows = list(waiting.order_by("at"))
    for row in rows:
        advance(message, StatusChange(row.provider_ref, row.status, row.at, None, row.error_code))
    if rows:
        waiting.filter(pk__in=[row.pk for row in rows]).delete()


def advance(message: Message, status: StatusChange) -> bool:
    """Move one message by the rule ``accepted < sent < delivered < read < played``; ``failed`` counts only before
    delivery, and each first time is kept even when it arrives late (Meta: status facts). True when anything changed."""
    before = tuple(getattr(message, name) for name in _FIELDS)
    message.provider_ref = message.provider_ref or status.provider_ref
    if status.status == "failed":
        if RANK.get(message.status, 0) < RANK["delivered"] and message.status != "failed":
            message.status, message.error_code = "failed", status.error_code or "131000"
    elif RANK[status.status] > RANK.get(message.status, RANK["sent"]):
        # A late `delivered` after `failed` happens: the customer has it, so it is not failed.
        message.status = status.status
        message.error_code = ""
    first_seen = _FIRST_SEEN.get(status.status)
    if first_seen and getattr(message, first_seen) is None:
        setattr(message, first_seen, status.at)
    if tuple(getattr(message, name) for name in _FIELDS) == before:
        return False
    message.version += 1
    return True


def save_advanced(messages: Sequence[Message]) -> None:
    """Write what ``advance`` changed."""
    save_many(messages, _FIELDS)


def _note_dead(changed: Iterable[Message], threads: Sequence[Conversation]) -> None:
    """Numbers that WhatsApp says it cannot deliver to (SR-12)."""
    contacts = {thread.pk: thread.contact_id for thread in threads}
    dead = [one for one in changed if one.status == "failed" and one.error_code in DEAD]
    failures = {contacts[one.conversation_id]: (one.error_code, one.failed_at or timezone.now()) for one in dead}
    if failures:
        note_bounces(by=_BY, failures=failures)


def _find(channel: Channel, statuses: Sequence[StatusChange]) -> tuple[dict[str, Message], list[Conversation]]:
    """Our messages by correlation id and by WhatsApp id. Locks conversations, then messages, each in id order: the same
    order as every other write."""
    ids = {pk for status in statuses if (pk := _row_id(status.correlation)) is not None}
    refs = {status.provider_ref for status in statuses}
    ours = Message.objects.for_system(_WHY).filter(channel=channel, direction="out")
    rows = [*ours.filter(provider_ref__in=refs).values_list("pk", "conversation_id")]
    if ids:
        rows += ours.filter(pk__in=ids).values_list("pk", "conversation_id")
    threads = Conversation.objects.for_system(_WHY).locked().filter(pk__in={thread for _, thread in rows})
    locked = list(threads.order_by("id").select_related("contact"))
    for thread in locked:
        thread.channel = channel
    found: dict[str, Message] = {}
    for message in ours.locked().filter(pk__in={pk for pk, _ in rows}).order_by("id"):
        found[message.correlation] = message
        if message.provider_ref:
            found[message.provider_ref] = message
    return found, locked


def _showing(threads: Sequence[Conversation], changed: Mapping[UUID, Message]) -> list[Conversation]:
    """The conversations whose list line shows a changed message, with their version raised."""
    shown = [thread for thread in threads if thread.last_message_id in changed]
    for thread in shown:
        thread.version += 1
    save_many(shown, ["version"])
    return shown


def _meant(messages: Mapping[str, Message], status: StatusChange) -> Message | None:
    """The message of a status: by our correlation unless that sending has another WhatsApp id, else by its id."""
    message = messages.get(status.correlation or "")
    if message is not None and message.provider_ref in (None, status.provider_ref):
        return message
    return messages.get(status.provider_ref)


def _row_id(correlation: str | None) -> UUID | None:
    """The message id inside a correlation (``id`` or ``id.repeat``); ``None`` when another app wrote it."""
    try:
        return UUID(correlation.partition(".")[0]) if correlation else None
    except ValueError:
        return None


def _park(channel: Channel, status: StatusChange) -> ParkedStatus:
    return ParkedStatus(
        channel=channel,
        provider_ref=status.provider_ref,
        status=status.status,
        at=status.at,
        error_code=status.error_code,
    )
