"""A contact must be kept: neither time nor anybody destroys anything of it until the last hold ends (CM-8).

Whoever destroys something looks for holds under the lock of the conversation; whoever sets one takes those locks too,
so that nothing goes any more once it is set.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.events import ContactChanged
from contacts.models import Contact, Identity, LegalHold
from contacts.privacy.belongings import all_belongings, lock_contact
from security.access import Access
from security.actions.reasons import check_reason
from security.actions.renewing import move_row
from security.errors import Invalid, NotFound, require
from security.writing import Change, write

_WHY = "a legal hold"


def hold_contact(*, by: Access, contact_id: UUID, reason: str) -> LegalHold:
    """From now on nothing of it may be destroyed. There may be several holds, each with a reason of its own."""
    check_reason(reason)
    with write(by=by) as change:
        contact = _locked(by, contact_id)
        return add_hold(change, contact, reason=reason.strip(), set_by_id=by.user_id, set_at=timezone.now())


def add_hold(
    change: Change, contact: Contact, *, reason: str, set_by_id: int | None, set_at: datetime, **facts: Any
) -> LegalHold:
    """On a contact that is locked; also for what was on hold otherwise until now."""
    hold = LegalHold(contact=contact, key_id=contact.key_id, reason=reason, set_by_id=set_by_id, set_at=set_at)
    hold.save(force_insert=True)
    contact.held_at = min(contact.held_at or set_at, set_at)
    _save(change, contact)
    change.record("contact.hold_set", contact, **facts)
    return hold


def release_contact(*, by: Access, contact_id: UUID, hold_id: UUID | None = None) -> LegalHold | None:
    """End one hold; which one need not be said where there is only one. Twice is once."""
    with write(by=by) as change:
        contact = _locked(by, contact_id)
        running = list(_running(contact).order_by("set_at", "pk"))
        if hold_id is not None:
            running = [one for one in running if one.pk == hold_id]
        elif len(running) > 1:
            raise Invalid(field="hold", message=_("There are several holds. Say which one ends."))
        if not running:
            return None
        (hold,) = running
        hold.released_by_id, hold.released_at = by.user_id, timezone.now()
        hold.save(update_fields=["released_by", "released_at"])
        contact.held_at = _since(contact)
        _save(change, contact)
        change.record("contact.hold_released", contact)
        if contact.held_at is None:
            for belongings in all_belongings():
                belongings.released(change, contact)
    return hold


def take_over_holds(kept: Contact, merged: Contact) -> None:
    """A hold of one is a hold of both. ``kept`` is saved by the caller."""
    for hold in LegalHold.objects.for_system(_WHY).filter(contact=merged):
        hold.contact = kept
        move_row(hold, kept.key_id, "contact")
    kept.held_at = _since(kept)


def _running(contact: Contact) -> Any:
    return LegalHold.objects.for_system(_WHY).filter(contact=contact, released_at=None)


def _since(contact: Contact) -> datetime | None:
    first: datetime | None = _running(contact).aggregate(first=Min("set_at"))["first"]
    return first


def _locked(by: Access, contact_id: UUID) -> Contact:
    Contact.objects.visible_to(by).get_or_404(contact_id)
    require(by.can("contacts.hold_contact"))
    contact = lock_contact(contact_id)
    if contact is None or contact.gone:
        raise NotFound
    return contact


def _save(change: Change, contact: Contact) -> None:
    contact.version += 1
    contact.save(update_fields=["held_at", "version"])
    change.announce(ContactChanged.of(contact, Identity.objects.for_system(_WHY).filter(contact=contact)))
