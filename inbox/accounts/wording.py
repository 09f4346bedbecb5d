"""What a number's account has to send with: approved templates and published flows, asked of WhatsApp and remembered
for a few minutes."""

import time

from django.core.cache import cache
from django.utils import timezone

from inbox.accounts.known_templates import learn_templates, list_place
from inbox.credentials import credentials_of
from inbox.errors import TemplateUnfit, WhatsAppUnreachable
from inbox.models import Channel, InboxPolicy
from inbox.whatsapp.client import client_for
from inbox.whatsapp.faults import Fault
from inbox.whatsapp.flows import Flow
from inbox.whatsapp.templates import Template
from security.access import System
from security.writing import write

_LOOK_SECONDS = 0.2
_APPROVED = "APPROVED"


def approved_templates(channel: Channel) -> list[Template]:
    """By name and language. Raises ``WhatsAppUnreachable`` with what WhatsApp said, which is not remembered. One
    process asks for an account at a time; the others wait for what it is told."""
    place, timeout = list_place(channel.waba_id), InboxPolicy.current().templates_timeout_seconds
    if (known := _remembered(place)) is not None:
        return known
    asking = f"{place}:asking"
    mine = cache.add(asking, "1", timeout)
    if not mine and (known := _awaited(place, asking, timeout)) is not None:
        return known
    try:
        return _asked(channel, place, timeout)
    finally:
        if mine:
            cache.delete(asking)


def fixed_template(channel: Channel, *, name: str, language: str) -> Template:
    """One that may be sent as it is. Raises ``TemplateUnfit`` when it is none, or none of the account's."""
    for one in approved_templates(channel):
        if one.fixed and (one.name, one.language) == (name, language):
            return one
    raise TemplateUnfit(field="template")


def published_flows(channel: Channel) -> list[Flow]:
    """By name. Raises ``WhatsAppUnreachable`` with what WhatsApp said, which is not remembered."""
    place, policy = f"flows:{channel.waba_id}", InboxPolicy.current()
    known: list[Flow] | None = cache.get(place)
    if known is not None:
        return known
    try:
        found = client_for(credentials_of(channel)).flows(timeout=policy.templates_timeout_seconds)
    except Fault as fault:
        raise WhatsAppUnreachable.of(fault) from fault
    found = sorted(found, key=lambda one: one.name)
    cache.set(place, found, policy.health_minutes * 60)
    return found


def _asked(channel: Channel, place: str, timeout: float) -> list[Template]:
    try:
        asked = client_for(credentials_of(channel)).templates(timeout=timeout)
    except Fault as fault:
        raise WhatsAppUnreachable.of(fault) from fault
    with write(by=System("reading templates")):  # their categories say what counts as marketing
        told = {(one.name, one.language): {"category": one.category, "status": one.status} for one in asked}
        learn_templates(channel.waba_id, told, timezone.now())
    found = sorted((one for one in asked if one.status == _APPROVED), key=lambda one: (one.name, one.language))
    cache.set(place, found, InboxPolicy.current().health_minutes * 60)
    return found


def _awaited(place: str, asking: str, timeout: float) -> list[Template] | None:
    """What somebody else is being told; nothing when they failed."""
    deadline = time.monotonic() + timeout
    while cache.get(asking) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
        if (known := _remembered(place)) is not None:
            return known
    return _remembered(place)


def _remembered(place: str) -> list[Template] | None:
    known: list[Template] | None = cache.get(place)
    return known
