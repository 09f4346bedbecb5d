"""What crosses the border between Kefu and WhatsApp: frozen values, no models."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contacts.seen import Seen

if TYPE_CHECKING:
    from inbox.whatsapp.wire_account import Beside


@dataclass(frozen=True)
class Credentials:
    """How to reach one business number. ``base_url`` is the only thing the simulator changes; ``provider`` is an entry
    of ``providers``."""

    base_url: str
    graph_version: str
    phone_number_id: str
    access_token: str
    provider: str = "meta"
    waba_id: str = ""


@dataclass(frozen=True)
class Outbound:
    """A message to send. ``phone`` (E.164 or ``wa_id`` digits) or ``bsuid`` names the recipient; phone wins.

    ``media_ref``, ``media_kind`` and ``media_name`` are the uploaded file that it is, or has as its header.
    """

    kind: str
    content: dict[str, Any]
    correlation: str
    phone: str | None
    bsuid: str | None
    quoted_ref: str | None = None
    media_ref: str | None = None
    media_kind: str = ""
    media_name: str | None = None


@dataclass(frozen=True)
class Sent:
    """WhatsApp accepted the message: queued there, nothing more."""

    provider_ref: str
    wa_id: str | None
    bsuid: str | None


@dataclass(frozen=True)
class MediaRef:
    """A file named by a webhook: the id dies after 7 days."""

    kind: str
    provider_ref: str
    mime_type: str
    sha256: bytes | None
    name: str | None


@dataclass(frozen=True)
class Incoming:
    """One inbound message. For a reaction ``reaction_to`` names the target, ``content`` has the emoji ("" removes); for
    an edit or a deletion ``amends`` names the message it is about."""

    provider_ref: str
    at: datetime
    seen: Seen
    kind: str
    content: dict[str, Any]
    media: MediaRef | None = None
    quoted_ref: str = ""
    reaction_to: str = ""
    amends: str = ""


@dataclass(frozen=True)
class StatusChange:
    """What became of a message we (or another app on the number) sent."""

    provider_ref: str
    status: str
    at: datetime
    correlation: str | None
    error_code: str = ""
    seen: Seen | None = None


@dataclass(frozen=True)
class Unknown:
    """A part of a webhook this version does not understand; it stays readable in the stored body."""

    what: str
    raw: Any = None


@dataclass(frozen=True)
class Parsed:
    """Everything one webhook body said about one number."""

    messages: list[Incoming] = field(default_factory=list)
    statuses: list[StatusChange] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    portfolio: str = ""
    beside: "Beside | None" = None
