"""Whether a message is marketing to somebody who has stopped that."""

from collections.abc import Mapping
from typing import Any

from contacts.models import Contact
from inbox.models import Channel, KnownTemplate

_MARKETING = "MARKETING"


def marketing_stopped(kind: str, content: Mapping[str, Any], contact: Contact, channel: Channel) -> bool:
    """Answers and order news may go on. A template nobody told us the category of counts as no marketing: WhatsApp
    refuses it itself (131050), and then the contact remembers."""
    if kind != "template" or contact.marketing_stopped_at is None:
        return False
    known = KnownTemplate.objects.filter(
        waba_id=channel.waba_id, name=content.get("name"), language=content.get("language"), category=_MARKETING
    )
    return known.exists()
