"""What stands aside of a conversation's own row: its running snooze, lock and risk, and replies for later, for many
rows with at most four queries, and none where there are none."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contacts.shapes import AuthorShape
from inbox.models import Conversation, ConversationLock, RiskCase, ScheduledReply, Snooze
from inbox.policies import is_locked
from inbox.shapes import LockShape, RiskBriefShape, ScheduledBriefShape, SnoozeShape
from security.names import names_of

_WHY = "parts of rows already opened for the reader"


@dataclass(frozen=True)
class Aside:
    snoozes: dict[UUID, SnoozeShape]
    locks: dict[UUID, LockShape]
    scheduled: dict[UUID, ScheduledBriefShape]
    risks: dict[UUID, RiskBriefShape]


def standing_aside(conversations: Sequence[Conversation]) -> Aside:
    """By conversation. Their keys are open: they are their contacts'."""
    asleep = [row.pk for row in conversations if row.state == "snoozed"]
    locked = [row.pk for row in conversations if is_locked(row)]
    risky = [row.pk for row in conversations if row.risk_severity]
    snoozes = list(_running(Snooze, asleep)) if asleep else []
    locks = list(_running(ConversationLock, locked)) if locked else []
    risks = list(_risks(risky)) if risky else []
    people = [row.snoozed_by_id for row in snoozes] + [row.locked_by_id for row in locks]
    names = names_of(people + [pk for row in risks for pk in (row.given_to_id, row.taken_by_id)])
    return Aside(
        snoozes={row.conversation_id: _snooze(row, names) for row in snoozes},
        locks={row.conversation_id: _lock(row, names) for row in locks},
        scheduled=_scheduled([row.pk for row in conversations if row.scheduled_at is not None]),
        risks={row.conversation_id: _risk(row, names) for row in risks},
    )


def woken_how(row: Conversation) -> str | None:
    """Why it came back; nothing any more once something was said, or it was put aside or done."""
    back = row.state == "open" and row.woken_at is not None and row.woken_at == row.last_activity_at
    return row.woken_how if back else None


def _scheduled(ids: Sequence[UUID]) -> dict[UUID, ScheduledBriefShape]:
    if not ids:
        return {}
    rows = ScheduledReply.objects.for_system(_WHY).filter(conversation__in=ids, ended_at=None)
    found = defaultdict(list)
    for conversation_id, *waiting in rows.values_list("conversation_id", "send_at", "author_id", "state"):
        found[conversation_id].append(waiting)
    return {
        pk: ScheduledBriefShape(
            at=min(at for at, _, _ in waiting),
            authors=sorted({author for _, author, _ in waiting}),
            troubled=any(state != "waiting" for _, _, state in waiting),
        )
        for pk, waiting in found.items()
    }


def _running(model: Any, ids: Sequence[UUID]) -> Any:
    return model.objects.for_system(_WHY).filter(conversation__in=ids, ended_at=None)


def _snooze(row: Snooze, names: dict[int, str]) -> SnoozeShape:
    return SnoozeShape(
        until=row.until,
        wake_at=row.wake_at,
        wakes_on_reply=row.wakes_on_reply,
        reason=row.reason,
        by=_somebody(row.snoozed_by_id, names),
    )


def _lock(row: ConversationLock, names: dict[int, str]) -> LockShape:
    return LockShape(by=_somebody(row.locked_by_id, names), since=row.locked_at, until=row.until, reason=row.reason)


def _somebody(user_id: int | None, names: dict[int, str]) -> AuthorShape | None:
    return None if user_id is None else AuthorShape(id=user_id, name=names.get(user_id, ""))


def _risks(ids: Sequence[UUID]) -> Any:
    return RiskCase.objects.for_system(_WHY).filter(conversation__in=ids, closed_at=None).defer("note", "reason")


def _risk(row: RiskCase, names: dict[int, str]) -> RiskBriefShape:
    return RiskBriefShape(
        kind=row.kind,
        severity=row.severity,
        state=row.state,
        raised_at=row.raised_at,
        due_at=row.due_at,
        given_to=_somebody(row.given_to_id, names),
        taken_by=_somebody(row.taken_by_id, names),
    )
