"""What the API and the live stream say of channels: frozen shapes, decrypted when built."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class PauseShape:
    """A number sends nothing (``scope`` all), no templates, or none of utility, since when, and until when if that is
    known.

    ``kind``: throttle, mend, account, person. ``sent_before`` counts what was sent in the ``burst_minutes``
    before a throttling; ``burst`` says whether that was more than ``burst_messages`` (TS-1). ``words`` as in
    ``FailureShape``.
    """

    kind: str
    scope: str
    code: str
    words: dict[str, dict[str, str]]
    began_at: datetime
    until: datetime | None
    sent_before: int | None
    burst: bool
    burst_messages: int
    burst_minutes: int


@dataclass(frozen=True)
class ChannelShape:
    """``paused_reason`` is in the reader's language; the running pauses say the rest. ``alerts`` counts what WhatsApp
    told of the account and nobody has seen yet; 0 for those who do not look after channels."""

    id: str
    name: str
    region_id: int
    phone: str
    provider: str
    state: str
    paused_reason: str | None
    pauses: list[PauseShape]
    alerts: int


@dataclass(frozen=True)
class ProblemShape:
    """Why a part of the account cannot send, in WhatsApp's own words."""

    entity: str
    code: str
    words: str
    solution: str


@dataclass(frozen=True)
class HealthShape:
    """How WhatsApp judges a number; words are Meta's own, empty where nothing was told. ``stale``: ask anew.
    ``answered_at``: when it last said whether the number can send; a check that failed is later than that."""

    can_send: str
    quality: str
    throughput: str
    limit: str
    verified_name: str
    name_status: str
    number_status: str
    review: str
    ban: str
    ban_date: str
    payment: str
    username: str
    problems: list[ProblemShape]
    checked_at: datetime | None
    answered_at: datetime | None
    check_error: dict[str, dict[str, str]] | None
    stale: bool


@dataclass(frozen=True)
class PastPauseShape:
    kind: str
    scope: str
    code: str
    words: dict[str, dict[str, str]]
    began_at: datetime
    ended_at: datetime
    ended_how: str


@dataclass(frozen=True)
class ChannelDetailShape:
    """One number as those see it who look after it. ``pace`` is messages a minute; ``sent_lately`` counts the minutes
    of the policy's burst."""

    channel: ChannelShape
    health: HealthShape
    provider_title: str
    graph_version: str
    callback_url: str
    pace: int
    sent_lately: int
    queued: int
    set_aside: int
    last_webhook_at: datetime | None
    past_pauses: list[PastPauseShape]


@dataclass(frozen=True)
class AccountEventShape:
    """``told`` are the values the event named; which there are depends on ``field`` (docs/channels.md)."""

    id: str
    field: str
    event: str
    severity: str
    told: dict[str, Any]
    at: datetime
    seen: bool


@dataclass(frozen=True)
class WebhookShape:
    """A stored body with everything personal covered."""

    id: str
    received_at: datetime
    state: str
    attempts: int
    error: str
    size: int
    body: str


@dataclass(frozen=True)
class ReplayShape:
    count: int


@dataclass(frozen=True)
class ChannelStateShape:
    """On the live stream: that a number changed. What it says to whom is read by the API."""

    id: str
    state: str
