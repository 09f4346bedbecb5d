"""What codes are called on pages for people: kinds of rows, of messages and of numbers. Apps above add their own."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.models.consent import PURPOSES, SOURCES

_words: dict[str, dict[str, Any]] = {
    "purpose": dict(PURPOSES),
    "source": dict(SOURCES),
    "identity": {
        "bsuid": _("WhatsApp’s id for this business"),
        "phone": _("telephone number"),
        "wa_id": _("WhatsApp number"),
        "username": _("user name"),
    },
    "profile": {
        "name": _("name given by the team"),
        "profile_name": _("name in WhatsApp"),
        "username": _("user name"),
    },
    "row": {
        "contacts.identity": _("numbers and ids"),
        "contacts.note": _("notes on the contact"),
        "contacts.fieldvalue": _("values of custom fields"),
        "contacts.rulerun": _("firings of rules"),
        "contacts.legalhold": _("legal holds"),
        "contacts.consentproof": _("proofs of consent"),
        "contacts.consententry": _("lines of the consent register"),
        "contacts.importtrace": _("what imports changed"),
        "contacts.mergemove": _("what merges moved"),
        "contacts.externalid": _("ids in other systems"),
        "contacts.order": _("orders"),
        "contacts.orderitem": _("lines of orders"),
    },
}


def add_words(table: str, words: Mapping[str, Any]) -> None:
    _words.setdefault(table, {}).update(words)


def knows(table: str, code: str) -> bool:
    return code in _words.get(table, {})


def word(table: str, code: str) -> str:
    """In the language in force; the code itself where nobody gave it a name."""
    return str(_words.get(table, {}).get(code, code))
