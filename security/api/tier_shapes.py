"""What the session says of the tier in force: what is asked for besides, and until when one has time."""

from dataclasses import dataclass, field
from datetime import datetime

from security.access import Access
from security.tiers.asking import asked_of
from security.tiers.standing import standing


@dataclass(frozen=True)
class TierShape:
    """``name``: basic, advanced, enterprise; ``until``: for a period. ``incident_until``: there is an incident, which
    holds rights back so long. ``lacks``: what this session does not meet (second_factor, known_device, passkey,
    passkey_shown), in the order to mend it; until ``comply_until`` it goes on all the same, and is refused
    (``tier_unmet``) once ``must_comply``."""

    name: str
    until: datetime | None = None
    incident_until: datetime | None = None
    lacks: list[str] = field(default_factory=list)
    comply_until: datetime | None = None
    must_comply: bool = False

    @classmethod
    def of(cls, access: Access) -> "TierShape":
        holds, asked = standing(), asked_of(access)
        return cls(
            name=holds.tier,
            until=holds.until,
            incident_until=holds.incident.ends_at if holds.incident is not None else None,
            lacks=[one.name for one in asked.lacks],
            comply_until=asked.until if asked.lacks else None,
            must_comply=asked.now,
        )
