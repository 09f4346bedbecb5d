"""May this message leave now? One pure function over frozen facts; asked when composing and again when sending."""

from dataclasses import dataclass
from datetime import datetime, timedelta

TEMPLATE = "template"


@dataclass(frozen=True)
class SendFacts:
    """Everything the verdict depends on. ``utility_stopped``: the message is a utility template and WhatsApp forbids
    those; ``marketing_refusal``: it is marketing, and why its recipient may be sent none."""

    kind: str
    now: datetime
    last_inbound_at: datetime | None
    window_hours: int
    window_margin_seconds: int
    channel_paused: bool
    has_recipient: bool
    templates_stopped: bool = False
    utility_stopped: bool = False
    marketing_refusal: str = ""


@dataclass(frozen=True)
class Verdict:
    """``refusal`` is empty when the message may leave."""

    refusal: str = ""

    @property
    def allowed(self) -> bool:
        return not self.refusal


def verdict(facts: SendFacts) -> Verdict:
    """SR-1: outside the window only a template may go. The margin is there because sending takes time and the window
    is checked by WhatsApp at the moment of sending (Meta: windows)."""
    if not facts.has_recipient:
        return Verdict("no_recipient")
    if facts.channel_paused:
        return Verdict("channel_paused")
    if facts.kind == TEMPLATE and facts.templates_stopped:
        return Verdict("templates_stopped")
    if facts.utility_stopped:
        return Verdict("utility_stopped")
    if facts.marketing_refusal:
        return Verdict(facts.marketing_refusal)
    if facts.kind != TEMPLATE and not window_open(facts):
        return Verdict("window_closed")
    return Verdict()


def window_open(facts: SendFacts) -> bool:
    if facts.last_inbound_at is None:
        return False
    length = timedelta(hours=facts.window_hours) - timedelta(seconds=facts.window_margin_seconds)
    return facts.now < facts.last_inbound_at + length
