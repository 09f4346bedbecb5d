"""A contact must be kept: neither time nor anybody destroys anything of it until the hold ends (CM-8)."""

from uuid import UUID

from django.utils import timezone

from contacts.events import ContactChanged
from contacts.models import Contact, Identity, LegalHold
from security.access import Access
from security.actions.reasons import check_reason
from security.errors import AlreadyDecided, require
from security.writing import Change, write

_WHY = "a legal hold"


def hold_contact(*, by: Access, contact_id: UUID, reason: str) -> LegalHold:
    """From now on nothing of it may be destroyed."""
    check_reason(reason)
    with write(by=by) as change:
        contact = _locked(by, contact_id)
        require(contact.held_at is None, AlreadyDecided)
        contact.held_at = timezone.now()
        hold = LegalHold(contact=contact, key_id=contact.key_id, reason=reason.strip())
        hold.set_by_id, hold.set_at = by.user_id, contact.held_at
        hold.save(force_insert=True)
        _save(change, contact)
        change.record("contact.hold_set", contact)
    return hold


def release_contact(*, by: Access, contact_id: UUID) -> LegalHold | None:
    """Twice is once."""
    with write(by=by) as change:
        contact = _locked(by, contact_id)
        hold: LegalHold | None = LegalHold.objects.for_system(_WHY).filter(contact=contact, released_at=None).first()
        if hold is not None:
            contact.held_at = None
            hold.released_by_id, hold.released_at = by.user_id, timezone.now()
            hold.save(update_fields=["released_by", "released_at"])
            _save(change, contact)
            change.record("contact.hold_released", contact)
    return hold


def _locked(by: Access, contact_id: UUID) -> Contact:
    contact: Contact = Contact.objects.visible_to(by).locked().get_or_404(contact_id)
    require(by.can("contacts.hold_contact"))
    return contact


def _save(change: Change, contact: Contact) -> None:
    contact.version += 1
    contact.save(update_fields=["held_at", "version"])
    change.announce(ContactChanged.of(contact, Identity.objects.for_system(_WHY).filter(contact=contact)))
