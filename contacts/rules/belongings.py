"""What rules did for a contact: in its export, at its erasure, and when two contacts turn out to be one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from contacts.models import Contact, Erasure, RuleDue, RuleRun
from contacts.privacy.belongings import Archive, Belongings, register_belongings
from security.actions.renewing import move_row
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
    for run in RuleRun.objects.for_system(_WHY).filter(contact=merged):
        run.contact = kept
        move_row(run, kept.key_id, "contact")
    due = RuleDue.objects.for_system(_WHY)
    known = due.filter(contact=kept).values_list("rule_id", flat=True)
    due.filter(contact=merged, rule__in=list(known)).delete()
    due.filter(contact=merged).update(contact=kept)


def _nothing(*_args: Any) -> int:
    return 0


def _lock(contact_id: UUID) -> None:
    """A rule that fires has locked the contact."""


def _erase_some(erasure: Erasure) -> int:
    return 0


def _is_held(contact: Contact) -> bool:
    return False


def register() -> None:
    register_belongings(
        Belongings(
            name="rules", lock=_lock, count=_count, stop=_stop, erase_some=_erase_some, gather=_gather,
            held=_is_held, released=_nothing, take_over=_take_over, join_some=_nothing,
        )
    )  # fmt: skip
