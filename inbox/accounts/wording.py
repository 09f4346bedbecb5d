"""The approved templates of a number's account, asked of WhatsApp and remembered for a few minutes."""

from django.core.cache import cache
from django.utils import timezone

from inbox.accounts.reactions import learn_template
from inbox.credentials import credentials_of
from inbox.errors import WhatsAppUnreachable
from inbox.models import Channel, InboxPolicy
from inbox.whatsapp.client import client_for
from inbox.whatsapp.faults import Fault
from inbox.whatsapp.templates import Template
from security.access import System
from security.writing import write

_TIMEOUT_SECONDS = 8.0
_APPROVED = "APPROVED"


def approved_templates(channel: Channel) -> list[Template]:
    """By name and language. Raises ``WhatsAppUnreachable`` with what WhatsApp said, which is not remembered."""
    place = f"templates:{channel.waba_id}"
    known: list[Template] | None = cache.get(place)
    if known is not None:
        return known
    try:
        asked = client_for(credentials_of(channel)).templates(timeout=_TIMEOUT_SECONDS)
    except Fault as fault:
        raise WhatsAppUnreachable.of(fault) from fault
    _learn(channel, asked)
    found = sorted((one for one in asked if one.status == _APPROVED), key=lambda one: (one.name, one.language))
    cache.set(place, found, InboxPolicy.current().health_minutes * 60)
    return found


def _learn(channel: Channel, asked: list[Template]) -> None:
    """Their categories say what counts as marketing."""
    now = timezone.now()
    with write(by=System("reading templates")):
        for one in asked:
            learn_template(channel, one.name, one.language, now, category=one.category, status=one.status)
