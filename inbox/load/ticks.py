"""What became of what the team sent."""

from random import Random
from typing import NamedTuple

_SECOND = 1_000_000
_REACHED = ("accepted", "sent", "delivered", "read")


class Ticks(NamedTuple):
    """Times in microseconds, ``None`` where it did not come so far; ``version`` counts the changes they made."""

    status: str
    sent: int | None
    delivered: int | None
    read: int | None
    version: int


def ticks(at: int, answered: int | None, *, now: int, receipts: bool, rng: Random) -> Ticks:
    """``answered`` is when the customer wrote again: by then it had been read."""
    chance = rng.random()
    sent = at + int((0.3 + chance) * _SECOND)
    delivered = sent + int((0.4 + (3 * chance if chance < 0.85 else 4000 * rng.random())) * _SECOND)
    read = delivered + int((4 + (500 if chance < 0.6 else 20_000) * rng.random()) * _SECOND)
    far = 3 if chance < 0.72 else 2 if chance < 0.93 else 1
    if answered is not None:
        sent, delivered = min(sent, answered), min(delivered, answered)
        read, far = min(read, answered), 3
    if far == 3 and not receipts:
        far = 2
    if read > now:
        far = min(far, 2 if delivered <= now else 1 if sent <= now else 0)
    return Ticks(
        _REACHED[far],
        sent if far > 0 else None,
        delivered if far > 1 else None,
        read if far > 2 else None,
        version=3 + far,
    )
