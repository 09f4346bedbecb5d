"""What must be kept: its contact is under a legal hold (CM-8), or it is itself on hold in the bin (PM-9).

Whoever destroys anything of a conversation asks here, and does so under the conversation's lock: whoever sets a hold of
either kind takes that lock as well.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from inbox.models import Conversation, Deletion

_WHY = "what must be kept"
IN_BIN = ("binned", "purging")


def is_held(conversation: Conversation) -> bool:
    return bool(held_among([conversation.pk]))


def held_among(conversation_ids: Collection[UUID]) -> set[UUID]:
    """Read anew, so that nobody goes by what was so before the lock."""
    rows = Conversation.objects.for_system(_WHY).filter(pk__in=conversation_ids)
    return set(rows.exclude(not_held()).values_list("pk", flat=True))


def not_held(*, of: str = "") -> Q:
    """The filter; ``of`` is the path to the conversation (``"conversation__"``)."""
    return Q(**{f"{of}contact__held_at": None}) & ~Q(**{f"{of}pk__in": held_deletions().values("conversation_id")})


def held_deletions() -> Any:
    return Deletion.objects.for_system(_WHY).filter(held_at__isnull=False, state__in=IN_BIN)
