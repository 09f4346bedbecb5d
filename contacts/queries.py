"""Reads of the contacts app."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from contacts.models import Contact, Identity, Note
from contacts.shapes import IdentityShape, phone_among
from contacts.tag_queries import tagged
from security.access import Access
from security.cursors import time_and_id
from security.encryption.keyring import open_keys
from security.regional import newest_of_regions

_OF_OPENED = "identities of contacts already opened for the reader"


def contact_page(*, access: Access, after: list[Any] | None, limit: int, tag: str = "") -> list[Contact]:
    """Contacts by the last time they wrote, newest first; one more than ``limit`` when there are more. ``tag``: only
    those who have one of these."""
    rows = Contact.objects.visible_to(access).filter(last_seen_at__isnull=False)
    if tag:
        rows = tagged(rows, "tag", tag)
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(last_seen_at__lt=at) | Q(last_seen_at=at, pk__lt=pk))
    page = list(newest_of_regions(rows, access=access, by="last_seen_at", count=limit + 1))
    open_keys(contact.key_id for contact in page)
    return page


def identities_by_contact(contacts: Iterable[Contact]) -> dict[UUID, list[Identity]]:
    """The identities of a page of contacts the caller may see, in one query."""
    wanted = [contact.pk for contact in contacts]
    found: dict[UUID, list[Identity]] = {pk: [] for pk in wanted}
    rows = Identity.objects.for_system(_OF_OPENED)
    for identity in rows.filter(contact_id__in=wanted).order_by("first_seen_at"):
        found[identity.contact_id].append(identity)
    return found


def phones_of(contacts: Iterable[Contact]) -> dict[UUID, str | None]:
    """The current number of each contact, or ``None``. Every line of a list needs it: only what it takes is read."""
    found: dict[UUID, list[IdentityShape]] = {contact.pk: [] for contact in contacts}
    rows = Identity.objects.for_system(_OF_OPENED).filter(contact_id__in=list(found), kind="wa_id", current=True)
    for row in rows.only("contact_id", "key_id", "value").order_by("first_seen_at"):
        found[row.contact_id].append(IdentityShape(kind="wa_id", value=row.value, current=True))
    return {pk: phone_among(known) for pk, known in found.items()}


def notes_of(*, access: Access, contact_id: object) -> list[Note]:
    """The notes on one contact, newest first."""
    contact = Contact.objects.visible_to(access).get_or_404(contact_id)
    return list(
        Note.objects.visible_to(access).filter(contact=contact).select_related("author").order_by("-created_at")
    )
