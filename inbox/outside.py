"""What of conversations the outside can be told (``contacts.occurrences``): that they ended, never what was said."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.exchange.kinds import contact_told
from contacts.occurrences import Kind, register_kinds
from inbox.models import Conversation

RESOLVED = "conversation.resolved"


def register() -> None:
    register_kinds(Kind(RESOLVED, _("a conversation was finished"), _told))


def _told(conversation_id: str) -> dict[str, Any] | None:
    rows = Conversation.objects.for_system("telling a subscription").filter(pk=conversation_id)
    conversation: Conversation | None = rows.first()
    who = None if conversation is None else contact_told(conversation.contact_id)
    if conversation is None or who is None:
        return None
    about = {
        "id": str(conversation.pk),
        "state": conversation.state,
        "cases": conversation.case_count,
        "channel": str(conversation.channel_id),
        "version": conversation.version,
    }
    return {"conversation": about, **who}
