"""How Django admin looks and what its menu holds: django-unfold in Kefu's own colours (``static/src/theme.ts``)."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

_GREENS = "e9f7f3 d3ece4 a6d9ca 74c5ad 4cb495 33aa86 12805f 0c6f52 075e45 064d39 04372a"
_GREYS = "f8f9f9 f1f3f4 e3e6e8 c6ccce 9ea7ad 6b747b 596268 3d454b 272e33 15191c 101316"
_WEIGHTS = ("50", "100", "200", "300", "400", "500", "600", "700", "800", "900", "950")


def _shades(codes: str) -> dict[str, str]:
    return dict(zip(_WEIGHTS, (f"#{code}" for code in codes.split()), strict=True))


def _of(name: str) -> Any:
    return reverse_lazy(f"admin:{name}")


def _item(title: Any, icon: str, name: str) -> dict[str, Any]:
    return {"title": title, "icon": icon, "link": _of(name)}


_PEOPLE = [
    _item(_("People"), "group", "security_user_changelist"),
    _item(_("Levels"), "stairs", "levels"),
    _item(_("Duties"), "badge", "security_dutyholding_changelist"),
    _item(_("Regions"), "public", "security_region_changelist"),
    _item(_("Teams"), "diversity_3", "security_team_changelist"),
    _item(_("Work profiles"), "tune", "security_workprofile_changelist"),
    _item(_("Traineeships"), "school", "security_traineeship_changelist"),
]
_RIGHTS = [
    _item(_("Requests"), "front_hand", "security_accessrequest_changelist"),
    _item(_("Temporary grants"), "timer", "security_grant_changelist"),
    _item(_("Sight one by one"), "visibility", "sight"),
    _item(_("Withheld permissions"), "block", "security_withheld_changelist"),
    _item(_("Quarterly reviews"), "fact_check", "security_review_changelist"),
    _item(_("API keys"), "key", "security_apikey_changelist"),
    _item(_("Allowed addresses"), "vpn_lock", "security_allowedaddress_changelist"),
    _item(_("Sessions"), "devices", "security_browsersession_changelist"),
]
_INBOX = [
    _item(_("Conversations"), "forum", "inbox_conversation_changelist"),
    _item(_("Channels"), "sim_card", "inbox_channel_changelist"),
    _item(_("Canned replies"), "quickreply", "inbox_cannedreply_changelist"),
]
_SETTINGS = [
    _item(_("Security policy"), "shield", "security_securitypolicy_changelist"),
    _item(_("Sign-in policy"), "login", "security_signinpolicy_changelist"),
    _item(_("Self-check policy"), "health_and_safety", "security_selfcheckpolicy_changelist"),
    _item(_("API key policy"), "key", "security_keypolicy_changelist"),
    _item(_("Limits"), "speed", "security_limitpolicy_changelist"),
    _item(_("Tier policy"), "layers", "security_tierpolicy_changelist"),
    _item(_("Session policy"), "timer_off", "security_sessionpolicy_changelist"),
    _item(_("Inbox policy"), "inbox", "inbox_inboxpolicy_changelist"),
    _item(_("Assignment policy"), "assignment_ind", "inbox_assignmentpolicy_changelist"),
    _item(_("Coaching policy"), "school", "inbox_coachingpolicy_changelist"),
    _item(_("Keyword policy"), "tag", "inbox_keywordpolicy_changelist"),
    _item(_("Contacts policy"), "contacts", "contacts_contactspolicy_changelist"),
    _item(_("Import policy"), "upload_file", "contacts_importpolicy_changelist"),
    _item(_("Number hygiene policy"), "cleaning_services", "contacts_hygienepolicy_changelist"),
    _item(_("Exchange policy"), "swap_horiz", "contacts_exchangepolicy_changelist"),
    _item(_("Consent policy"), "how_to_reg", "contacts_consentpolicy_changelist"),
    _item(_("Conditions policy"), "rule_settings", "contacts_conditionspolicy_changelist"),
    _item(_("Rules policy"), "bolt", "contacts_rulespolicy_changelist"),
    _item(_("Segments policy"), "group_work", "contacts_segmentspolicy_changelist"),
    _item(_("Privacy policy"), "policy", "contacts_privacypolicy_changelist"),
    _item(_("Retention"), "auto_delete", "inbox_retentionrule_changelist"),
]
_PROTECTION = [
    _item(_("Tier"), "security", "tier"),
    _item(_("Alarms"), "notification_important", "security_behaviouralarm_changelist"),
    _item(_("Behaviour rules"), "rule", "security_behaviourrule_changelist"),
    _item(_("Devices to confirm"), "important_devices", "security_deviceconfirmation_changelist"),
    _item(_("Locked accounts"), "lock", "security_accountlock_changelist"),
    _item(_("Self-check"), "health_and_safety", "selfcheck"),
    _item(_("Phishing drills"), "phishing", "security_phishingdrill_changelist"),
]
_LOG = [
    _item(_("Operation log"), "receipt_long", "security_operation_changelist"),
    _item(_("Seals"), "verified", "security_seal_changelist"),
]

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Kefu",
    "SITE_HEADER": "Kefu",
    "SITE_SUBHEADER": _("Administration"),
    "SITE_SYMBOL": "admin_panel_settings",
    "SITE_URL": "/",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("favicon.svg")}],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {"action": _of("language")},
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "8px",
    "COLORS": {"base": _shades(_GREYS), "primary": _shades(_GREENS)},
    "STYLES": [
        lambda request: static("kefu_admin/admin.css"),
        lambda request: static("kefu_admin/pages.css"),
        lambda request: static("kefu_admin/selfcheck.css"),
    ],
    "SCRIPTS": [lambda request: static("kefu_admin/admin.js")],
    "COMMAND": {"search_models": ["security.user", "security.region", "security.team"], "show_history": False},
    "SIDEBAR": {
        "show_search": False,
        "command_search": True,
        "show_all_applications": False,
        "navigation": [
            {"title": None, "items": [_item(_("Overview"), "dashboard", "index")]},
            {"title": _("People"), "separator": True, "items": _PEOPLE},
            {"title": _("Rights"), "separator": True, "items": _RIGHTS},
            {"title": _("Protection"), "separator": True, "items": _PROTECTION},
            {"title": _("Inbox"), "separator": True, "items": _INBOX},
            {"title": _("Settings"), "separator": True, "items": _SETTINGS},
            {"title": _("Records"), "separator": True, "items": _LOG},
        ],
    },
}
