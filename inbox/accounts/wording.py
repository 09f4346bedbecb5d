"""The approved templates of a number's account, asked of WhatsApp and remembered for a few minutes."""

import logging

from django.core.cache import cache
from django.utils import timezone

from inbox.accounts.reactions import learn_template
from inbox.channel_shapes import TemplateShape
from inbox.credentials import credentials_of
from inbox.models import Channel, InboxPolicy
from inbox.whatsapp.client import client_for
from inbox.whatsapp.faults import Fault
from inbox.whatsapp.templates import TemplateBrief
from security.access import System
from security.writing import write

logger = logging.getLogger(__name__)
_TIMEOUT_SECONDS = 8.0
_APPROVED = "APPROVED"


def approved_templates(channel: Channel) -> list[TemplateShape]:
    """By name; empty when WhatsApp cannot be reached, which is not remembered."""
    place = f"templates:{channel.waba_id}"
    known: list[TemplateShape] | None = cache.get(place)
    if known is not None:
        return known
    try:
        asked = client_for(credentials_of(channel)).templates(timeout=_TIMEOUT_SECONDS)
    except Fault as fault:
        logger.warning("the templates of channel %s could not be read: %s", channel.pk, fault.code)
        return []
    _learn(channel, asked)
    found = [_shape(one) for one in asked if one.status == _APPROVED]
    cache.set(place, found, InboxPolicy.current().health_minutes * 60)
    return found


def _learn(channel: Channel, asked: list[TemplateBrief]) -> None:
    """Their categories say what counts as marketing."""
    now = timezone.now()
    with write(by=System("reading templates")):
        for one in asked:
            learn_template(channel, one.name, one.language, now, category=one.category, status=one.status)


def _shape(one: TemplateBrief) -> TemplateShape:
    return TemplateShape(
        name=one.name,
        language=one.language,
        category=one.category,
        body=one.body,
        places=list(one.places),
        plain=one.plain,
    )
