"""A number that failed (token, permission, lock) is looked at now and then, and goes on by itself when it works."""

import logging
from uuid import UUID

from inbox.accounts.checking import check_health
from inbox.actions.pauses import claim_probe, end_mended
from inbox.models import Channel
from security.access import Actor, System

logger = logging.getLogger(__name__)
_WHY = "looking whether a number works again"
_STILL_STOPPED = "BLOCKED"


def probe(channel_id: UUID) -> bool:
    """One cheap call; True when the number works again and was resumed. Safe to run twice: one worker looks."""
    channel = Channel.objects.for_system(_WHY).filter(pk=channel_id).first()
    if channel is None or not claim_probe(channel_id=channel_id):
        return False
    return look(channel, by=System("probe"))


def look(channel: Channel, *, by: Actor) -> bool:
    """One call, kept as its health; whether the number works. If it does, what waited for that goes on."""
    health = check_health(channel)
    if health.check_error or health.can_send == _STILL_STOPPED:
        logger.info("channel %s does not work: %s", channel.pk, health.check_error or health.can_send)
        return False
    end_mended(by=by, channel_id=channel.pk)
    return True
