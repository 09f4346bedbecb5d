"""Who looks after a conversation."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from inbox.actions.notifications import notify_given
from inbox.actions.opening import conversations_for, require_may
from inbox.assigning.hints import dispatch_soon
from inbox.errors import AssigneeUnfit, ChangedMeanwhile, TeamUnfit
from inbox.models import Assignment, Conversation
from inbox.policies import can_assign, can_give_to_team, can_take_on, scope_of
from inbox.telling import LeftScopes, tell
from security.access import Access, Actor, access_of
from security.errors import require
from security.models import Team, User
from security.writing import Change, write


@dataclass(frozen=True)
class Reason:
    """Why somebody is given a conversation: how they were found, and how it ends for whoever had it."""

    method: str = "hand"
    ended_how: str = "handed"
    why: dict[str, Any] = field(default_factory=dict)


BY_HAND, BY_RULE, BY_ANSWERING, PUT_BACK, ABSENT = (
    Reason(),
    Reason("rule"),
    Reason("reply"),
    Reason(ended_how="put_back"),
    Reason(ended_how="absent"),
)


@dataclass(frozen=True)
class Place:
    """Whose a conversation is: somebody's, a team's, everybody's."""

    assignee: int | None
    team: int | None


def assign_conversation(
    *, by: Actor, conversation_id: object, to: int | None, among_many: bool = False, seen: Place | None = None
) -> Conversation:
    """Give a conversation to somebody of its region who may answer, or to nobody. They are notified, unless it is one
    ``among_many``, of which the caller tells them at once. ``seen``: only while it is still where whoever moves it saw
    it; of two at once, one moves it and the other is told."""
    with write(by=by) as change:
        conversation = seen_and_locked(by, conversation_id)
        _require_still(conversation, seen)
        require_may(by, conversation, lambda person: can_assign(person, conversation, to))
        if conversation.assignee_id != to:
            if to is not None:
                require_fit(conversation, to, oneself=isinstance(by, Access) and to == by.user_id)
            left = give_to(change, by, conversation, to, PUT_BACK if to is None else _how(by))
            tell(change, conversations=[conversation], left_scopes=left)
            if to is not None and not among_many:
                notify_given(change, {to: [conversation]})
            dispatch_soon(change, conversation.channel)
    return conversation


def assign_to_team(
    *, by: Actor, conversation_id: object, team_id: int | None, seen: Place | None = None
) -> Conversation:
    """Let a conversation wait for anybody of a team of its region, or (``None``) for everybody again."""
    with write(by=by) as change:
        conversation = seen_and_locked(by, conversation_id)
        _require_still(conversation, seen)
        if isinstance(by, Access):
            require(can_give_to_team(by, conversation))
        else:
            require_may(by, conversation, lambda person: True)
        if team_id is not None:
            require_of_region(conversation, team_id)
        if conversation.team_id != team_id or conversation.assignee_id is not None:
            before, conversation.team_id = conversation.team_id, team_id
            left = give_to(change, by, conversation, None)
            change.record("conversation.team_set", conversation, before=before, after=team_id)
            tell(change, conversations=[conversation], left_scopes=left)
            dispatch_soon(change, conversation.channel)
    return conversation


def give_to(
    change: Change, by: Actor, conversation: Conversation, to: int | None, reason: Reason = BY_HAND
) -> LeftScopes:
    """End the running assignment and begin the next; the caller holds the lock, has checked, and tells: with what is
    returned, since whoever saw it as theirs may see it no longer (PM-4)."""
    now = timezone.now()
    left = {conversation.pk: scope_of(conversation)}
    running = Assignment.objects.for_system("handing over").filter(conversation=conversation, ended_at=None)
    running.update(ended_at=now, ended_how=reason.ended_how)
    if to is not None:
        Assignment.objects.create(
            conversation=conversation,
            assignee_id=to,
            assigned_by_id=by.user_id if isinstance(by, Access) else None,
            assigned_at=now,
            method=reason.method,
            why=reason.why,
        )
    before, conversation.assignee_id = conversation.assignee_id, to
    conversation.version += 1
    conversation.save(update_fields=["assignee", "team", "version"])
    rule = {"rule": reason.why["rule"]} if "rule" in reason.why else {}
    change.record(
        "conversation.assigned", conversation, before=before, after=to,
        how=reason.ended_how if to is None else reason.method, **rule,
    )  # fmt: skip
    return left


def _how(by: Actor) -> Reason:
    return BY_HAND if isinstance(by, Access) else BY_RULE


def seen_and_locked(by: Actor, conversation_id: object) -> Conversation:
    """With what assigning and dispatching read of it."""
    rows = conversations_for(by).select_related("contact", "channel__assignment_rule")
    conversation: Conversation = rows.locked().get_or_404(conversation_id)
    return conversation


def _require_still(conversation: Conversation, seen: Place | None) -> None:
    now = Place(conversation.assignee_id, conversation.team_id)
    require(seen is None or seen == now, ChangedMeanwhile)


def require_of_region(conversation: Conversation, team_id: int) -> None:
    """The team is one of its region."""
    if not Team.objects.filter(pk=team_id, region_id=conversation.region_id).exists():
        raise TeamUnfit(field="team")


def require_fit(conversation: Conversation, to: int, *, oneself: bool = False) -> None:
    """They can sign in (who takes it is here, perhaps by a key), would see it once it is theirs, and may answer."""
    if not is_fit(conversation, to, oneself=oneself):
        raise AssigneeUnfit(field="assignee")


def is_fit(conversation: Conversation, to: int, *, oneself: bool = False) -> bool:
    """The same where nobody asked for it: what is given back, or comes with an answer."""
    person = User.objects.filter(pk=to, is_active=True).first()
    if person is None or not (oneself or person.has_usable_password()):
        return False
    return can_take_on(access_of(person), conversation)
