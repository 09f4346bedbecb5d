"""What rules did for a contact: in its export, at its erasure, and when two contacts turn out to be one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from contacts.actions.merge_records import dropped_by, note_dropped
from contacts.models import Contact, ContactMerge, Rule, RuleDue, RuleRun
from contacts.privacy.belongings import Archive, Belongings, register_belongings
from security.actions.renewing import move_row
from security.bulk import insert_many
from security.writing import Change

_WHY = "what is kept of a contact"


def _count(contact: Contact) -> Mapping[str, int]:
    count = RuleRun.objects.for_system(_WHY).filter(contact=contact).count()
    return {"rule_runs": count} if count else {}


def _stop(change: Change, contact: Contact) -> None:
    """No rule waits for it any more; what fired goes with its key."""
    RuleDue.objects.for_system(_WHY).filter(contact=contact).delete()


def _gather(contact: Contact, archive: Archive) -> list[dict[str, Any]]:
    rows = RuleRun.objects.for_system(_WHY).filter(contact=contact).select_related("version").order_by("fired_at")
    return [{"rule": row.version.name, "at": row.fired_at, "because_of": row.event} for row in rows.defer("verdict")]


def _take_over(change: Change, kept: Contact, merged: Contact) -> None:
    """Where a rule waits for both, it goes on waiting for the one that stays; the other's time is noted for an undo."""
    for run in RuleRun.objects.for_system(_WHY).filter(contact=merged):
        run.contact = kept
        move_row(run, kept.key_id, "contact")
    due = RuleDue.objects.for_system(_WHY)
    known = due.filter(contact=kept).values_list("rule_id", flat=True)
    both = due.filter(contact=merged, rule__in=list(known))
    note_dropped(kept, merged, RuleDue, [_told(row) for row in both])
    both.delete()
    due.filter(contact=merged).update(contact=kept)


def _told(row: RuleDue) -> dict[str, Any]:
    talk = None if row.conversation_id is None else str(row.conversation_id)
    return {"rule": str(row.rule_id), "talk": talk, "since": row.since.isoformat(), "due_at": row.due_at.isoformat()}


def _give_back(change: Change, merge: ContactMerge) -> None:
    """A rule that is off by now waits for nobody."""
    told = dropped_by(merge, RuleDue)
    on = Rule.objects.for_system(_WHY).filter(pk__in=[one["rule"] for one in told], is_on=True)
    waiting = set(on.values_list("pk", flat=True))
    rows = [
        RuleDue(
            rule_id=UUID(one["rule"]),
            contact=merge.merged,
            conversation_id=None if one["talk"] is None else UUID(one["talk"]),
            since=datetime.fromisoformat(one["since"]),
            due_at=datetime.fromisoformat(one["due_at"]),
        )
        for one in told
        if UUID(one["rule"]) in waiting
    ]
    insert_many(rows, ignoring_conflicts=True)


def register() -> None:
    register_belongings(
        Belongings(name="rules", count=_count, stop=_stop, gather=_gather, take_over=_take_over, give_back=_give_back)
    )
