"""The inbox's background work: one line each, ids only, safe to run twice."""

from uuid import UUID

from celery import shared_task

from inbox.accounts.probing import probe
from inbox.actions.dispatch import give_waiting
from inbox.actions.files import fetch_file
from inbox.actions.keyword_days import count_due
from inbox.actions.promotions import look_at
from inbox.actions.purging import purge_due
from inbox.actions.reply_uses import count_use
from inbox.actions.retention import retain
from inbox.actions.sla import refresh_region
from inbox.ingest.drainer import drain
from inbox.sending.outbox import deliver
from inbox.sending.typing import tell_customer
from inbox.sweeping import housekeep, sweep


@shared_task(name="inbox.tasks.drain_channel")
def drain_channel(channel_id: str) -> None:
    """Apply a channel's stored webhooks."""
    drain(UUID(channel_id))


@shared_task(name="inbox.tasks.deliver_conversation")
def deliver_conversation(conversation_id: str) -> None:
    """Send a conversation's queued messages."""
    deliver(UUID(conversation_id))


@shared_task(name="inbox.tasks.tell_typing")
def tell_typing(conversation_id: str) -> None:
    """Show a customer that somebody types."""
    tell_customer(UUID(conversation_id))


@shared_task(name="inbox.tasks.fetch_media")
def fetch_media(media_id: str) -> None:
    """Download one file."""
    fetch_file(media_id=UUID(media_id))


@shared_task(name="inbox.tasks.assign_waiting")
def assign_waiting(channel_id: str) -> None:
    """Give out what waits at a number."""
    give_waiting(channel_id=UUID(channel_id))


@shared_task(name="inbox.tasks.probe_channel")
def probe_channel(channel_id: str) -> None:
    """Look whether a number that failed works again."""
    probe(UUID(channel_id))


@shared_task(name="inbox.tasks.refresh_promises")
def refresh_promises(region_id: int) -> None:
    """Work out anew when what a region's customers were promised is due."""
    refresh_region(region_id)


@shared_task(name="inbox.tasks.purge_bin")
def purge_bin() -> None:
    """Every few minutes: destroy what has been in the bin for its time, or was ordered to be."""
    purge_due()


@shared_task(name="inbox.tasks.look_at_progress")
def look_at_progress(user_id: int) -> None:
    """See whether a trainee is to be proposed for promotion."""
    look_at(user_id)


@shared_task(name="inbox.tasks.count_reply_use")
def count_reply_use(reply_id: str, person_id: int, message_id: str) -> None:
    """Count that a canned reply was sent."""
    count_use(reply_id=UUID(reply_id), person_id=person_id, message_id=UUID(message_id))


@shared_task(name="inbox.tasks.sweep")
def sweep_up() -> None:
    """Every few seconds: find what a crash, a lost task or a due time left behind."""
    sweep()


@shared_task(name="inbox.tasks.housekeep")
def keep_house() -> None:
    """Hourly: retention of raw webhooks, account news, parked statuses and files that belong to nothing."""
    housekeep()


@shared_task(name="inbox.tasks.count_keywords")
def count_keywords() -> None:
    """Every quarter of an hour: count what customers wrote about on days that are over."""
    count_due()


@shared_task(name="inbox.tasks.retain")
def retain_by_region() -> None:
    """At night, hour by hour: delete what regions keep for a time only."""
    retain()
