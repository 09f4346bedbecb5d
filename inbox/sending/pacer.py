"""When the next message of a channel may leave (SR-4). Exact over any number of workers: the row is the only clock."""

from datetime import datetime, timedelta

from django.db import transaction

from inbox.models import Channel, ChannelPace, InboxPolicy

_MICROSECONDS = 1_000_000
_CLOCKS_DIFFER_BY = 5 * _MICROSECONDS


def per_minute(channel: Channel, policy: InboxPolicy, now: datetime) -> int:
    """The pace in force: slower in the first month, never above the hard stop."""
    young = channel.live_since is None or now - channel.live_since < timedelta(days=policy.first_month_days)
    return max(1, min(policy.pace_first_month if young else policy.pace_after, policy.pace_hard_stop))


def take_slot(channel: Channel, now: datetime, *, patience: float, turn: datetime | None = None) -> float:
    """Seconds to wait for the slot just taken. When it would be more than ``patience`` none is taken, and the answer
    says when to come again.

    ``turn``: when this one was told to come. Who has none stands in line behind all who were told to wait, and gets a
    turn of their own: a crowd that comes back all at once would only be sent away again. A turn is no slot; what was
    told to come later than it should still waits for a free one.
    """
    step = 60 * _MICROSECONDS // per_minute(channel, InboxPolicy.current(), now)
    now_us = int(now.timestamp() * _MICROSECONDS)
    with transaction.atomic():
        row = ChannelPace.objects.select_for_update().filter(pk=channel.pk).first()
        if row is None:
            ChannelPace.objects.bulk_create([ChannelPace(channel=channel)], ignore_conflicts=True)
            row = ChannelPace.objects.select_for_update().get(pk=channel.pk)
        next_slot, next_turn = row.next_slot_us, row.next_turn_us
        if next_slot - now_us > patience * _MICROSECONDS + step + _CLOCKS_DIFFER_BY:
            next_slot = next_turn = now_us  # nobody takes a slot so far ahead: the clock was set back since
        slot = max(next_slot, now_us, next_turn if turn is None else 0)
        wait = (slot - now_us) / _MICROSECONDS
        pace = ChannelPace.objects.filter(pk=channel.pk)
        if wait <= patience:
            pace.update(next_slot_us=slot + step, next_turn_us=next_turn)
        elif turn is None:
            pace.update(next_turn_us=slot + step)
        return wait
