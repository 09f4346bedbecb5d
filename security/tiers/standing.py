"""Which tier is in force, and whether there is an incident: read once per process, at most some seconds old.

What ends by itself is reckoned at each question, so a task that is late changes nothing.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from security.models import Incident, TierPolicy, TierSwitch
from security.policy import FRESH_FOR_SECONDS
from security.tier_policy import BASIC, TIER_NAMES

Rows = tuple[TierSwitch | None, Incident | None]

_read: tuple[float, Rows] | None = None


@dataclass(frozen=True)
class Standing:
    """``since`` and ``until``: from when on, and until when for a period, ``tier`` holds. ``grace``: how long after
    ``since`` whoever was signed in has to meet it."""

    tier: str = BASIC
    since: datetime | None = None
    until: datetime | None = None
    grace: timedelta = timedelta(0)
    incident: Incident | None = None

    @property
    def grace_until(self) -> datetime | None:
        return None if self.since is None else self.since + self.grace


def standing() -> Standing:
    global _read
    if _read is None or time.monotonic() - _read[0] > FRESH_FOR_SECONDS:
        _read = (time.monotonic(), read_rows())
    return standing_of(_read[1])


def read_rows() -> Rows:
    """As they are in the database now."""
    return TierSwitch.objects.filter(in_force=True).first(), Incident.objects.filter(open=True).first()


def standing_of(rows: Rows) -> Standing:
    switch, incident = rows
    now, policy = timezone.now(), TierPolicy.current()
    found = Standing()
    if switch is not None:
        over = switch.until is not None and switch.until <= now
        found = (
            Standing(switch.back_to, switch.until, None, policy.grace)
            if over
            else Standing(switch.tier, switch.at, switch.until, policy.grace)
        )
    if incident is None or incident.ends_at <= now:
        return found
    if is_at_least(found.tier, incident.tier):
        return Standing(found.tier, found.since, found.until, found.grace, incident)
    return Standing(incident.tier, incident.begun_at, incident.ends_at, policy.incident_grace, incident)


def is_at_least(tier: str, lowest: str) -> bool:
    return TIER_NAMES.index(tier) >= TIER_NAMES.index(lowest)


def in_force(lowest: str) -> bool:
    """Whether what ``lowest`` asks for is asked for now."""
    return is_at_least(standing().tier, lowest)


def in_force_by_switch(lowest: str) -> bool:
    """The same without what an incident adds."""
    return is_at_least(standing_of((read_rows()[0], None)).tier, lowest)


def open_incident() -> Incident | None:
    return standing().incident


def allows_trusted_devices() -> bool:
    """Whether a device that somebody trusts may spare them the second factor: in the basic tier only."""
    return standing().tier == BASIC


def forget_standing() -> None:
    global _read
    _read = None
