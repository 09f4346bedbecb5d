"""Who sees a conversation, and who may do what in it. Each rule exists once as SQL and once over ids, kept in step by
a property test (``tests/contracts/test_visibility_mirrors.py``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from inbox.errors import Locked
from security.access import ASSIGNED, PAYMENTS, Access, Scope, access_of
from security.errors import NotAllowed, Refusal
from security.models import User
from security.streams import register_audience

if TYPE_CHECKING:
    from inbox.models import CannedReply, Conversation, Handover, Macro, Message, SavedView

CONVERSATION, CHANNEL = "inbox.conversation", "inbox.channel"
BINNED = "binned"


def visible_conversations(access: Access, *, of: str = "") -> Q:
    """What is within one's reach and not in the bin: that is nobody's to see until it is restored (PM-9)."""
    return within_reach(access, of=of) & ~Q(**{f"{of}state": BINNED})


def sees_conversation(access: Access, scope: Scope) -> bool:
    """The same over ``{region_id, channel_id, conversation_id, assignee_id, payment, binned}``."""
    return reaches(access, scope) and not scope.get("binned")


def within_reach(access: Access, *, of: str = "") -> Q:
    """Those of one's regions (a trainee: assigned ones, finance: marked payment); plus object grants on the channel or
    on this one conversation (PM-3, PM-4, SE-5)."""
    allowed = Q(**{f"{of}region_id__in": access.region_ids})
    if access.sight == ASSIGNED:
        allowed &= Q(**{f"{of}assignee_id": access.user_id})
    elif access.sight == PAYMENTS:
        allowed &= Q(**{f"{of}payment_marked_at__isnull": False})
    if conversations := access.granted.get(CONVERSATION):
        allowed |= Q(**{f"{of}pk__in": conversations})
    if channels := access.granted.get(CHANNEL):
        allowed |= Q(**{f"{of}channel_id__in": channels})
    return allowed


def reaches(access: Access, scope: Scope) -> bool:
    """The same over ``{region_id, channel_id, conversation_id, assignee_id, payment}``."""
    return (
        (scope["region_id"] in access.region_ids and _within_sight(access, scope))
        or scope["conversation_id"] in access.granted.get(CONVERSATION, ())
        or scope["channel_id"] in access.granted.get(CHANNEL, ())
    )


def _within_sight(access: Access, scope: Scope) -> bool:
    if access.sight == ASSIGNED:
        return scope.get("assignee_id") == access.user_id
    return access.sight != PAYMENTS or bool(scope.get("payment"))


def scope_of(conversation: Conversation) -> dict[str, object]:
    return {
        "region_id": conversation.region_id,
        "channel_id": str(conversation.channel_id),
        "conversation_id": str(conversation.pk),
        "assignee_id": conversation.assignee_id,
        "payment": conversation.payment_marked_at is not None,
        "binned": conversation.state == BINNED,
    }


def visible_deletions(access: Access, *, of: str) -> Q:
    """The bin, and what waits to go there: for those who may delete, as far as they reach."""
    return within_reach(access, of=of) if access.can("inbox.delete_conversation") else Q(pk__in=())


def sees_deletion(access: Access, scope: Scope) -> bool:
    """The same over a conversation's scope."""
    return access.can("inbox.delete_conversation") and reaches(access, scope)


def within_history(access: Access, *, conversation: str, at: str) -> Q:
    """Which messages are not too old for the reader (SE-5). ``conversation`` and ``at`` are the paths to the id of the
    conversation and to the time of the message."""
    if access.history_from is None:
        return Q()
    return Q(**{f"{at}__gte": access.history_from}) | Q(**{f"{conversation}__in": access.history_of})


def reads_back_to(access: Access, conversation_id: object) -> datetime | None:
    """Since when the messages of one conversation are the reader's to see; ``None``: since ever."""
    return None if str(conversation_id) in access.history_of else access.history_from


def sees_message(access: Access, scope: Scope) -> bool:
    """``visible_conversations`` and ``within_history`` over a conversation's scope with ``at``, ISO 8601."""
    since = reads_back_to(access, scope["conversation_id"])
    return sees_conversation(access, scope) and (since is None or datetime.fromisoformat(str(scope["at"])) >= since)


def message_scope(message: Message) -> dict[str, object]:
    return {**scope_of(message.conversation), "at": message.at.isoformat()}


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


def visible_prepared(access: Access, *, of: str = "") -> Q:
    """Canned replies and macros: one's own and those of one's regions, deleted ones left out (CM-7)."""
    here = Q(**{f"{of}region_id__in": access.region_ids, f"{of}deleted_at": None})
    return here & (Q(**{f"{of}owner": None}) | Q(**{f"{of}owner_id": access.user_id}))


def sees_prepared(access: Access, scope: Scope) -> bool:
    """The same over ``{region_id, owner_id}``."""
    return scope["region_id"] in access.region_ids and scope["owner_id"] in (None, access.user_id)


def can_edit_prepared(access: Access, row: CannedReply | Macro) -> bool:
    """One's own; a region's, whoever may share."""
    own = row.owner_id == access.user_id
    return own if row.owner_id is not None else access.can("inbox.share_reply")


def is_locked(conversation: Conversation) -> bool:
    """A lock ends by itself: it is asked whether it holds *now* (PM-5)."""
    return conversation.locked_until is not None and conversation.locked_until > timezone.now()


