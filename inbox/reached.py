"""Who got a message since nothing could be delivered to them, for number hygiene."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from inbox.models import Message

_WHY = "who is reachable again"


def reached_since(failed: Mapping[UUID, datetime]) -> set[UUID]:
    """Of contacts with their last failure, those to whom something was delivered later."""
    rows = Message.objects.for_system(_WHY).filter(
        conversation__contact_id__in=list(failed), direction="out", delivered_at__gte=min(failed.values())
    )
    pairs = rows.values_list("conversation__contact_id", "delivered_at")
    return {contact_id for contact_id, at in pairs if at > failed[contact_id]}
