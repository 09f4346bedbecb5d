"""What number hygiene keeps of a contact: in its export, at its erasure, and when two contacts turn out to be one, or
two again (SR-12)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from contacts.models import Bounce, Contact, ContactMerge, Duplicate, MatchKey, Suppression
from contacts.privacy.belongings import Archive, Belongings, register_belongings
from security.bulk import save_many
from security.writing import Change

_WHY = "what is kept of a contact"


def _count(contact: Contact) -> Mapping[str, int]:
    """Nothing that somebody would look for after a merge."""
    return {}


def _stop(change: Change, contact: Contact) -> None:
    """By its number nobody is found any more, be it as a digest."""
    _forget_found(contact)
    Suppression.objects.for_system(_WHY).filter(contact=contact).delete()


def _gather(contact: Contact, archive: Archive) -> list[dict[str, Any]]:
    rows = Suppression.objects.for_system(_WHY).filter(contact=contact).order_by("set_at")
    return [
        {"suppressed_at": row.set_at, "lifted_at": row.lifted_at, "why": row.why, "reason": row.reason} for row in rows
    ]


def _take_over(change: Change, kept: Contact, merged: Contact) -> None:
    """Suppressions are those of the one that stays. Of two that are open its own holds: the other one lies with the
    contact that went, and comes back with it."""
    _forget_found(merged)
    rows = Suppression.objects.for_system(_WHY)
    held = rows.filter(contact=kept, lifted_at=None).exists()
    theirs = rows.filter(contact=merged)
    (theirs.exclude(lifted_at=None) if held else theirs).update(contact=kept)


def _forget_found(contact: Contact) -> None:
    """What is found out about contacts is found out anew."""
    MatchKey.objects.for_system(_WHY).filter(contact=contact).delete()
    Bounce.objects.for_system(_WHY).filter(contact=contact).delete()
    open_pairs = Duplicate.objects.for_system(_WHY).filter(state="open")
    open_pairs.filter(Q(one=contact) | Q(other=contact)).delete()


def _give_back(change: Change, merge: ContactMerge) -> None:
    """Each is suppressed by what is open of its own. Whoever was suppressed while the two were one stays so in both:
    nobody knows whose number was meant, and lifting it is one click."""
    kept, merged = merge.kept, merge.merged
    rows = Suppression.objects.for_system(_WHY).filter(contact__in=(kept, merged), lifted_at=None)
    held: dict[Any, Suppression] = {row.contact_id: row for row in rows}
    of_both = held.get(kept.pk)
    if of_both is not None and of_both.set_at >= merge.asked_at and merged.pk not in held:
        held[merged.pk] = Suppression(
            contact=merged, why=of_both.why, reason=of_both.reason, set_by_id=of_both.set_by_id, set_at=of_both.set_at
        )
        held[merged.pk].save(force_insert=True)
    for contact in (kept, merged):
        contact.suppressed_at = held[contact.pk].set_at if contact.pk in held else None
    save_many([kept, merged], ["suppressed_at"])


def register() -> None:
    register_belongings(
        Belongings(
            name="suppressions", count=_count, stop=_stop, gather=_gather, take_over=_take_over, give_back=_give_back
        )
    )
