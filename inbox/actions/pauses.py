"""A number is quiet for a while, wholly or for templates: throttled, broken, restricted by WhatsApp or by a person;
and goes on again (TS-1).

Locks only the channel: every other write locks conversations first, or not at all.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.events import ChannelChanged
from inbox.models import Channel, ChannelPause, InboxPolicy, Message
from inbox.whatsapp.codes import lookup
from security.access import Access, Actor, System
from security.errors import Invalid, require
from security.writing import Change, write

_WHY = "pausing and resuming channels"
_OUTBOX = System("outbox")
BY_HAND = "paused_by_hand"
# By a webhook of the account, and lifted by one; so is what 131064 tells. Other failed calls begin a "mend".
IMPOSED = "account"
_PROBED = "mend"
_LONGEST_BACKOFF = 5  # the interval between two looks doubles at most this often


def pause_for_failure(*, channel_id: UUID, code: str, after: float | None = None) -> None:
    """A call (or a status) failed with a code that is about more than its message: the number, or the utility templates
    of its account. ``after``: seconds WhatsApp named."""
    entry, now, policy = lookup(code), timezone.now(), InboxPolicy.current()
    if entry.throttles:
        seconds = after if after is not None else policy.throttle_pause_minutes * 60
        pause(by=_OUTBOX, channel_id=channel_id, kind="throttle", code=code, until=now + timedelta(seconds=seconds))
    elif entry.stops_the_number:
        wait = policy.probe_seconds * 2 ** min(_recent(channel_id, code, now), _LONGEST_BACKOFF)
        probe_at = now + timedelta(seconds=wait)
        pause(by=_OUTBOX, channel_id=channel_id, kind=_PROBED, code=code, probe_at=probe_at)
    elif entry.stops_utility:
        for number in _of_the_same_account(channel_id):
            until = now + timedelta(seconds=entry.wait)
            pause(by=_OUTBOX, channel_id=number, kind=IMPOSED, code=code, scope="utility", until=until)


def pause(
    *,
    by: Actor,
    channel_id: UUID,
    kind: str,
    code: str,
    scope: str = "all",
    until: datetime | None = None,
    probe_at: datetime | None = None,
) -> None:
    """Begin a pause, or prolong the running one of this kind: many workers may learn of one trouble at once. Each
    thing that WhatsApp imposes is a pause of its own: it is lifted by its own webhook."""
    with write(by=by) as change:
        channel = _locked(channel_id)
        same = {"kind": kind, "scope": scope, **({"code": code} if kind == IMPOSED else {})}
        running = _running(channel).filter(**same).first()
        if running is not None:
            _prolong(change, channel, running, code=code, until=until)
            return
        sent_before = sent_lately(channel_id) if kind == "throttle" else None
        made = ChannelPause(
            channel=channel, kind=kind, scope=scope, code=code[:40], began_at=timezone.now(), until=until,
            probe_at=probe_at, sent_before=sent_before, paused_by_id=by.user_id if isinstance(by, Access) else None,
        )  # fmt: skip
        made.save(force_insert=True)
        details = {"code": code} if scope == "all" else {"code": code, "scope": scope}
        change.record("channel.paused", channel, **details)
        _settle(change, channel)


def pause_by_hand(*, by: Access, channel_id: object, minutes: int | None = None) -> None:
    """Somebody stops a number, for a time or until somebody resumes it."""
    with write(by=by):
        channel = Channel.objects.visible_to(by).get_or_404(channel_id)
        require(by.can("inbox.manage_channel"))
        if minutes is not None and minutes < 1:
            raise Invalid(field="minutes", message=_("At least one minute."))
        until = timezone.now() + timedelta(minutes=minutes) if minutes else None
        pause(by=by, channel_id=channel.pk, kind="person", code=BY_HAND, until=until)


def resume_by_hand(*, by: Access, channel_id: object) -> None:
    with write(by=by):
        channel = Channel.objects.visible_to(by).get_or_404(channel_id)
        require(by.can("inbox.manage_channel"))
        resume_channel(by=by, channel=channel)


def resume_channel(*, by: Actor, channel: Channel) -> None:
    """Whatever stopped it is over, somebody says: queued messages leave with the next sweep."""
    with write(by=by) as change:
        row = _locked(channel.pk)
        _end(_running(row), how="person", by=by)
        _settle(change, row)
    channel.state, channel.paused_reason = row.state, ""
    channel.templates_stopped = channel.utility_stopped = False


def lift(*, by: Actor, channel_id: UUID, codes: Iterable[str]) -> None:
    """WhatsApp took back what it imposed."""
    _end_some(by, channel_id, Q(kind=IMPOSED, code__in=tuple(codes)), how="lifted")


def end_mended(*, by: Actor, channel_id: UUID) -> None:
    """The number answered again."""
    _end_some(by, channel_id, Q(kind=_PROBED), how="mended")


def end_due_pauses() -> int:
    """End every pause whose time is over; how many channels that were."""
    due = ChannelPause.objects.for_system(_WHY).filter(ended_at=None, until__lte=timezone.now())
    channels = sorted(set(due.values_list("channel_id", flat=True)))
    for channel_id in channels:
        _end_some(System("pauses that are over"), channel_id, Q(until__lte=timezone.now()), how="due")
    return len(channels)


def due_probes() -> list[UUID]:
    """The channels to look at now."""
    waiting = ChannelPause.objects.for_system(_WHY).filter(ended_at=None, probe_at__lte=timezone.now())
    return sorted(set(waiting.values_list("channel_id", flat=True)))


def claim_probe(*, channel_id: UUID) -> bool:
    """Whether this worker is the one to look; the next look is put off before the call is made."""
    now = timezone.now()
    later = now + timedelta(seconds=InboxPolicy.current().probe_seconds)
    with write(by=System("probe")):
        waiting = ChannelPause.objects.for_system(_WHY).filter(channel_id=channel_id, ended_at=None, probe_at__lte=now)
        return waiting.update(probe_at=later) > 0


def sent_lately(channel_id: UUID) -> int:
    """How many messages of a channel were handed to WhatsApp within the minutes of a burst."""
    since = timezone.now() - timedelta(minutes=InboxPolicy.current().burst_minutes)
    recent = Message.objects.for_system(_WHY).filter(channel_id=channel_id, direction="out")
    return int(recent.filter(calling_at__gte=since).count())


def _end_some(by: Actor, channel_id: UUID, which: Q, *, how: str) -> None:
    with write(by=by) as change:
        channel = _locked(channel_id)
        if _end(_running(channel).filter(which), how=how, by=by):
            _settle(change, channel)


def _end(rows: Any, *, how: str, by: Actor) -> int:
    ended_by = by.user_id if isinstance(by, Access) else None
    return int(rows.update(ended_at=timezone.now(), ended_how=how, ended_by_id=ended_by))


def _prolong(change: Change, channel: Channel, running: ChannelPause, *, code: str, until: datetime | None) -> None:
    """A later end counts, and "until mended" is later than any."""
    later = running.until is not None and (until is None or until > running.until)
    if later or running.code != code[:40]:
        running.until, running.code = until if later else running.until, code[:40]
        running.save(update_fields=["until", "code"])
        if isinstance(change.by, Access):
            change.record("channel.pause_prolonged", channel, code=code)
        _settle(change, channel)


def _settle(change: Change, channel: Channel) -> None:
    """What the running pauses mean for the channel itself."""
    before = (channel.state, channel.templates_stopped or channel.utility_stopped)
    running = list(_running(channel).order_by("began_at"))
    stopping = [one for one in running if one.scope == "all"]
    channel.state = "paused" if stopping else "active"
    channel.paused_reason = stopping[0].code if stopping else ""
    channel.templates_stopped = any(one.scope == "templates" for one in running)
    channel.utility_stopped = any(one.scope == "utility" for one in running)
    channel.save(update_fields=["state", "paused_reason", "templates_stopped", "utility_stopped"])
    if before[0] == "paused" and channel.state == "active":
        change.record("channel.resumed", channel)
    elif before[1] and not (channel.templates_stopped or channel.utility_stopped):
        change.record("channel.templates_resumed", channel)
    change.announce(ChannelChanged.of(channel))


def _running(channel: Channel) -> Any:
    return ChannelPause.objects.for_system(_WHY).filter(channel=channel, ended_at=None)


def _of_the_same_account(channel_id: UUID) -> list[UUID]:
    """WhatsApp restricts templates for an account; a failure names one of its numbers."""
    numbers = Channel.objects.for_system(_WHY)
    account = numbers.filter(pk=channel_id).values("waba_id")
    return list(numbers.filter(waba_id__in=account).order_by("id").values_list("pk", flat=True))


def _recent(channel_id: UUID, code: str, now: datetime) -> int:
    """How often the same trouble came back within a day after it had seemed mended."""
    rows = ChannelPause.objects.for_system(_WHY).filter(channel_id=channel_id, code=code[:40], ended_how="mended")
    return int(rows.filter(began_at__gt=now - timedelta(days=1)).count())


def _locked(channel_id: UUID) -> Channel:
    row: Channel = Channel.objects.for_system(_WHY).locked().get(pk=channel_id)
    return row
