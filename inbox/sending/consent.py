"""What the category of a template forbids: marketing to somebody who may be sent none, utility while it is restricted.

A template nobody told us the category of counts as marketing for whoever has stopped that, since WhatsApp knows nothing
of what they told us; for everybody else it counts as neither: WhatsApp refuses it itself (131050, 131064), and then
Kefu remembers.
"""

from collections.abc import Mapping
from typing import Any

from contacts.consent.marketing import NOT_AGREED, MarketingFacts, marketing_refusal
from contacts.models import Contact
from inbox.models import Channel, KnownTemplate

_MARKETING, _UTILITY = "MARKETING", "UTILITY"
UNKNOWN = "category_unknown"


def refusal_of_marketing(kind: str, content: Mapping[str, Any], contact: Contact, channel: Channel) -> str:
    """Why this may not go to them; empty: it may. Answers and order news may go on."""
    refusal = marketing_refusal(MarketingFacts.of(contact)) if kind == "template" else ""
    if not refusal:
        return ""
    category = _category_of(content, channel)
    if category == _MARKETING:
        return refusal
    return "" if category or refusal == NOT_AGREED else UNKNOWN


def utility_stopped(kind: str, content: Mapping[str, Any], channel: Channel) -> bool:
    """Marketing and one-time codes may go on."""
    stopped = kind == "template" and channel.utility_stopped
    return stopped and _category_of(content, channel) == _UTILITY


def _category_of(content: Mapping[str, Any], channel: Channel) -> str:
    """Empty where nobody told."""
    name, language = content.get("name"), content.get("language")
    known = KnownTemplate.objects.filter(waba_id=channel.waba_id, name=name, language=language)
    return known.values_list("category", flat=True).first() or ""
