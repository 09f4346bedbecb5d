"""Conversations, made by customers who write; and reading everything back as Kefu itself would."""

from typing import Any

from contacts.models import Contact, Identity
from inbox.models import Channel, Conversation, Message, Reaction
from inbox.sending.outbox import deliver
from inbox.sending.recipients import recipient_of
from security.models import Operation
from tests.worlds.customers import Customer, customer
from tests.worlds.webhooks import message, says

_WHY = "the test looks"


def thread(channel: Channel, who: Customer | None = None, text: str = "Hello", *, ago: float = 0) -> Conversation:
    """The conversation of somebody who wrote ``text`` to ``channel``, ``ago`` seconds ago."""
    who = who or customer()
    known = {row.pk for row in conversations(channel)}
    says(channel, who, message(who, "text", text, ago=ago))
    found = conversations(channel)
    return next((row for row in found if row.pk not in known), found[0])


def conversations(channel: Channel | None = None) -> list[Conversation]:
    rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel").order_by("-last_activity_at")
    return list(rows.filter(channel=channel) if channel else rows)


def fresh(row: Any) -> Any:
    """The row as it is now."""
    return type(row)._default_manager.for_system(_WHY).get(pk=row.pk)


def messages(conversation: Conversation | None = None, **which: Any) -> list[Message]:
    """Oldest first; without a conversation those of everybody."""
    rows = Message.objects.for_system(_WHY).filter(**which).order_by("at", "id")
    return list(rows.filter(conversation=conversation) if conversation else rows)


def only_message(**which: Any) -> Message:
    """The one message there is; anything else fails the test."""
    (found,) = messages(**which)
    return found


def reactions(conversation: Conversation) -> list[Reaction]:
    return list(Reaction.objects.for_system(_WHY).filter(conversation=conversation).order_by("at"))


def contacts() -> list[Contact]:
    return list(Contact.objects.for_system(_WHY).order_by("id"))


def identities(contact: Contact) -> dict[str, list[str]]:
    """``{kind: [value, …]}`` in the order they were learned."""
    found: dict[str, list[str]] = {}
    for row in Identity.objects.for_system(_WHY).filter(contact=contact).order_by("first_seen_at", "id"):
        found.setdefault(row.kind, []).append(row.value)
    return found


def delivered(conversation: Conversation) -> int:
    """Send what is queued; the number of calls that were made."""
    return deliver(conversation.pk)


def logged(action: str) -> list[Operation]:
    return list(Operation.objects.filter(action=action).order_by("id"))


def answered(conversation: Conversation) -> tuple[str | None, str | None]:
    """Number and business-scoped id an answer would go to."""
    return recipient_of(conversation.contact_id, conversation.channel)
