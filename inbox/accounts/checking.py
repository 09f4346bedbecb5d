"""Asking WhatsApp how it judges a number; the answer is kept, so that a page costs no call each time it is opened."""

from dataclasses import asdict
from datetime import timedelta

from django.utils import timezone

from inbox.credentials import credentials_of
from inbox.models import Channel, ChannelHealth, InboxPolicy
from inbox.whatsapp.client import client_for
from inbox.whatsapp.codes import lookup
from inbox.whatsapp.faults import Fault
from inbox.whatsapp.health import NumberHealth
from security.access import System
from security.writing import write

_WHY = "the health of a number"
_BY = System("health check")
_KEPT = ("quality", "throughput", "limit", "verified_name", "name_status", "number_status", "can_send")


def known_health(channel: Channel) -> ChannelHealth:
    """As last told; an empty one before anything was."""
    found = ChannelHealth.objects.for_system(_WHY).filter(channel=channel).first()
    return found or ChannelHealth(channel=channel)


def is_stale(health: ChannelHealth) -> bool:
    """Whether the answer is older than the policy says."""
    oldest = timezone.now() - timedelta(minutes=InboxPolicy.current().health_minutes)
    return health.checked_at is None or health.checked_at < oldest


def check_health(channel: Channel) -> ChannelHealth:
    """Ask now. Outside any transaction: it is a call."""
    timeout = InboxPolicy.current().check_timeout_seconds
    try:
        answer, trouble = client_for(credentials_of(channel)).health(timeout=timeout), ""
    except Fault as fault:
        answer, trouble = None, fault.code if lookup(fault.code).fault != "network" else "not_reached"
    return _keep(channel, answer, trouble)


def _keep(channel: Channel, answer: NumberHealth | None, trouble: str) -> ChannelHealth:
    now = timezone.now()
    with write(by=_BY):
        row = locked_health(channel)
        row.checked_at, row.check_error = now, trouble[:40]
        if answer is not None:
            told = {name: getattr(answer, name) for name in _KEPT if getattr(answer, name)}
            for name, value in told.items():
                setattr(row, name, value)
            row.told_at = {**row.told_at, **dict.fromkeys(told, now.isoformat())}
            row.payment = "" if answer.can_send == "AVAILABLE" else row.payment
            row.problems = [asdict(problem) for problem in answer.problems]
        row.save()
    return row


def locked_health(channel: Channel) -> ChannelHealth:
    """The row to change, made when there is none yet; inside a write block."""
    ChannelHealth.objects.for_system(_WHY).bulk_create([ChannelHealth(channel=channel)], ignore_conflicts=True)
    row: ChannelHealth = ChannelHealth.objects.for_system(_WHY).locked().get(pk=channel.pk)
    return row
