"""The three security tiers and incident mode (SE-4, SE-9): ``docs/tiers.md``."""

from security.tiers.standing import (
    allows_trusted_devices,
    forget_standing,
    open_incident,
    standing,
)

__all__ = ["allows_trusted_devices", "forget_standing", "open_incident", "standing"]
