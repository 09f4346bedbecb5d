"""The approved templates of a channel, as WhatsApp lists them: it changes them by itself, so none is stored here."""

from django.core.cache import cache

from inbox.credentials import credentials_of
from inbox.errors import WhatsAppUnreachable
from inbox.models import Channel
from inbox.whatsapp.client import client_for
from inbox.whatsapp.faults import Fault
from inbox.whatsapp.wire import Template
from security.access import Access

_SECONDS = 60  # an agent looking through templates is no reason to ask again; a new one shows within a minute
_PATIENCE_SECONDS = 10


def approved_templates(*, access: Access, channel_id: object) -> list[Template]:
    """By name and language. Raises ``WhatsAppUnreachable`` with what WhatsApp said."""
    channel: Channel = Channel.objects.visible_to(access).get_or_404(channel_id)
    key = f"inbox.templates.{channel.pk}"
    known: list[Template] | None = cache.get(key)
    if known is None:
        try:
            found = client_for(credentials_of(channel)).templates(channel.waba_id, timeout=_PATIENCE_SECONDS)
        except Fault as fault:
            raise WhatsAppUnreachable.of(fault) from fault
        known = sorted((one for one in found if one.status == "APPROVED"), key=lambda one: (one.name, one.language))
        cache.set(key, known, _SECONDS)
    return known
