"""A conversation passes to a colleague or a team with what they need to know (PM-11)."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.actions.assignments import give_to, require_fit, require_of_region, seen_and_locked
from inbox.actions.notifications import notify
from inbox.assigning.hints import dispatch_soon
from inbox.errors import HandoverOver, SummaryMissing
from inbox.mentions import who_sees
from inbox.models import Conversation, Handover, InboxPolicy
from inbox.note_events import HandoverChanged
from inbox.note_shapes import handover_shapes
from inbox.policies import can_acknowledge, can_assign, can_give_to_team, refusal_of
from inbox.telling import tell
from security.access import Access
from security.errors import Invalid, NotAllowed, require
from security.models import TeamMembership
from security.writing import Change, write

_WHY = "handing over"
_LONGEST = 1000
_EXCERPT = 160
_PARTS = ("asked", "done", "open")


def hand_over(
    *, by: Access, conversation_id: object, person: int | None = None, team: int | None = None, summary: dict[str, str]
) -> Handover:
    """Give it to a person or to a team of its region with ``{asked, done, open}``; they are notified, and the summary
    stands on top of the thread until they acknowledge it."""
    if (person is None) == (team is None):
        raise Invalid(field="person", message=_("Choose a person or a team."))
    words = {part: summary.get(part, "").strip() for part in _PARTS}
    _refuse_odd(words)
    with write(by=by) as change:
        conversation = seen_and_locked(by, conversation_id)
        _require_allowed(by, conversation, person, team)
        end_handover(change, conversation, how="passed_on", by=by)
        before_team = conversation.team_id
        if team is not None:
            conversation.team_id = team
        left = give_to(change, by, conversation, person)
        row = Handover(
            conversation=conversation,
            key_id=conversation.contact.key_id,
            summary=words,
            given_by_id=by.user_id,
            to_person_id=person,
            to_team_id=team,
            given_at=timezone.now(),
        )
        row.save(force_insert=True)
        if team is not None:
            change.record("conversation.team_set", conversation, before=before_team, after=team)
        change.record("conversation.handed_over", conversation, handover=str(row.pk), person=person, team=team)
        tell(change, conversations=[conversation], left_scopes=left)
        _tell(change, row)
        excerpt = (words["open"] or words["asked"])[:_EXCERPT]
        takers = _takers(conversation, row)
        notify(change, to=takers, kind="handover.given", conversation=conversation, note=excerpt, team=team)
        dispatch_soon(change, conversation.channel)
    return row


def acknowledge_handover(*, by: Access, handover_id: object) -> Handover:
    """The taker has read it: it leaves the top of the thread and stays in it. Whoever gave it is told."""
    with write(by=by) as change:
        seen = Handover.objects.visible_to(by).get_or_404(handover_id)
        conversation = seen_and_locked(by, seen.conversation_id)
        row: Handover = Handover.objects.visible_to(by).locked().get_or_404(handover_id)
        row.conversation = conversation
        if row.ended_how == "acknowledged" and row.ended_by_id == by.user_id:
            return row  # twice is once
        require(row.ended_at is None, HandoverOver)
        require(can_acknowledge(by, row, _teams_of(by)), NotAllowed)
        _end(change, row, how="acknowledged", by=by)
        change.record("conversation.handover_acknowledged", conversation, handover=str(row.pk))
        if row.given_by_id is not None:
            notify(change, to=[row.given_by_id], kind="handover.acknowledged", conversation=conversation)
    return row


def end_handover(change: Change, conversation: Conversation, *, how: str, by: Access) -> None:
    """The one that waits, if there is one, waits no longer; the caller holds the conversation's lock."""
    row = Handover.objects.for_system(_WHY).filter(conversation=conversation, ended_at=None).first()
    if row is not None:
        row.conversation = conversation
        _end(change, row, how=how, by=by)


def _end(change: Change, row: Handover, *, how: str, by: Access) -> None:
    row.ended_at, row.ended_how, row.ended_by_id = timezone.now(), how, by.user_id
    row.version += 1
    row.save(update_fields=["ended_at", "ended_how", "ended_by", "version"])
    _tell(change, row)


def _tell(change: Change, row: Handover) -> None:
    change.announce(HandoverChanged.of(row, handover_shapes([row])[0]))


def _require_allowed(by: Access, conversation: Conversation, person: int | None, team: int | None) -> None:
    if person is not None:
        require(can_assign(by, conversation, person), refusal_of(by, conversation))
        if person == by.user_id:
            raise Invalid(field="person", message=_("You cannot hand something over to yourself."))
        require_fit(conversation, person)
    if team is not None:
        require(can_give_to_team(by, conversation), refusal_of(by, conversation))
        require_of_region(conversation, team)


def _takers(conversation: Conversation, row: Handover) -> Collection[int]:
    if row.to_team_id is None:
        return [row.to_person_id] if row.to_person_id is not None else []
    members = TeamMembership.objects.filter(team_id=row.to_team_id).values_list("user_id", flat=True)
    return sorted(who_sees(conversation, members))


def _teams_of(by: Access) -> frozenset[int]:
    return frozenset(TeamMembership.objects.filter(user_id=by.user_id).values_list("team_id", flat=True))


def _refuse_odd(words: dict[str, str]) -> None:
    for part, text in words.items():
        if len(text) > _LONGEST:
            raise Invalid(field=part, message=_("At most %(n)s characters.") % {"n": _LONGEST})
    needed = InboxPolicy.current().handover_needs_summary
    missing = next((part for part in ("asked", "open") if needed and not words[part]), None)
    if missing is not None:
        raise SummaryMissing(field=missing)
