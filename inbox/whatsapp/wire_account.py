"""What webhooks tell beside messages and statuses: frozen values, one class per subject, no models.

Words are Meta's own. Anything absent is empty or ``None``; nothing here is trusted to be one of the documented values.
"""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contacts.seen import Seen
from inbox.whatsapp.wire import Incoming


@dataclass(frozen=True)
class TemplateStatus:
    """``event``: APPROVED, REJECTED, PAUSED, DISABLED …; ``reason`` says why, ``advice`` what to change."""

    event: str
    template_id: str
    name: str
    language: str
    category: str
    reason: str
    title: str
    details: str
    advice: str
    disabled_on: str


@dataclass(frozen=True)
class TemplateQuality:
    template_id: str
    name: str
    language: str
    before: str
    after: str


@dataclass(frozen=True)
class TemplateComponents:
    """The words of a template changed: read it again."""

    template_id: str
    name: str
    language: str
    header: str
    body: str
    footer: str


@dataclass(frozen=True)
class TemplateCategory:
    """``before`` is set when it is done, ``coming`` while it is only announced for ``changes_at``."""

    template_id: str
    name: str
    language: str
    before: str
    after: str
    coming: str
    changes_at: datetime | None


@dataclass(frozen=True)
class NumberQuality:
    """``event``: ONBOARDING, THROUGHPUT_UPGRADE, FLAGGED, UNFLAGGED, UPGRADE, DOWNGRADE."""

    event: str
    limit: str


@dataclass(frozen=True)
class NumberName:
    decision: str
    name: str
    reason: str


@dataclass(frozen=True)
class Restriction:
    """``until`` is null when it was not told."""

    kind: str
    until: datetime | None


@dataclass(frozen=True)
class AccountUpdate:
    """``event``: ACCOUNT_RESTRICTION, DISABLED_UPDATE … (Meta: account_update). ``ban_date`` is a text that need
    not be a date; ``details`` is the event's own object."""

    event: str
    violation: str
    restrictions: tuple[Restriction, ...]
    ban: str
    ban_date: str
    reason: str
    details: dict[str, Any]


@dataclass(frozen=True)
class AccountAlert:
    """``severity``: CRITICAL, WARNING, INFORMATIONAL; ``status``: ACTIVE or NONE."""

    kind: str
    severity: str
    status: str
    entity: str
    entity_id: str
    words: str


@dataclass(frozen=True)
class AccountReview:
    decision: str


@dataclass(frozen=True)
class Capability:
    """``limit``: people who may be written to first per day, a number or TIER_…; ``numbers``: how many numbers."""

    limit: str
    numbers: str


@dataclass(frozen=True)
class SecurityNotice:
    """``event``: PIN_CHANGED, PIN_RESET_REQUEST, PIN_REQUEST_SUCCESS."""

    event: str
    requester: str


@dataclass(frozen=True)
class Preference:
    """A person told WhatsApp to stop, resume or sign up for marketing from us. ``value`` as Meta spells it."""

    seen: Seen
    category: str
    value: str
    details: str


@dataclass(frozen=True)
class PaymentConfiguration:
    name: str
    provider: str
    status: str


@dataclass(frozen=True)
class FlowNotice:
    """``event``: FLOW_STATUS_CHANGE, CLIENT_ERROR_RATE, ENDPOINT_AVAILABILITY …"""

    event: str
    flow_id: str
    before: str
    after: str
    words: str


@dataclass(frozen=True)
class Handover:
    """``event``: control_passed or control_taken; another app or Meta's agent owns the thread, or gave it back."""

    event: str
    before: str
    after: str


@dataclass(frozen=True)
class UsernameNotice:
    username: str
    status: str
    context: str


@dataclass(frozen=True)
class PlatformError:
    """An error of the account or the platform, about no message (Meta: value-level errors)."""

    code: str
    title: str
    details: str


@dataclass(frozen=True)
class HistoryProgress:
    """A chunk of the phone's history came (or was refused: ``code``); the messages themselves are ``Echo`` values."""

    phase: int
    chunk: int
    percent: int
    messages: int
    code: str


@dataclass(frozen=True)
class Other:
    """A field this version does not know, or knows nothing to do with."""


News = (
    TemplateStatus
    | TemplateQuality
    | TemplateComponents
    | TemplateCategory
    | NumberQuality
    | NumberName
    | AccountUpdate
    | AccountAlert
    | AccountReview
    | Capability
    | SecurityNotice
    | Preference
    | PaymentConfiguration
    | FlowNotice
    | Handover
    | UsernameNotice
    | PlatformError
    | HistoryProgress
    | Other
)


@dataclass(frozen=True)
class AccountChange:
    """One change of a webhook. ``phone`` (digits) is the number it is about; empty: the whole account ``waba_id``.

    ``key`` names it as Meta says to recognise repetitions; ``raw`` is the value as it came.
    """

    field: str
    waba_id: str
    phone: str
    key: str
    at: datetime
    news: News
    raw: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Echo:
    """A message that did not pass through us: sent from the phone (``phone``) or by another app (``app``), or an old
    one of either side from the phone's history (``history``, with the status it has there)."""

    message: Incoming
    outgoing: bool
    origin: str
    status: str


@dataclass(frozen=True)
class BookEntry:
    """A line of the phone's own address book: what its owner calls somebody."""

    seen: Seen
    name: str


@dataclass
class Beside:
    """Everything one webhook body said about one number beside messages and statuses."""

    accounts: list[AccountChange] = dataclasses.field(default_factory=list)
    echoes: list[Echo] = dataclasses.field(default_factory=list)
    book: list[BookEntry] = dataclasses.field(default_factory=list)
    calls: list[Incoming] = dataclasses.field(default_factory=list)
