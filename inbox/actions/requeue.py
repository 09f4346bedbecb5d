"""What customers wait for does not wait for somebody who is not there (PM-11)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from inbox.actions.assignments import ABSENT, give_to
from inbox.actions.notifications import notify
from inbox.actions.risk_raising import let_go_of_risk
from inbox.assigning.hints import dispatch_soon
from inbox.assigning.policy import AssignmentPolicy
from inbox.events import WaitingRequeued
from inbox.models import Conversation
from inbox.policies import unlocked
from inbox.telling import tell
from security.access import System, access_of
from security.models import Region, User
from security.scoping import ScopedQuerySet
from security.writing import Change, write

_BY = System("back to the queue")
_WHY = "what waits for somebody absent"
_MOST = 500


def requeue_absent() -> int:
    """Take back what waits for people who have been away or gone for longer than the policy allows."""
    policy = AssignmentPolicy.current()
    if not policy.requeue_absent:
        return 0
    limit = timezone.now() - timedelta(minutes=policy.requeue_minutes)
    count = 0
    for person, ids in _waiting_for(_absent(limit), limit):
        count += _take_back(person, ids)
    return count


def _absent(limit: datetime) -> dict[int, User]:
    """Away, gone, or not allowed in any more. Whoever never had a tab open works through a program."""
    gone = Q(presence__is_here=False, presence__seen_at__lte=limit)
    people = User.objects.filter(Q(availability="away", away_since__lte=limit) | gone | Q(is_active=False))
    return {person.pk: person for person in people}


def _waiting_for(absent: dict[int, User], limit: datetime) -> Iterator[tuple[User, list[UUID]]]:
    rows = _theirs(limit).filter(assignee_id__in=list(absent)).order_by("assignee_id", "pk")
    for person_id, found in groupby(rows.values_list("assignee_id", "pk")[:_MOST], key=lambda row: row[0]):
        yield absent[person_id], [pk for _, pk in found]


def _theirs(limit: datetime) -> ScopedQuerySet[Conversation]:
    """What was given to somebody just now stays theirs for as long as they may be absent."""
    rows: ScopedQuerySet[Conversation] = Conversation.objects.for_system(_WHY)
    rows = rows.filter(unlocked(), state="open", waiting_since__isnull=False)
    return rows.filter(assignments__ended_at=None, assignments__assigned_at__lte=limit)


def _take_back(person: User, ids: list[UUID]) -> int:
    with write(by=_BY) as change:
        rows = Conversation.objects.for_system(_WHY).filter(
            unlocked(), pk__in=ids, assignee_id=person.pk, state="open", waiting_since__isnull=False
        )
        talks = list(rows.select_related("contact", "channel__assignment_rule").locked().order_by("pk"))
        _let_go(change, person, talks)
    return len(talks)


def release_region(change: Change, person: User, region: Region) -> None:
    """Whoever leaves a region cannot answer there any more: what they had goes back at once, snoozed or waiting or not,
    but for what they still see one by one."""
    theirs = Conversation.objects.for_system("what somebody had in a region they leave").filter(
        unlocked(), assignee_id=person.pk, region_id=region.pk, state__in=("open", "snoozed")
    )
    talks = list(theirs.select_related("contact", "channel__assignment_rule").locked().order_by("pk"))
    seen = Conversation.objects.visible_to(access_of(person)).filter(pk__in=[talk.pk for talk in talks])
    kept = set(seen.values_list("pk", flat=True))
    _let_go(change, person, [talk for talk in talks if talk.pk not in kept])


def _let_go(change: Change, person: User, talks: Sequence[Conversation]) -> None:
    left: dict[UUID, dict[str, Any]] = {}
    for talk in talks:
        left |= give_to(change, _BY, talk, None, ABSENT)
        if talk.risk_severity:
            let_go_of_risk(change, talk)
        dispatch_soon(change, talk.channel)
    tell(change, conversations=talks, left_scopes=left)
    # Without the conversation: a trainee does not see it any more, and is to hear of it all the same.
    notify(change, to=[person.pk] if talks else [], kind="conversation.requeued", count=len(talks))
    for region_id in sorted({talk.region_id for talk in talks}):
        here = sum(talk.region_id == region_id for talk in talks)
        change.announce(WaitingRequeued.of(person, region_id, here))
