"""The contacts app's background work: one line each, ids only, safe to run twice."""

from uuid import UUID

from celery import shared_task

from contacts.actions.exporting import make_export
from contacts.actions.segments import record_segment_sizes
from contacts.privacy.sweeping import carry_on_privacy


@shared_task(name="contacts.make_export")
def make_contact_export(export_id: str) -> None:
    """Make the file somebody asked for."""
    make_export(UUID(export_id))


@shared_task(name="contacts.carry_on")
def carry_on() -> None:
    """Every minute: go on with erasures, merges and exports, destroy exports whose time is over."""
    carry_on_privacy()


@shared_task(name="contacts.record_segment_sizes")
def record_sizes() -> None:
    """Every hour: count the segments that have no size of today (their region's day) yet."""
    record_segment_sizes()
