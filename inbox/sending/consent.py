"""What the category of a template forbids: marketing to somebody who has stopped that, utility while it is restricted.

A template nobody told us the category of counts as neither: WhatsApp refuses it itself (131050, 131064), and then Kefu
remembers.
"""

from collections.abc import Mapping
from typing import Any

from contacts.models import Contact
from inbox.models import Channel, KnownTemplate

_MARKETING, _UTILITY = "MARKETING", "UTILITY"


def marketing_stopped(kind: str, content: Mapping[str, Any], contact: Contact, channel: Channel) -> bool:
    """Answers and order news may go on."""
    stopped = kind == "template" and contact.marketing_stopped_at is not None
    return stopped and _is_known_as(_MARKETING, content, channel)


def utility_stopped(kind: str, content: Mapping[str, Any], channel: Channel) -> bool:
    """Marketing and one-time codes may go on."""
    stopped = kind == "template" and channel.utility_stopped
    return stopped and _is_known_as(_UTILITY, content, channel)


def _is_known_as(category: str, content: Mapping[str, Any], channel: Channel) -> bool:
    name, language = content.get("name"), content.get("language")
    known = KnownTemplate.objects.filter(waba_id=channel.waba_id, name=name, language=language)
    return known.filter(category=category).exists()