def unlocked() -> Q:
    """The same as a filter: what nobody has locked now."""
    return Q(locked_until=None) | Q(locked_until__lte=timezone.now())


def locked_against(access: Access, conversation: Conversation) -> bool:
    """Whether somebody else has locked it."""
    return is_locked(conversation) and conversation.locked_by_id != access.user_id


def refusal_of(access: Access, conversation: Conversation) -> type[Refusal]:
    """What to say no with to whoever may not change it."""
    return Locked if locked_against(access, conversation) else NotAllowed


def visible_saved_views(access: Access) -> Q:
    """One's own, and those of one's regions."""
    return Q(region=None, owner_id=access.user_id) | Q(region_id__in=access.region_ids)


def sees_saved_view(access: Access, scope: Scope) -> bool:
    """The same over ``{region_id, owner_id}``."""
    if scope["region_id"] is None:
        return scope["owner_id"] == access.user_id
    return scope["region_id"] in access.region_ids


def can_edit_view(access: Access, view: SavedView) -> bool:
    """One's own; a region's, whoever may share."""
    return access.can("inbox.share_view") if view.region_id is not None else view.owner_id == access.user_id


def can_reply(access: Access, conversation: Conversation) -> bool:
    """Agents answer their own and unassigned conversations; from senior on, anyone's in the region (PM-1). A locked one
    only whoever locked it (PM-5)."""
    if locked_against(access, conversation):
        return False
    if access.can("inbox.assign_conversation"):
        return True
    mine = conversation.assignee_id in (None, access.user_id) or is_locked(conversation)
    return access.can("inbox.reply_conversation") and mine


def can_note(access: Access, conversation: Conversation) -> bool:
    """Whoever sees it may say something of it to colleagues, whosever it is; not in a locked one (PM-5)."""
    return access.can("contacts.add_note") and not locked_against(access, conversation)


def can_assign(access: Access, conversation: Conversation, to: int | None) -> bool:
    """Seniors assign anything. An agent takes what nobody has, and hands on or puts back what is theirs."""
    if locked_against(access, conversation):
        return False
    if access.can("inbox.assign_conversation"):
        return True
    if not access.can("inbox.take_conversation"):
        return False
    return conversation.assignee_id == access.user_id or (conversation.assignee_id is None and to == access.user_id)


def can_give_to_team(access: Access, conversation: Conversation) -> bool:
    """Seniors give anything to a team; an agent what is theirs, and what nobody has: that takes it from nobody."""
    return can_assign(access, conversation, access.user_id)


def can_acknowledge(access: Access, handover: Handover, teams: Collection[int]) -> bool:
    """Whoever it was given to, anybody of the team it was given to, and whoever looks after the conversation now."""
    theirs = access.user_id in (handover.to_person_id, handover.conversation.assignee_id)
    return theirs or handover.to_team_id in teams


def can_take_on(access: Access, conversation: Conversation) -> bool:
    """Whether somebody would see and may answer a conversation if it were theirs: a trainee sees nothing else, and is
    given nothing risky (TS-7)."""
    if access.trainee and conversation.risk_severity:
        return False
    theirs = {**scope_of(conversation), "assignee_id": access.user_id}
    return access.can("inbox.reply_conversation") and sees_conversation(access, theirs)


def can_resolve(access: Access, conversation: Conversation) -> bool:
    return access.can("inbox.resolve_conversation") and can_reply(access, conversation)


def can_mark(access: Access, conversation: Conversation) -> bool:
    """Taking the mark off would take a conversation from whoever in finance has locked it."""
    return access.can("inbox.mark_payment") and not locked_against(access, conversation)


def sees_by_conversation(access: Access) -> bool:
    """Whether somebody sees contacts they do not see by their regions."""
    narrow = access.sight in (ASSIGNED, PAYMENTS)
    return narrow or bool(access.granted.get(CONVERSATION) or access.granted.get(CHANNEL))


def contacts_seen(access: Access) -> Any:
    """The ids of the contacts of the conversations somebody sees, as a subquery."""
    from inbox.models import Conversation  # models import policies

    return Conversation.objects.visible_to(access).values("contact_id")


def scopes_by_contact(contact_ids: Collection[UUID]) -> dict[UUID, list[Scope]]:
    from inbox.models import Conversation  # models import policies

    rows = Conversation.objects.for_system("who sees their contacts").filter(contact_id__in=contact_ids)
    found: dict[UUID, list[Scope]] = defaultdict(list)
    for row in rows.only("region_id", "channel_id", "contact_id", "assignee_id", "payment_marked_at", "state"):
        found[row.contact_id].append(scope_of(row))
    return found


def visible_notifications(access: Access) -> Q:
    """One's own, as long as one sees what they are about."""
    about = Q(conversation=None) | visible_conversations(access, of="conversation__")
    return Q(to_id=access.user_id) & about


def sees_notification(access: Access, scope: Scope) -> bool:
    """The same over ``{user_id}`` and, where it is about one, a conversation's scope."""
    about = scope.get("conversation_id") is None or sees_conversation(access, scope)
    return access.user_id == scope["user_id"] and about


register_audience("conversation", sees_conversation)
register_audience("deletion", sees_deletion)
register_audience("saved_view", sees_saved_view)
register_audience("prepared", sees_prepared)
register_audience("notification", sees_notification)
register_audience("message", sees_message)
register_audience("channel", sees_channel)
