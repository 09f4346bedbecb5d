"""The classes of calls that are limited, and how a call is held against them.

A view need not say anything: what changes something is limited per person, what a stranger may send per address. A view
that does more names another class in ``KefuView.limits``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from security.errors import TooMany
from security.limits.buckets import Rate, Taken, take
from security.network_policy import KeyPolicy, LimitPolicy
from security.origin import current_origin

MINUTE, HOUR = 60.0, 3600.0
MEGABYTE = 1024 * 1024
_KIB = 1024  # bytes are counted in these: a bucket reckons in whole steps of a microsecond


@dataclass(frozen=True)
class Limit:
    """``per_address``: counted by where a call comes from, not by who sends it. ``per_step``: nobody is in yet, but
    the session may know who is on the way; then it is counted by them."""

    name: str
    rate: Callable[[], Rate]
    per_address: bool = False
    per_step: bool = False


def _writes() -> Rate:
    policy = LimitPolicy.current()
    return Rate(policy.writes_per_minute, MINUTE, policy.writes_burst)


def _sign_ins() -> Rate:
    policy = LimitPolicy.current()
    return Rate(policy.sign_ins_per_minute, MINUTE, policy.sign_ins_burst)


def _exports() -> Rate:
    count = LimitPolicy.current().exports_per_hour
    return Rate(count, HOUR, max(1, count // 2))


def _uploads() -> Rate:
    count = LimitPolicy.current().uploads_per_hour
    return Rate(count, HOUR, max(1, count // 2))


def _upload_bytes() -> Rate:
    kib = LimitPolicy.current().upload_mb_per_hour * _KIB
    return Rate(kib, HOUR, kib)


def frame_rate() -> Rate:
    """What a live connection may say; a tab that comes back says several things at once."""
    count = LimitPolicy.current().frames_per_second
    return Rate(count, 1.0, 3 * count)


WRITES = Limit("writes", _writes)
SIGN_INS = Limit("sign_ins", _sign_ins, per_address=True)
# A sign-in takes one of SIGN_INS. What follows it is counted apart, or an office that signs in with a second factor, in
# two to four calls each, would be half as large.
STEPS = Limit("sign_in_steps", _sign_ins, per_address=True, per_step=True)
CHALLENGES = Limit("passkey_challenges", _sign_ins, per_address=True, per_step=True)
WRONG_KEYS = Limit("wrong_keys", _sign_ins, per_address=True)
EXPORTS = Limit("exports", _exports)
UPLOADS = Limit("uploads", _uploads)
UPLOADED = Limit("uploaded", _upload_bytes)


def hold_against(limit: Limit, user_id: int | None, *, cost: int = 1) -> None:
    """Count a call; raises ``TooMany`` with the time to wait. A stranger is known by the address alone."""
    by_address = user_id is None or (limit.per_address and not limit.per_step)
    who = f"ip:{_network(current_origin().ip)}" if by_address else f"person:{user_id}"
    taken = take(f"{limit.name}:{who}", limit.rate(), cost=cost)
    if not taken.allowed:
        raise TooMany(wait=taken.retry_after)


def hold_upload(user_id: int, size: int) -> None:
    """Count a file of ``size`` bytes: one of the hour's, and so much of its megabytes."""
    hold_against(UPLOADS, user_id)
    hold_against(UPLOADED, user_id, cost=max(1, size // _KIB))


def take_for_key(key_id: str) -> tuple[Taken, Rate]:
    """Count one call of an API key (SE-6)."""
    policy = KeyPolicy.current()
    rate = Rate(policy.calls_per_second, 1.0, policy.burst)
    return take(f"key:{key_id}", rate), rate


def _network(address: str) -> str:
    """Of an IPv6 address its /64: whoever has one has all of them."""
    return ":".join(ip_address(address).exploded.split(":")[:4]) if ":" in address else address
