"""Erasing a contact (CM-8, SE-7): its keys are destroyed at once, which makes everything under them unreadable, in
backups as well; then the rows themselves go, in batches, and a proof is written.

Nothing brings it back. Whoever writes from the same number afterwards is somebody new.
"""

from functools import partial
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.actions.destroying import finish
from contacts.actions.exporting import destroy_exports
from contacts.errors import OnLegalHold, StillMoving
from contacts.events import ContactChanged
from contacts.models import Contact, ContactMerge, Erasure, Identity
from contacts.policies import threads_of
from contacts.privacy.belongings import all_belongings, is_held, lock_contact
from contacts.privacy.erased import blank
from contacts.privacy.proof import digest_of_key
from contacts.privacy.stuck import IN_TURN, go_on
from contacts.search import forget_contact
from contacts.shapes import IdentityShape, display_name, phone_among
from security.access import Access
from security.actions.reasons import check_reason
from security.encryption.keyring import destroy_keys, former_keys, make_keys
from security.errors import Invalid, NotFound, require
from security.factors import require_fresh_factor
from security.one_by_one import each_alone
from security.tiers.holding import require_right
from security.writing import Change, write

_WHY = "erasing a contact"
_A_RUN = 20


def erase_contact(*, by: Access, contact_id: UUID, confirm: str, reason: str) -> Erasure:
    """Destroy the keys of a contact for ever; the rows follow in the background (``carry_on_erasing``).

    ``confirm`` is the contact's name as it is shown, or the number: typed, so that nobody does it by a slip.
    """
    check_reason(reason)
    require_right(by, "contacts.erase_contact")
    require_fresh_factor(by)
    with write(by=by) as change:
        if not Contact.objects.visible_to(by).filter(pk=contact_id).exists():
            raise NotFound
        contact = lock_contact(contact_id)
        if contact is None or contact.gone:
            raise NotFound
        require(not is_held(contact), OnLegalHold)
        require(not _moving(contact), StillMoving)
        identities = list(Identity.objects.for_system(_WHY).filter(contact=contact).order_by("first_seen_at"))
        _check_confirmed(contact, identities, confirm)
        erasure = _begin(by, contact, identities, reason)
        _take_away(change, contact)
        destroy_keys([UUID(key_id) for key_id in erasure.key_ids])
        change.record("contact.erasure_began", contact, keys=len(erasure.keys), erasure=str(erasure.pk))
        from contacts.tasks import carry_on  # tasks import actions

        change.enqueue(carry_on)
    return erasure


def carry_on_erasing() -> int:
    """Destroy what is left of the contacts that were erased; returns how many were finished. Safe to run twice, and to
    be killed at any point: rows that are left are found by their keys."""
    running = Erasure.objects.for_system(_WHY).filter(finished_at=None).order_by(*IN_TURN)
    return each_alone(partial(go_on, finish), [(row,) for row in list(running[:_A_RUN])], what="erasure")


def _begin(by: Access, contact: Contact, identities: list[Identity], reason: str) -> Erasure:
    keys = [contact.key_id, *former_keys(contact.key_id)]
    (own,) = make_keys(region_id=contact.region_id, purpose="erasure")
    erasure = Erasure(
        contact=contact,
        region_id=contact.region_id,
        key_id=own.pk,
        reason=reason.strip(),
        traces=[identity.value for identity in identities if identity.kind != "username"],
        asked_by_id=by.user_id,
        asked_at=timezone.now(),
        keys=[digest_of_key(key_id) for key_id in keys],
        key_ids=[str(key_id) for key_id in keys],
    )
    erasure.save(force_insert=True)
    return erasure


def _take_away(change: Change, contact: Contact) -> None:
    """Nobody sees it from here on, and nothing of it leaves."""
    left = {
        "region_id": contact.region_id,
        "threads": threads_of([contact.pk])[contact.pk],
        "object_id": str(contact.pk),
    }
    forget_contact(contact)  # while its keys are there
    Identity.objects.for_system(_WHY).filter(contact=contact).delete()
    destroy_exports(change, contact)
    blank(contact, gone="erased")
    contact.save()
    for belongings in all_belongings():
        belongings.stop(change, contact)
    change.announce(ContactChanged.gone(contact, left_scope=left))


def _moving(contact: Contact) -> bool:
    merges = ContactMerge.objects.for_system(_WHY).filter(finished_at=None)
    return merges.filter(Q(kept=contact) | Q(merged=contact)).exists()


def _check_confirmed(contact: Contact, identities: list[Identity], confirm: str) -> None:
    known = [IdentityShape(kind=i.kind, value=i.value, current=i.current) for i in identities]
    phone = phone_among(known)
    typed = " ".join(confirm.split()).casefold()
    accepted = {" ".join(display_name(contact, phone).split()).casefold(), *([phone] if phone else [])}
    if typed not in accepted:
        raise Invalid(field="confirm", message=_("This is not the name of this contact."))
