"""What each tier asks for (SE-4): the one table. A tier asks for its own rows and for those of the tiers below it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from security.errors import Words
from security.tier_policy import ADVANCED, BASIC, ENTERPRISE, TIER_NAMES
from security.tiers.standing import is_at_least

# About whom or what a row is: somebody, one session of theirs, or the installation.
PERSON, SESSION, INSTALLATION = "person", "session", "installation"
FACTOR, DEVICE, ALLOWLIST, PASSKEY, SHOWN, BEHAVIOUR = (
    "second_factor", "known_device", "allowlist", "passkey", "passkey_shown", "behaviour",
)  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What is the case with somebody, in one session, on this installation.

    ``must_have_factor``: by the sign-in policy. ``device``: the session's is confirmed. ``listed``: there are allowed
    addresses for everybody, and theirs is one. ``shown``: this session was shown a passkey. ``watched``: the behaviour
    rules are on.
    """

    factor: bool = False
    must_have_factor: bool = True
    device: bool = False
    listed: bool = False
    passkey: bool = False
    shown: bool = False
    watched: bool = False


@dataclass(frozen=True)
class Requirement:
    """``guide``: what to do about it, as a remedy tells it."""

    name: str
    lowest: str
    about: str
    words: Words
    guide: Words
    is_met: Callable[[Facts, str], bool]


def _has_factor(facts: Facts, tier: str) -> bool:
    return facts.factor or (tier == BASIC and not facts.must_have_factor)


REQUIREMENTS = (
    Requirement(
        FACTOR, BASIC, PERSON,
        _("A second factor; in the basic tier of whom the sign-in policy says, above it of everybody"),
        _("Set up a second factor under Account security."),
        _has_factor,
    ),
    Requirement(
        DEVICE, ADVANCED, SESSION,
        _("Known devices only: a new one is confirmed"),
        _("Confirm this device under Account security, or sign in anew."),
        lambda facts, tier: facts.device,
    ),
    Requirement(
        ALLOWLIST, ADVANCED, INSTALLATION,
        _("Allowed addresses only: there are some for everybody, for good"),
        _("First allow the address that you come from for everybody and for good, under Allowed addresses."),
        lambda facts, tier: facts.listed,
    ),
    Requirement(
        PASSKEY, ENTERPRISE, PERSON,
        _("A passkey"),
        _("Set up a passkey under Account security."),
        lambda facts, tier: facts.passkey,
    ),
    Requirement(
        SHOWN, ENTERPRISE, SESSION,
        _("Signed in with the passkey"),
        _("Show your passkey under Account security, or sign in with it."),
        lambda facts, tier: facts.shown,
    ),
    Requirement(
        BEHAVIOUR, ENTERPRISE, INSTALLATION,
        _("The behaviour rules that came with Kefu are on"),
        _("First switch them on under Behaviour rules."),
        lambda facts, tier: facts.watched,
    ),
)  # fmt: skip


def asked_by(tier: str) -> list[Requirement]:
    return [one for one in REQUIREMENTS if is_at_least(tier, one.lowest)]


def lacking(tier: str, facts: Facts, *, about: Collection[str] = (PERSON, SESSION, INSTALLATION)) -> list[Requirement]:
    """What ``tier`` asks for that is not so, in the table's order, which is also the order to mend it in."""
    return [one for one in asked_by(tier) if one.about in about and not one.is_met(facts, tier)]


def is_raised(before: str, after: str) -> bool:
    return TIER_NAMES.index(after) > TIER_NAMES.index(before)
