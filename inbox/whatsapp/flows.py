"""The account's WhatsApp Flows: forms inside the chat, made in WhatsApp Manager."""

from dataclasses import dataclass
from typing import Any

from inbox.whatsapp.odd import dicts, text

_SENDABLE = "PUBLISHED"


@dataclass(frozen=True)
class Flow:
    id: str
    name: str


def read_flows(answer: dict[str, Any]) -> list[Flow]:
    """Those of one page that may be sent to customers."""
    sendable = [row for row in dicts(answer.get("data")) if text(row.get("status")).upper() == _SENDABLE]
    return [Flow(id=text(row.get("id"))[:64], name=text(row.get("name"))[:200]) for row in sendable if row.get("id")]
