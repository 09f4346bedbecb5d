"""What a step of signing in is."""

from dataclasses import dataclass

FACTOR, ENROLMENT, NEW_PASSWORD = "factor", "enrolment", "password"
# Asked for by the tier in force: to make a passkey, to confirm the device.
PASSKEY, DEVICE = "passkey", "device"
SECOND = frozenset({"totp", "recovery", "passkey"})


@dataclass(frozen=True)
class Step:
    """``methods``: the ways to do it, the usual one first. ``trust_days``: for how long this browser may be trusted
    afterwards; 0: not at all."""

    name: str
    methods: tuple[str, ...] = ()
    trust_days: int = 0
