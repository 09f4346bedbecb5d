"""What a conversation was before something was done to it, and putting exactly that back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from inbox.actions.assignments import give_to, is_fit
from inbox.actions.resolutions import reopen
from inbox.actions.tagging import has_tag, put_tag
from inbox.actions.waking import end_snooze, wake_moment
from inbox.errors import ChangedMeanwhile
from inbox.models import Conversation, Snooze
from inbox.policies import BINNED, locked_against, scope_of, sees_conversation
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import LeftScopes, tell
from security.access import Access
from security.errors import NotFound, require
from security.writing import Change

_WHY = "taking back what was done"
Aspect = dict[str, Any]


def aspect_of(row: Conversation, deed: str, values: Mapping[str, Any] | None = None) -> Aspect:
    """All that ``deed`` changes of a conversation, as JSON. ``values``: what it is done with, where that matters."""
    if deed in ("tag", "untag"):
        tag = str((values or {})["tag"])
        return {"tag": tag, "there": has_tag(row, UUID(tag))}
    if deed == "assign":
        return {"assignee": row.assignee_id}
    if deed == "team":
        return {"team": row.team_id, "assignee": row.assignee_id}
    if deed == "priority":
        return {"priority": row.priority}
    if deed == "payment":
        return {"payment": _told(row.payment_marked_at)}
    running = Snooze.objects.for_system(_WHY).filter(conversation=row, ended_at=None).first()
    waiting = {"waiting_since": _told(row.waiting_since)} if deed == "resolve" else {}
    return {"state": row.state, "case": row.case_count, "snooze": str(running.pk) if running else None, **waiting}


def take_back(change: Change, by: Access, row: Conversation, deed: str, item: dict[str, Aspect]) -> None:
    """Restore ``item["before"]``; what is not as the deed left it any more is left alone. ``row`` is locked."""
    if item["before"] == item["after"]:
        return
    require(_sees(by, row, item["before"]), NotFound)
    as_left = aspect_of(row, deed, item["before"]) == item["after"] and row.state != BINNED
    require(as_left and not locked_against(by, row), ChangedMeanwhile)
    before = item["before"]
    if deed in ("tag", "untag"):
        put_tag(by, row.pk, UUID(before["tag"]), there=before["there"])
        return
    left: LeftScopes = {row.pk: scope_of(row)}
    theirs = before.get("assignee")
    # Gone since, of another region, or a trainee while it is risky: it cannot be theirs again.
    require(theirs is None or is_fit(row, theirs), ChangedMeanwhile)
    if deed in ("assign", "team"):
        row.team_id = before.get("team", row.team_id)
        give_to(change, by, row, before["assignee"])
    elif deed == "priority":
        row.priority = before["priority"]
    elif deed == "payment":
        row.payment_marked_at = _moment(before["payment"])
    else:
        _put_back_state(change, by, row, before)
    row.version += 1
    refresh_due([row])
    row.save(update_fields=["priority", "payment_marked_at", "state", "waiting_since", "version", *DUE_FIELDS])
    change.record("conversation.taken_back", row, deed=deed, before=item["after"], after=before)
    tell(change, conversations=[row], left_scopes=left)


def _sees(by: Access, row: Conversation, before: Aspect) -> bool:
    """Asked again, since they may have left the region. What one took from one's own sight one may put back there."""
    scope = scope_of(row)
    was = {**scope, "assignee_id": before.get("assignee", row.assignee_id)}
    if "payment" in before:
        was["payment"] = before["payment"] is not None
    return sees_conversation(by, scope) or sees_conversation(by, was)


def _put_back_state(change: Change, by: Access, row: Conversation, before: Aspect) -> None:
    if row.state == "resolved":
        reopen(change, by, row)
    end_snooze(row, how="person", by=by)
    row.state = before["state"]
    if "waiting_since" in before:
        row.waiting_since = _moment(before["waiting_since"])
    if before["snooze"] is not None:
        _sleep_again(row, before["snooze"])


def _sleep_again(row: Conversation, snooze_id: str) -> None:
    """The snooze that was ended runs on, unless its time has come meanwhile."""
    snooze = Snooze.objects.for_system(_WHY).get(pk=snooze_id)
    if snooze.until <= timezone.now():
        row.state = "open"
        return
    snooze.wake_at = wake_moment(row, snooze.until)
    snooze.ended_at, snooze.ended_how, snooze.ended_by_id = None, "", None
    snooze.save(update_fields=["wake_at", "ended_at", "ended_how", "ended_by"])


def _told(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
