"""By what a number can reach a contact."""

from uuid import UUID

from django.db.models import Q, QuerySet

from contacts.models import Identity
from inbox.models import Channel

_WHY = "whom a message is for"
Recipient = tuple[str | None, str | None]  # number and business-scoped id


def reachable(contact_id: UUID, channel: Channel) -> QuerySet[Identity]:
    """The contact's number, and the business-scoped id that the channel's own portfolio knows them by: another
    portfolio's id names nobody there (Meta: facts on identity). Ids that came before the portfolio was known bear the
    account's name."""
    own = Q(kind="wa_id") | Q(kind="bsuid", portfolio__in={channel.portfolio, channel.waba_id})
    rows: QuerySet[Identity] = Identity.objects.for_system(_WHY).filter(own, contact_id=contact_id, current=True)
    return rows


def recipient_of(contact_id: UUID, channel: Channel) -> Recipient:
    """The number WhatsApp last used for this contact, and their business-scoped id. The number wins (Meta: sending)."""
    known = {row.kind: row.value for row in reachable(contact_id, channel).order_by("last_seen_at")}
    return known.get("wa_id"), known.get("bsuid")
