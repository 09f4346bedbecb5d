"""The rules that come with Kefu (SE-8). Laid out once; afterwards they are the admins' to change."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from security.models import BehaviourRule

# What those who raise an alarm themselves call theirs.
IMPOSSIBLE_TRAVEL = "impossible_travel"
SETTINGS = [
    "policy.*",
    "behaviour.*",
    "region.*",
    "service.changed",
    "channel.added",
    "channel.address_set",
    "channel.assignment_set",
    "channel.secret_rotated",
    "channel.token_rotated",
    "person.level_set",
    "person.duty_given",
    "risk.lists_changed",
]
NAMES = {
    "settings_at_night": _("Settings changed at night"),
    "contacts_exported": _("Many contacts exported"),
    "mass_viewing": _("Very many things looked at"),
    "log_exported": _("Much of the operation log exported"),
    "many_rights_given": _("Many rights given at once"),
    IMPOSSIBLE_TRAVEL: _("Impossible travel"),
}
EXPLAINED = {
    "settings_at_night": _("Somebody changes settings or rights between one and five o’clock of their own time."),
    "contacts_exported": _("Somebody takes more than a thousand contacts out of the house within an hour."),
    "mass_viewing": _("Somebody opens hundreds of conversations, contacts or files that are not their work."),
    "log_exported": _("Somebody exports more than a hundred thousand lines of the log within a day."),
    "many_rights_given": _("Somebody gives levels, duties or permissions again and again within an hour."),
    IMPOSSIBLE_TRAVEL: _("Somebody signs in at two places that no aeroplane joins in that time."),
}
SHIPPED: dict[str, dict[str, Any]] = {
    "settings_at_night": {
        "actions": SETTINGS,
        "threshold": 1,
        "window_minutes": 60,
        "from_hour": 1,
        "until_hour": 5,
        "severity": "critical",
        "follows": "lock",
    },
    "contacts_exported": {
        "actions": ["contact.exported", "contacts.exported"],
        "measure": "rows",
        "threshold": 1001,
        "window_minutes": 60,
        "severity": "critical",
        "follows": "lock",
    },
    "mass_viewing": {
        "actions": ["contact.viewed", "conversation.viewed", "file.viewed"],
        "threshold": 300,
        "window_minutes": 60,
        "severity": "warning",
        "follows": "lock",
    },
    "log_exported": {
        "actions": ["log.exported"],
        "measure": "rows",
        "threshold": 100_000,
        "window_minutes": 1440,
        "severity": "warning",
        "follows": "tell",
    },
    "many_rights_given": {
        "actions": ["person.level_set", "person.duty_given", "person.sight_given", "grant.given"],
        "threshold": 20,
        "window_minutes": 60,
        "severity": "notice",
        "follows": "tell",
    },
    IMPOSSIBLE_TRAVEL: {
        "actions": [],
        "threshold": 1,
        "window_minutes": 1440,
        "severity": "critical",
        "follows": "lock",
    },
}


def called(rule: BehaviourRule) -> str:
    """Its name, in the language of whoever reads."""
    return rule.name or str(NAMES.get(rule.shipped, rule.shipped))
