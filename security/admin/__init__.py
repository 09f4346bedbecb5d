"""Django admin: the whole role management, for admins. Every write goes through the same actions as everything else."""

from django.contrib import admin
from django.contrib.auth.models import Group

from security.admin import (
    addresses,
    alarms,
    api_keys,
    behaviour_rules,
    device_confirmations,
    drills,
    duties,
    grants,
    log,
    people,
    policies,
    regions,
    requests,
    reviews,
    selfcheck,
    sessions,
    teams,
    tiers,
    traineeships,
    withheld,
)
from security.admin.base import ReadOnlyAdmin
from security.admin.policies import PolicyAdmin

# The levels are Django groups written from the code: changed or deleted here they would only lock people out.
if admin.site.is_registered(Group):
    admin.site.unregister(Group)

__all__ = [
    "PolicyAdmin",
    "ReadOnlyAdmin",
    "addresses",
    "alarms",
    "api_keys",
    "behaviour_rules",
    "device_confirmations",
    "drills",
    "duties",
    "grants",
    "log",
    "people",
    "policies",
    "regions",
    "requests",
    "reviews",
    "selfcheck",
    "sessions",
    "teams",
    "tiers",
    "traineeships",
    "withheld",
]
