"""What a tier asks for at signing in besides (SE-4): the passkey and no other factor, and a known device."""

from collections.abc import Collection

from security.factors import has_factor
from security.models import Passkey, User
from security.signing_in.step import DEVICE, FACTOR, PASSKEY, SECOND, Step
from security.tier_policy import ADVANCED, ENTERPRISE
from security.tiers.standing import in_force

# What counts as shown once the device is known to be theirs.
DEVICE_SHOWN = "device"


def asks_for_passkey() -> bool:
    return in_force(ENTERPRISE)


def passkey_step(user: User, given: Collection[str]) -> Step | None:
    """Whoever has a passkey shows it, and nothing does instead of it. Whoever has none makes one, once they have shown
    the factor that they do have."""
    if "passkey" in given:
        return None
    if Passkey.objects.filter(user=user).exists():
        return Step(FACTOR, ("passkey",))
    return Step(PASSKEY) if SECOND & set(given) or not has_factor(user.pk) else None


def device_step(given: Collection[str]) -> Step | None:
    """The last one: a link is mailed only once all else was shown."""
    if not in_force(ADVANCED) or DEVICE_SHOWN in given:
        return None
    return Step(DEVICE, device_methods())


def device_methods() -> tuple[str, ...]:
    """Where no mail is set up, an admin has to do it."""
    from security.actions.mails import mail_is_set_up

    return ("mail", "admin") if mail_is_set_up() else ("admin",)
