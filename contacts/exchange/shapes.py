"""What the API says of connected systems and subscriptions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contacts.exchange.shops.known import NEEDED
from contacts.models import Delivery, ExchangeHook, ExchangeSource, Subscription


@dataclass(frozen=True)
class CountShape:
    """Since the beginning: how many were read, written (new or otherwise) and refused."""

    resource: str
    read: int
    written: int
    refused: int


@dataclass(frozen=True)
class SourceShape:
    """``doing``: listening (webhooks), backfilling (a shop's past), following, or paused. ``expected``: how many orders
    of the past there are, where the shop says so. ``error``: why it could not be read, a code."""

    id: str
    region_id: int
    code: str
    name: str
    kind: str
    base_url: str
    country: str
    doing: str
    paused_at: datetime | None
    told_at: datetime | None
    error: str
    error_at: datetime | None
    next_at: datetime | None
    expected: int | None
    counts: list[CountShape]
    webhook_path: str
    created_at: datetime
    version: int

    @classmethod
    def of(cls, row: ExchangeSource) -> "SourceShape":
        return cls(
            id=str(row.pk),
            region_id=row.region_id,
            code=row.code,
            name=row.name,
            kind=row.kind,
            base_url=row.base_url,
            country=row.country,
            doing=_doing(row),
            paused_at=row.paused_at,
            told_at=row.told_at,
            error=row.error,
            error_at=row.error_at,
            next_at=row.due_at,
            expected=row.expected,
            counts=_counts(row.counts),
            webhook_path=f"/webhooks/exchange/{row.pk}",
            created_at=row.created_at,
            version=row.version,
        )


@dataclass(frozen=True)
class SourceSecretShape:
    """``secret`` is told this once."""

    source: SourceShape
    secret: str


@dataclass(frozen=True)
class HookShape:
    """``written`` and ``refused`` over all its rows; ``why``: place, code and field of the first refused ones."""

    id: str
    received_at: datetime
    state: str
    error: str
    applied_at: datetime | None
    written: int
    refused: int
    why: list[str]

    @classmethod
    def of(cls, row: ExchangeHook) -> "HookShape":
        parts: Mapping[str, Any] = row.outcome
        why = [
            f"{name}[{place}]: {code}{f' ({field})' if field else ''}"
            for name, told in parts.items()
            for place, code, field in told["why"]
        ]
        return cls(
            id=str(row.pk),
            received_at=row.received_at,
            state=row.state,
            error=row.error,
            applied_at=row.applied_at,
            written=sum(told["written"] for told in parts.values()),
            refused=sum(told["refused"] for told in parts.values()),
            why=why,
        )


@dataclass(frozen=True)
class SubscriptionShape:
    """``stopped_why``: empty where somebody switched it off; failing, or gone (it answered 410)."""

    id: str
    region_id: int
    name: str
    url: str
    kinds: list[str]
    failing_since: datetime | None
    stopped_at: datetime | None
    stopped_why: str
    waiting: int
    dead: int
    created_at: datetime
    version: int

    @classmethod
    def of(cls, row: Subscription, counts: Mapping[str, int]) -> "SubscriptionShape":
        return cls(
            id=str(row.pk),
            region_id=row.region_id,
            name=row.name,
            url=row.url,
            kinds=list(row.kinds),
            failing_since=row.failing_since,
            stopped_at=row.stopped_at,
            stopped_why=row.stopped_why,
            waiting=counts.get("waiting", 0),
            dead=counts.get("dead", 0),
            created_at=row.created_at,
            version=row.version,
        )


@dataclass(frozen=True)
class SubscriptionSecretShape:
    """``secret`` is told this once."""

    subscription: SubscriptionShape
    secret: str


@dataclass(frozen=True)
class TryShape:
    """``status`` is 0 where no answer came."""

    at: str
    status: int
    error: str
    ms: int


@dataclass(frozen=True)
class DeliveryShape:
    id: str
    kind: str
    subject_id: str
    contact_id: str | None
    happened_at: datetime
    state: str
    attempts: int
    due_at: datetime | None
    settled_at: datetime | None
    tries: list[TryShape]

    @classmethod
    def of(cls, row: Delivery) -> "DeliveryShape":
        return cls(
            id=str(row.pk),
            kind=row.kind,
            subject_id=row.subject_id,
            contact_id=None if row.contact_id is None else str(row.contact_id),
            happened_at=row.happened_at,
            state=row.state,
            attempts=row.attempts,
            due_at=row.due_at if row.state == "waiting" else None,
            settled_at=row.settled_at,
            tries=[TryShape(**one) for one in row.tries],
        )


@dataclass(frozen=True)
class KindShape:
    """What can be subscribed to, with its words in the reader's language."""

    name: str
    words: str


def _doing(row: ExchangeSource) -> str:
    if row.paused_at is not None:
        return "paused"
    if row.kind not in NEEDED:
        return "listening"
    return "backfilling" if row.since is None else "following"


def _counts(told: Mapping[str, Mapping[str, int]]) -> list[CountShape]:
    return [CountShape(name, one["read"], one["written"], one["refused"]) for name, one in told.items()]
