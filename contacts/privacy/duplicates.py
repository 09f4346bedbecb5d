"""Who may be the same person as a contact, and what merging the two would move. Only proposals: a person decides."""

from collections.abc import Iterable
from uuid import UUID

from contacts.errors import OtherRegion, SameContact
from contacts.identities import same_person_numbers
from contacts.models import Contact, Identity
from contacts.privacy.belongings import counts_of
from contacts.privacy.shapes import DuplicateShape, MergePreviewShape
from contacts.queries import phones_of
from contacts.shapes import ContactBriefShape
from security.access import Access
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import open_keys
from security.errors import require

_WHY = "who may be the same person"
_MOST = 20
_LOOKED_THROUGH = 500  # names are sealed: those of the contacts seen last are opened and compared


def duplicates_of(*, access: Access, contact_id: UUID) -> list[DuplicateShape]:
    """By number in another form, by a former number, then by the very same name; as far as the reader sees them."""
    contact: Contact = Contact.objects.visible_to(access).get_or_404(contact_id)
    found: dict[UUID, str] = _by_number(contact)
    seen = Contact.objects.visible_to(access).filter(region_id=contact.region_id).exclude(pk=contact.pk)
    rows = {row.pk: row for row in seen.filter(pk__in=list(found))}
    if name := _name(contact):
        recent = list(seen.filter(last_seen_at__isnull=False).order_by("-last_seen_at")[:_LOOKED_THROUGH])
        open_keys(row.key_id for row in recent)
        for row in recent:
            if row.pk not in found and _name(row) == name:
                found[row.pk], rows[row.pk] = "name", row
    shown = [rows[pk] for pk in found if pk in rows][:_MOST]
    briefs = _briefs(shown)
    return [DuplicateShape(briefs[row.pk], found[row.pk], row.last_seen_at) for row in shown]


def merge_preview(*, access: Access, kept_id: UUID, merged_id: UUID) -> MergePreviewShape:
    kept: Contact = Contact.objects.visible_to(access).get_or_404(kept_id)
    require(kept_id != merged_id, SameContact)
    merged: Contact = Contact.objects.visible_to(access).get_or_404(merged_id)
    require(kept.region_id == merged.region_id, OtherRegion)
    briefs = _briefs([kept, merged])
    moves = counts_of(merged)
    return MergePreviewShape(
        kept=briefs[kept.pk],
        merged=briefs[merged.pk],
        moves=moves,
        different_numbers=_are_two(kept, merged),
    )


def _by_number(contact: Contact) -> dict[UUID, str]:
    numbers = [i.value for i in _identities(contact) if i.kind == "wa_id"]
    index = BlindIndex(contact.region_id)
    digests = {index.digest(form, kind="wa_id") for number in numbers for form in same_person_numbers(number)}
    others = Identity.objects.for_system(_WHY).filter(region_id=contact.region_id, digest__in=digests, kind="wa_id")
    places = others.exclude(contact=contact).values_list("contact_id", "current")
    return {pk: "number" if current else "former" for pk, current in places}


def _are_two(kept: Contact, merged: Contact) -> bool:
    mine, theirs = ({i.value for i in _identities(one) if i.kind == "wa_id" and i.current} for one in (kept, merged))
    return bool(mine and theirs) and not any(set(same_person_numbers(number)) & theirs for number in mine)


def _identities(contact: Contact) -> Iterable[Identity]:
    return list(Identity.objects.for_system(_WHY).filter(contact=contact))


def _name(contact: Contact) -> str:
    profile = contact.profile
    return str(profile.get("name") or profile.get("profile_name") or "").casefold()


def _briefs(contacts: list[Contact]) -> dict[UUID, ContactBriefShape]:
    open_keys(contact.key_id for contact in contacts)
    phones = phones_of(contacts)
    return {contact.pk: ContactBriefShape.of(contact, phones.get(contact.pk)) for contact in contacts}
