"""A file beside a line of the consent register: added once, never changed (SR-2)."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from contacts.consent.proofs import read_proof, type_of, write_proof
from contacts.errors import ProofExists, ProofGone, ProofTooLarge, ProofTypeRefused
from contacts.events import ConsentRecorded
from contacts.models import ConsentEntry, ConsentPolicy, ConsentProof, Contact
from contacts.privacy.archive import safe_name
from contacts.privacy.consents import consent_shapes, entries_of
from contacts.privacy.shapes import ConsentShape
from security.access import Access
from security.errors import NotFound, require
from security.writing import write

_WHY = "proof of a line that was opened for its reader"


def add_proof(*, by: Access, contact_id: UUID, entry_id: UUID, file: UploadedFile) -> ConsentProof:
    """The type is read from the content, not believed."""
    contact, entry = _line(by, contact_id, entry_id)
    require(by.can("contacts.edit_contact"))
    if (file.size or 0) > ConsentPolicy.current().proof_megabytes * 1_000_000:
        raise ProofTooLarge(field="file")
    content = file.read()
    mime_type = type_of(content)
    if mime_type is None:
        raise ProofTypeRefused(field="file")
    proof = ConsentProof(
        contact=contact, entry=entry, key_id=contact.key_id, name=safe_name(file.name or ""), mime_type=mime_type,
        size=len(content), added_by_id=by.user_id, added_at=timezone.now(),
    )  # fmt: skip
    proof.file = write_proof(proof, content)  # takes long: before the transaction, not inside it
    try:
        with write(by=by) as change:
            locked: Contact = Contact.objects.visible_to(by).locked().get_or_404(contact.pk)
            require(locked.key_id == proof.key_id, ProofGone)  # its key was renewed, or it was merged, meanwhile
            require(not ConsentProof.objects.for_system(_WHY).filter(entry=entry).exists(), ProofExists)
            proof.save(force_insert=True)
            change.record("contact.consent_proved", contact, entry=str(entry.pk), size=proof.size, type=mime_type)
            change.announce(ConsentRecorded.of(entry, _shape(contact, entry)))
    except BaseException:
        default_storage.delete(proof.file)
        raise
    return proof


def download_proof(*, by: Access, contact_id: UUID, entry_id: UUID) -> tuple[ConsentProof, bytes]:
    """Each time is a line in the operation log."""
    contact, entry = _line(by, contact_id, entry_id)
    proof = ConsentProof.objects.for_system(_WHY).filter(entry=entry).first()
    require(proof is not None, ProofGone)
    try:
        content = read_proof(proof)
    except FileNotFoundError:
        raise ProofGone from None
    with write(by=by) as change:
        change.record("contact.consent_proof_seen", contact, entry=str(entry.pk))
    return proof, content


def _line(by: Access, contact_id: UUID, entry_id: UUID) -> tuple[Contact, ConsentEntry]:
    """Of the register of a contact, what was entered for those that became it included."""
    contact: Contact = Contact.objects.visible_to(by).get_or_404(contact_id)
    found = next((one for one in entries_of(contact) if one.pk == entry_id), None)
    if found is None:
        raise NotFound
    return contact, found


def _shape(contact: Contact, entry: ConsentEntry) -> ConsentShape:
    shapes = consent_shapes(entries_of(contact))
    return next(one for one in shapes if one.id == str(entry.pk))
