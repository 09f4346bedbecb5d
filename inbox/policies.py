"""Who sees a conversation, and who may do what in it. Each rule exists once as SQL and once over ids, kept in step by
a property test (``tests/contracts/test_visibility_mirrors.py``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from security.access import Access, Scope, access_of
from security.models import User
from security.streams import register_audience

if TYPE_CHECKING:
    from inbox.models import Conversation

CONVERSATION, CHANNEL = "inbox.conversation", "inbox.channel"


def visible_conversations(access: Access, *, of: str = "") -> Q:
    """People of the region; plus object grants on the channel or on this one conversation (PM-3)."""
    allowed = Q(**{f"{of}region_id__in": access.region_ids})
    if conversations := access.granted.get(CONVERSATION):
        allowed |= Q(**{f"{of}pk__in": conversations})
    if channels := access.granted.get(CHANNEL):
        allowed |= Q(**{f"{of}channel_id__in": channels})
    return allowed


def sees_conversation(access: Access, scope: Scope) -> bool:
    """The same over ``{region_id, channel_id, conversation_id}``."""
    return (
        scope["region_id"] in access.region_ids
        or scope["conversation_id"] in access.granted.get(CONVERSATION, ())
        or scope["channel_id"] in access.granted.get(CHANNEL, ())
    )


def scope_of(conversation: Conversation) -> dict[str, object]:
    return {
        "region_id": conversation.region_id,
        "channel_id": str(conversation.channel_id),
        "conversation_id": str(conversation.pk),
    }


def audience_of(conversation: Conversation) -> set[int]:
    """The ids of every active person who sees ``conversation``: the mirror of ``visible_conversations``."""
    scope = scope_of(conversation)
    people = User.objects.filter(is_active=True)
    return {user.pk for user in people if sees_conversation(access_of(user), scope)}


def visible_channels(access: Access, *, of: str = "") -> Q:
    """The SQL filter; ``of`` is the path to the channel (``"channel__"``)."""
    allowed = Q(**{f"{of}region_id__in": access.region_ids})
    if channels := access.granted.get(CHANNEL):
        allowed |= Q(**{f"{of}pk__in": channels})
    return allowed


def sees_channel(access: Access, scope: Scope) -> bool:
    """The same over ``{region_id, channel_id}``."""
    return scope["region_id"] in access.region_ids or scope["channel_id"] in access.granted.get(CHANNEL, ())


def visible_canned_replies(access: Access) -> Q:
    return Q(region_id__in=access.region_ids) & (Q(owner=None) | Q(owner_id=access.user_id))


def can_reply(access: Access, conversation: Conversation) -> bool:
    """Agents answer their own and unassigned conversations; from senior on, anyone's in the region (PM-1)."""
    if access.can("inbox.assign_conversation"):
        return True
    return access.can("inbox.reply_conversation") and conversation.assignee_id in (None, access.user_id)


def can_assign(access: Access, conversation: Conversation, to: int | None) -> bool:
    """Seniors assign anything. An agent takes what nobody has, and hands on or puts back what is theirs."""
    if access.can("inbox.assign_conversation"):
        return True
    if not access.can("inbox.take_conversation"):
        return False
    return conversation.assignee_id == access.user_id or (conversation.assignee_id is None and to == access.user_id)


def can_resolve(access: Access, conversation: Conversation) -> bool:
    return access.can("inbox.resolve_conversation") and can_reply(access, conversation)


register_audience("conversation", sees_conversation)
register_audience("channel", sees_channel)
