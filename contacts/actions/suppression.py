"""Contacts that get no marketing because of how their number is (SR-12): in bulk, with a reason, each in the log."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.events import ContactChanged
from contacts.models import Contact, Identity, Suppression
from contacts.models.suppression import WHYS
from contacts.policies import threads_of
from security.access import Access
from security.bulk import insert_many, save_many
from security.errors import Invalid, NotFound
from security.tiers.holding import require_right
from security.writing import Change, write

RIGHT = "contacts.suppress_contact"
MOST = 200
_WHY = "suppressing numbers"
_REASON_MAX = 500


def suppress_contacts(*, by: Access, contact_ids: Collection[UUID], why: str, reason: str = "") -> list[UUID]:
    """No marketing to these, by any path, until that is lifted. Returns those it is new for."""
    if why not in dict(WHYS):
        raise Invalid(field="why")
    if len(reason) > _REASON_MAX:
        raise Invalid(field="reason", message=_("At most %(n)s characters.") % {"n": _REASON_MAX})
    with write(by=by) as change:
        fresh = [one for one in _locked(by, contact_ids) if one.suppressed_at is None]
        now = timezone.now()
        for one in fresh:
            one.suppressed_at = now
            change.record("contact.suppressed", one, why=why)
        insert_many(
            [
                Suppression(contact=one, why=why, reason=reason.strip(), set_by_id=by.user_id, set_at=now)
                for one in fresh
            ]
        )
        _save(change, fresh)
    return [one.pk for one in fresh]


def unsuppress_contacts(*, by: Access, contact_ids: Collection[UUID]) -> list[UUID]:
    """Whether they get marketing is for their own word again. Returns those it is new for."""
    with write(by=by) as change:
        held = [one for one in _locked(by, contact_ids) if one.suppressed_at is not None]
        open_ones = Suppression.objects.for_system(_WHY).filter(contact__in=held, lifted_at=None)
        open_ones.update(lifted_at=timezone.now(), lifted_by=by.user_id)
        for one in held:
            one.suppressed_at = None
            change.record("contact.unsuppressed", one)
        _save(change, held)
    return [one.pk for one in held]


def _locked(by: Access, contact_ids: Collection[UUID]) -> list[Contact]:
    require_right(by, RIGHT)
    wanted = set(contact_ids)
    if len(wanted) > MOST:
        raise Invalid(field="contacts", message=_("At most %(n)s at once.") % {"n": MOST})
    found: list[Contact] = list(Contact.objects.visible_to(by).filter(pk__in=wanted).locked().order_by("id"))
    if len(found) != len(wanted):
        raise NotFound
    return found


def _save(change: Change, contacts: list[Contact]) -> None:
    for one in contacts:
        one.version += 1
    save_many(contacts, ["suppressed_at", "version"])
    threads = threads_of(one.pk for one in contacts)
    identities: dict[UUID, list[Identity]] = {one.pk: [] for one in contacts}
    for row in Identity.objects.for_system(_WHY).filter(contact__in=contacts):
        identities[row.contact_id].append(row)
    for one in contacts:
        change.announce(ContactChanged.of(one, identities[one.pk], threads=threads[one.pk]))
