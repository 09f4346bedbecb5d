"""Reads of the consent register."""

from collections.abc import Sequence
from uuid import UUID

from contacts.models import ConsentEntry, ConsentProof, Contact
from contacts.privacy.shapes import ConsentShape, ProofShape
from contacts.shapes import AuthorShape
from security.access import Access
from security.encryption.keyring import open_keys
from security.names import names_of

_WHY = "the register of a contact that was opened for its reader"


def consents_of(*, access: Access, contact_id: UUID) -> list[ConsentEntry]:
    """The register of one contact, newest first, with what was entered for contacts that were merged into it."""
    contact: Contact = Contact.objects.visible_to(access).get_or_404(contact_id)
    return entries_of(contact)


def entries_of(contact: Contact) -> list[ConsentEntry]:
    rows = ConsentEntry.objects.for_system(_WHY).filter(contact_id__in=[contact.pk, *merged_into(contact.pk)])
    return list(rows.order_by("-at", "-id"))


def merged_into(contact_id: UUID) -> list[UUID]:
    """Every contact that became this one, directly or by way of another."""
    found: list[UUID] = []
    latest = [contact_id]
    while latest:
        rows = Contact.objects.for_system(_WHY).filter(merged_into__in=latest)
        latest = list(rows.values_list("pk", flat=True))
        found += latest
    return found


def consent_shapes(rows: Sequence[ConsentEntry]) -> list[ConsentShape]:
    """``rows`` are newest first."""
    proofs = proofs_of(rows)
    open_keys([*(row.key_id for row in rows), *(proof.key_id for proof in proofs.values())])
    names = names_of(row.recorded_by_id for row in rows if row.recorded_by_id is not None)
    newest: set[str] = set()
    shapes = []
    for row in rows:
        shapes.append(_shape(row, names, proofs.get(row.pk), holds=row.purpose not in newest))
        newest.add(row.purpose)
    return shapes


def proofs_of(rows: Sequence[ConsentEntry]) -> dict[UUID, ConsentProof]:
    found = ConsentProof.objects.for_system(_WHY).filter(entry__in=[row.pk for row in rows]) if rows else ()
    return {proof.entry_id: proof for proof in found}


def _shape(row: ConsentEntry, names: dict[int, str], proof: ConsentProof | None, *, holds: bool) -> ConsentShape:
    who = row.recorded_by_id
    return ConsentShape(
        id=str(row.pk),
        contact_id=str(row.contact_id),
        purpose=row.purpose,
        given=row.given,
        source=row.source,
        evidence=row.evidence or "",
        at=row.at,
        recorded_by=None if who is None else AuthorShape(id=who, name=names.get(who, "")),
        recorded_at=row.recorded_at,
        holds=holds,
        proof=None if proof is None else ProofShape(name=proof.name, mime_type=proof.mime_type, size=proof.size),
    )
