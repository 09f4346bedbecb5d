"""A supervisor spreads what waits at somebody who is not there."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from inbox.actions.assignments import Reason, give_to
from inbox.actions.notifications import notify_given
from inbox.assigning.rota import on_duty
from inbox.board.spreading import waiting_of
from inbox.errors import Unspreadable
from inbox.models import AssignmentTurn, Conversation
from inbox.policies import can_take_on
from inbox.telling import LeftScopes, tell
from security.access import Access
from security.errors import NotFound, require
from security.policies import colleagues_of
from security.writing import write

_BALANCE = "balance"


def spread_waiting(*, by: Access, person_id: int, moves: Mapping[UUID, int]) -> tuple[list[UUID], list[UUID]]:
    """Give each of ``moves`` (conversation → person) as it was previewed, as far as it is still so: still waiting at
    ``person_id``, and the other there and with room. Returns what was moved, and what was left as it is."""
    require(by.can("inbox.see_board") and by.can("inbox.assign_conversation"))
    if not colleagues_of(by).filter(pk=person_id).exists():
        raise NotFound
    if not moves:
        raise Unspreadable
    with write(by=by) as change:
        AssignmentTurn.objects.select_for_update().get_or_create(pk=1)
        rows = waiting_of(by, person_id).filter(pk__in=list(moves))
        talks: list[Conversation] = list(rows.select_related("contact", "channel").locked().order_by("pk"))
        duty = {region: {one.id: one for one in on_duty(region)} for region in {talk.region_id for talk in talks}}
        rooms = {one.id: one for people in duty.values() for one in people.values()}
        left: LeftScopes = {}
        moved = []
        for talk in talks:
            to = duty[talk.region_id].get(moves[talk.pk])
            room = rooms[to.id] if to is not None else None
            if to is None or room is None or room.load >= room.capacity or not can_take_on(to.access, talk):
                continue
            room.load += 1
            left = {**left, **give_to(change, by, talk, to.id, Reason(_BALANCE, ended_how=_BALANCE))}
            moved.append(talk)
        tell(change, conversations=moved, left_scopes=left)
        given: dict[int, list[Conversation]] = defaultdict(list)
        for talk in moved:
            given[moves[talk.pk]].append(talk)
        notify_given(change, given)
    done = [talk.pk for talk in moved]
    return done, [pk for pk in moves if pk not in set(done)]
