"""Erasing a contact (CM-8, SE-7): its keys are destroyed at once, which makes everything under them unreadable, in
backups as well; then the rows themselves go, in batches, and a proof is written.

Nothing brings it back. Whoever writes from the same number afterwards is somebody new.
"""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.actions.exporting import destroy_exports
from contacts.errors import OnLegalHold, StillMoving
from contacts.events import ContactChanged
from contacts.models import Contact, ContactMerge, Erasure, Identity
from contacts.policies import threads_of
from contacts.privacy.belongings import all_belongings, is_held, lock_contact
from contacts.privacy.erased import blank, blank_key
from contacts.privacy.proof import digest_of_key, proof_of
from contacts.search import forget_contact
from contacts.shapes import IdentityShape, display_name, phone_among
from security.access import Access, System
from security.actions.reasons import check_reason
from security.encryption.keyring import KeyGone, destroy_keys, forget, former_keys, make_keys, open_key, shared_key
from security.encryption.sealed_rows import BLANK, DELETE, KEEP, SealedRows, sealed_rows
from security.errors import Invalid, NotFound, require
from security.factors import require_fresh_factor
from security.models import StreamEvent
from security.scoping import every_row
from security.writing import Change, write

_WHY = "erasing a contact"
_BY = System("erasing a contact")
_AT_ONCE = 200  # rows a transaction: on SQLite nobody else writes meanwhile
_A_RUN = 20


def erase_contact(*, by: Access, contact_id: UUID, confirm: str, reason: str) -> Erasure:
    """Destroy the keys of a contact for ever; the rows follow in the background (``carry_on_erasing``).

    ``confirm`` is the contact's name as it is shown, or the number: typed, so that nobody does it by a slip.
    """
    check_reason(reason)
    require(by.can("contacts.erase_contact"))
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
    running = Erasure.objects.for_system(_WHY).filter(finished_at=None).order_by("asked_at", "pk")
    return sum(_finish(pk) for pk in list(running.values_list("pk", flat=True)[:_A_RUN]))


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


def _finish(erasure_id: UUID) -> bool:
    """Whether this call was the one that finished it."""
    erasure: Erasure = Erasure.objects.for_system(_WHY).get(pk=erasure_id)
    keys = [UUID(key_id) for key_id in erasure.key_ids]
    for kind in sealed_rows("contact"):
        while _destroy_some(erasure, kind, keys):
            pass
    for belongings in all_belongings():
        while belongings.erase_some(erasure):
            pass
    StreamEvent.objects.filter(key_id__in=keys).exclude(payload=b"").update(payload=b"")
    with write(by=_BY) as change:
        rows = Erasure.objects.for_system(_WHY).locked().select_related("contact", "asked_by", "region")
        row: Erasure = rows.get(pk=erasure_id)
        if row.finished_at is not None:
            return False
        own, reason = row.key_id, row.reason
        row.key_id, row.reason, row.traces = shared_key(region_id=row.region_id, purpose="privacy"), reason, None
        row.finished_at = timezone.now()
        row.proof = proof_of(row).digest
        row.save()
        destroy_keys([own])
        change.record("contact.erased", row.contact, proof=row.proof, rows=sum(row.counts.values()), files=row.files)
    return True


def _destroy_some(erasure: Erasure, kind: SealedRows, keys: list[UUID]) -> int:
    if kind.at_erasure == KEEP:
        return 0
    afterwards: list[Any] = []
    with write(by=_BY):
        row: Erasure = Erasure.objects.for_system(_WHY).locked().get(pk=erasure.pk)
        found = kind.of(row.contact_id).filter(key_id__in=keys).order_by("pk").select_for_update(of=("self",))
        batch = list(found[:_AT_ONCE])
        if not batch:
            return 0
        row.checked += sum(_does_not_open(one.key_id) for one in batch)
        afterwards += [kind.unfile(one) for one in batch] if kind.unfile is not None else []
        row.files += sum(one.files for one in afterwards)
        ids = [one.pk for one in batch]
        same = every_row(kind.model, _WHY).filter(pk__in=ids)
        if kind.at_erasure == DELETE:
            same.delete()
        elif kind.at_erasure == BLANK:
            same.update(**kind.blanks(), key_id=blank_key(row.region_id))
        label = kind.model._meta.label_lower
        row.counts = {**row.counts, label: row.counts.get(label, 0) + len(batch)}
        row.save(update_fields=["counts", "files", "checked"])
    for one in afterwards:
        one.remove()
    return len(batch)


def _does_not_open(key_id: UUID) -> bool:
    """Really tried, with the table and not with what this process remembers."""
    forget([key_id])
    try:
        open_key(key_id)
    except KeyGone:
        return True
    return False


def _moving(contact: Contact) -> bool:
    merges = ContactMerge.objects.for_system(_WHY).filter(finished_at=None)
    return merges.filter(kept=contact).exists()


def _check_confirmed(contact: Contact, identities: list[Identity], confirm: str) -> None:
    known = [IdentityShape(kind=i.kind, value=i.value, current=i.current) for i in identities]
    phone = phone_among(known)
    typed = " ".join(confirm.split()).casefold()
    accepted = {" ".join(display_name(contact, phone).split()).casefold(), *([phone] if phone else [])}
    if typed not in accepted:
        raise Invalid(field="confirm", message=_("This is not the name of this contact."))
