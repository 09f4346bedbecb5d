"""Applying stored webhook bodies: one transaction for a batch, nothing half-done."""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from inbox.accounts.news import apply_account_news
from inbox.actions.echoes import learn_address_book, store_echoes
from inbox.actions.lessons import learn_from_failures
from inbox.actions.receive import receive_messages
from inbox.actions.statuses import apply_statuses
from inbox.ingest.group_commit import body_place
from inbox.models import Channel, InboxPolicy, StoredWebhook
from inbox.whatsapp.parse import Unparsable, parse
from inbox.whatsapp.redaction import redact
from inbox.whatsapp.wire import Parsed
from inbox.whatsapp.wire_account import Beside
from security.access import Actor, System
from security.encryption.keyring import open_key
from security.encryption.sealing import unseal
from security.writing import write

logger = logging.getLogger(__name__)
WHATSAPP = System("whatsapp webhook")
_FORGET_AT_A_TIME = 1000


def apply_bodies(*, channel: Channel, webhook_ids: Sequence[UUID]) -> None:
    """What is about the account first (it locks channels before anything locks conversations), then messages, then
    statuses, of every still pending body among ``webhook_ids``. Safe to repeat."""
    with write(by=WHATSAPP):
        rows = StoredWebhook.objects.select_for_update().filter(pk__in=webhook_ids, state="pending")
        parsed = [_parse(channel, row) for row in rows.order_by("received_at", "id")]
        incoming = [message for one in parsed for message in one.messages]
        statuses = [status for one in parsed for status in one.statuses]
        _note_unknown(channel, parsed)
        beside = [one.beside for one in parsed if one.beside is not None]
        if changes := [change for one in beside for change in one.accounts]:
            apply_account_news(channel=channel, changes=changes)
        if incoming:
            receive_messages(channel=channel, incoming=incoming)
        _apply_echoes(channel, beside)
        if statuses:
            apply_statuses(channel=channel, statuses=statuses)
        rows.update(state="applied", applied_at=timezone.now())
    # After the commit: they lock the channel and contacts, which every other write does before conversations.
    learn_from_failures(channel=channel, statuses=statuses)


def _apply_echoes(channel: Channel, beside: Sequence[Beside]) -> None:
    """What passed through the phone, and how its owner calls people."""
    if echoes := [echo for one in beside for echo in one.echoes]:
        store_echoes(channel=channel, echoes=echoes)
    if book := [entry for one in beside for entry in one.book]:
        learn_address_book(channel=channel, book=book)


def _note_unknown(channel: Channel, parsed: Sequence[Parsed]) -> None:
    """Parts nobody acts on are named in the log; the stored body keeps them for its retention."""
    for part, times in Counter(part.what for one in parsed for part in one.unknown).items():
        logger.warning("channel %s: %s × %s in webhooks is not acted on", channel.pk, part, times)


def set_aside(*, webhook_id: UUID, error: Exception) -> None:
    """Count a failed attempt; after the last one keep the body with its error, for a person to look at and replay."""
    with write(by=WHATSAPP) as change:
        webhook = StoredWebhook.objects.select_for_update().defer("body").get(pk=webhook_id)
        webhook.attempts += 1
        final = isinstance(error, Unparsable) or webhook.attempts >= InboxPolicy.current().webhook_attempts
        webhook.due_at = timezone.now() + timedelta(
            seconds=InboxPolicy.current().retry_base_seconds ** webhook.attempts
        )
        webhook.error = redact(f"{type(error).__name__}: {error}")
        webhook.state = "set_aside" if final else "pending"
        webhook.save(update_fields=["attempts", "due_at", "error", "state"])
        if final:
            change.record("webhook.set_aside", webhook, error=type(error).__name__)


def replay_set_aside(*, by: Actor, channel: Channel) -> int:
    """Put every body that was set aside back in the queue; returns how many."""
    with write(by=by) as change:
        count = StoredWebhook.objects.filter(channel=channel, state="set_aside").update(
            state="pending", attempts=0, due_at=None
        )
        change.record("webhook.replayed", channel, count=count)
    return count


def forget_applied() -> int:
    """Delete applied bodies past their retention."""
    oldest = timezone.now() - timedelta(days=InboxPolicy.current().webhook_retention_days)
    expired = StoredWebhook.objects.filter(state="applied", applied_at__lt=oldest).order_by("applied_at")
    forgotten = 0
    while slice_ := list(expired.values_list("pk", flat=True)[:_FORGET_AT_A_TIME]):
        with write(
            by=System("webhook retention")
        ) as change:  # short transactions: on SQLite nobody else writes meanwhile
            count = StoredWebhook.objects.filter(pk__in=slice_).delete()[0]
            change.record("webhook.forgotten", InboxPolicy.current(), count=count)
            forgotten += count
    return forgotten


def _parse(channel: Channel, row: StoredWebhook) -> Parsed:
    body = unseal(open_key(row.key_id), bytes(row.body), place=body_place(row.pk))
    return parse(body, phone_number_id=channel.phone_number_id, received_at=row.received_at)
