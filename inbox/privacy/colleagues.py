"""What colleagues wrote about a conversation besides notes, for an export: why it was put aside, locked, held, judged,
what a macro changed, why it was deleted."""

from collections.abc import Sequence
from typing import Any

from inbox.models import (
    Conversation,
    ConversationLock,
    Deletion,
    HeldComment,
    HeldReply,
    MacroRun,
    QaRemark,
    QaReview,
    Snooze,
)
from security.encryption.keyring import open_keys

_WHY = "an export"


def of_colleagues(talk: Conversation) -> dict[str, Any]:
    return {
        "snoozes": [
            {"snoozed_at": row.snoozed_at, "until": row.until, "reason": row.reason} for row in _of(Snooze, talk)
        ],
        "locks": [
            {"locked_at": row.locked_at, "reason": row.reason, "broken_because": row.broken_because}
            for row in _of(ConversationLock, talk)
        ],
        "held": _held(_of(HeldReply, talk)),
        "reviews": _reviews(_of(QaReview, talk)),
        "macro_runs": [{"run_at": row.run_at, "changes": row.changes} for row in _of(MacroRun, talk)],
        "deletions": [
            {"asked_at": row.asked_at, "state": row.state, "reason": row.reason, "held_because": row.held_because}
            for row in _of(Deletion, talk)
        ],
    }


def _of(model: Any, talk: Conversation) -> list[Any]:
    rows = list(model.objects.for_system(_WHY).filter(conversation=talk).order_by("pk"))
    open_keys(row.key_id for row in rows)
    return rows


def _held(rows: Sequence[HeldReply]) -> list[dict[str, Any]]:
    comments = HeldComment.objects.for_system(_WHY).filter(held__in=[row.pk for row in rows]).order_by("at")
    said: dict[Any, list[dict[str, Any]]] = {row.pk: [] for row in rows}
    for one in comments:
        said[one.held_id].append({"at": one.at, "text": one.text})
    return [
        {
            "message": str(row.message_id),
            "state": row.state,
            "held_at": row.held_at,
            "before": row.before,
            "comments": said[row.pk],
        }
        for row in rows
    ]


def _reviews(rows: Sequence[QaReview]) -> list[dict[str, Any]]:
    remarks = QaRemark.objects.for_system(_WHY).filter(review__in=[row.pk for row in rows]).order_by("at")
    said: dict[Any, list[dict[str, Any]]] = {row.pk: [] for row in rows}
    for one in remarks:
        said[one.review_id].append({"message": str(one.message_id), "at": one.at, "text": one.text})
    return [
        {"scored_at": row.scored_at, "summary": row.summary, "answer": row.answer, "remarks": said[row.pk]}
        for row in rows
    ]
