"""What the live stream tells of the exchange, to whoever arranges it."""

from dataclasses import dataclass

from contacts.models import ExchangeSource, Subscription
from contacts.models.exchange import ARRANGE
from security.access import Access, Scope
from security.encryption.keyring import shared_key
from security.streams import Event, register_audience


def _arranges(access: Access, scope: Scope) -> bool:
    return scope["region_id"] in access.region_ids and access.can(ARRANGE)


register_audience("exchange", _arranges)


@dataclass(frozen=True)
class ExchangeChangedShape:
    """``kind``: source or subscription. What it is like now is read again."""

    id: str
    kind: str


class ExchangeChanged(Event):
    """A connected system or a subscription is new, otherwise, gone, or further than it was."""

    kind = "exchange.changed"
    payload_shape = ExchangeChangedShape
    audience = "exchange"

    @classmethod
    def of(cls, row: ExchangeSource | Subscription) -> "ExchangeChanged":
        kind = "source" if isinstance(row, ExchangeSource) else "subscription"
        return cls(
            streams=(f"region:{row.region_id}",),
            object_id=str(row.pk),
            payload=ExchangeChangedShape(id=str(row.pk), kind=kind),
            key_id=shared_key(region_id=row.region_id, purpose="stream"),
            scope={"region_id": row.region_id},
        )
