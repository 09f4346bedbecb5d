"""The customer sees that somebody types. WhatsApp shows it together with "read" (Meta: typing indicators), so it is a
setting, and only an agent's own keys ask for it."""

import logging
from uuid import UUID

from inbox.credentials import credentials_of
from inbox.models import InboxPolicy, Message
from inbox.whatsapp.client import client_for
from inbox.whatsapp.faults import Fault

logger = logging.getLogger(__name__)
_WHY = "telling the customer that somebody types"


def tell_customer(conversation_id: UUID) -> None:
    """Ask WhatsApp to show it, on the newest message of the customer. Losing this loses nothing."""
    heard = Message.objects.for_system(_WHY).filter(conversation_id=conversation_id, direction="in")
    last = heard.exclude(provider_ref=None).select_related("channel").order_by("-at", "-id").first()
    if last is None:
        return
    timeout = InboxPolicy.current().send_timeout_seconds
    try:
        client_for(credentials_of(last.channel)).mark_read(last.provider_ref, typing=True, timeout=timeout)
    except Fault as fault:
        logger.info("typing in conversation %s could not be shown: %s", conversation_id, fault.code)
