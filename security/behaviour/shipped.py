"""The rules that come with Kefu (SE-8). Laid out once; afterwards they are the admins' to change."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from security.models import BehaviourRule

# What those who raise an alarm themselves call theirs.
IMPOSSIBLE_TRAVEL = "impossible_travel"
# What a thief of an account would do at night: change how the house is guarded, or let somebody in.
SETTINGS = [
    "policy.*",
    "tier.switched",
    "behaviour.*",
    "alarm.dismissed",
    "region.*",
    "service.changed",
    "retention.set",
    "channel.added",
    "channel.address_set",
    "channel.assignment_set",
    "channel.secret_rotated",
    "channel.token_rotated",
    "risk.lists_changed",
    "address.allowed",
    "address.disallowed",
    "factor.reset",
    "level.permissions_set",
    "person.added",
    "person.invited",
    "person.changed",
    "person.level_set",
    "person.executive_marked",
    "person.executive_unmarked",
    "person.duty_given",
    "person.sight_given",
    "person.region_joined",
    "person.permission_given_back",
    "person.key_made",
    "person.key_rotated",
    "person.password_reset",
    "person.unlocked",
    "grant.given",
    "grant.extended",
    "access.approved",
]
NAMES = {
    "settings_at_night": _("Settings changed at night"),
    "contacts_exported": _("Many contacts taken out"),
    "contact_after_contact": _("Contact after contact exported"),
    "mass_viewing": _("Very many things looked at"),
    "log_exported": _("Much of the operation log exported"),
    "many_rights_given": _("Many rights given at once"),
    IMPOSSIBLE_TRAVEL: _("Impossible travel"),
}
EXPLAINED = {
    "settings_at_night": _("Somebody changes settings or rights between one and five o’clock in their region."),
    "contacts_exported": _("Somebody pages through or exports more than a thousand contacts within an hour."),
    "contact_after_contact": _("Somebody exports one contact after the other, and fetches the files, within an hour."),
    "mass_viewing": _("Somebody opens or finds hundreds of conversations, contacts or files that are not their work."),
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
        "actions": ["contact.listed", "contact.export_asked"],
        "measure": "rows",
        "threshold": 1001,
        "window_minutes": 60,
        "severity": "critical",
        "follows": "lock",
    },
    # Below what the limit on exports lets through (``LimitPolicy.exports_per_hour``: half an hour's at once).
    "contact_after_contact": {
        "actions": ["contact.export_asked", "contact.export_downloaded"],
        "threshold": 25,
        "window_minutes": 60,
        "severity": "critical",
        "follows": "lock",
    },
    "mass_viewing": {
        "actions": ["contact.viewed", "contact.found", "conversation.viewed", "conversation.found", "file.viewed"],
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
        "actions": ["person.level_set", "person.duty_given", "person.sight_given", "person.key_made", "grant.given"],
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
