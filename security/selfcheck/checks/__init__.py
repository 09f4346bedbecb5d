"""The checks of the ground floor; importing this package registers them."""

from security.selfcheck.checks import (
    answers,
    behaviour,
    keys,
    packages,
    people,
    policies,
    records,
    services,
    settings,
    tiers,
)

__all__ = [
    "answers",
    "behaviour",
    "keys",
    "packages",
    "people",
    "policies",
    "records",
    "services",
    "settings",
    "tiers",
]
