"""What is still asked for after the password, in this order: the second factor or setting one up, a new password; and
what the tier in force asks for besides (``tier_steps``)."""

from collections.abc import Iterable

from django.utils import timezone

from security.access import access_of
from security.actions.passwords import password_expires_at
from security.factors import has_factor, must_have_factor
from security.models import Passkey, RecoveryFactor, TotpFactor, User
from security.signing_in.step import DEVICE, ENROLMENT, FACTOR, NEW_PASSWORD, PASSKEY, SECOND, Step
from security.signing_in.tier_steps import asks_for_passkey, device_step, passkey_step
from security.signing_in.trust import TRUSTED, trust_days

__all__ = ["DEVICE", "ENROLMENT", "FACTOR", "NEW_PASSWORD", "PASSKEY", "SECOND", "Step", "next_step"]


def next_step(user: User, shown: Iterable[str]) -> Step | None:
    """``None``: nothing is left, they are in."""
    given, access = frozenset(shown), access_of(user)
    passkey = passkey_step(user, given) if asks_for_passkey() else None
    if passkey is not None:
        return passkey
    if not given & SECOND:
        has_one = has_factor(user.pk)
        if has_one and TRUSTED not in given:
            return Step(FACTOR, methods_of(user), trust_days(user))
        if not has_one and must_have_factor(access):
            return Step(ENROLMENT)
    # Whoever came with a passkey alone used no password: an old one does not matter until it is used.
    if "password" in given and is_expired(user):
        return Step(NEW_PASSWORD)
    return device_step(given)


def methods_of(user: User) -> tuple[str, ...]:
    held = (
        ("passkey", Passkey.objects.filter(user=user)),
        ("totp", TotpFactor.objects.filter(user=user, confirmed=True)),
        ("recovery", RecoveryFactor.objects.filter(user=user, codes__used_at=None)),
    )
    return tuple(name for name, rows in held if rows.exists())


def is_expired(user: User) -> bool:
    over = password_expires_at(user)
    return over is not None and over <= timezone.now()
