"""A segment, and a line of the consent register with its proof; as rows, without what led to them."""

from typing import Any

from django.utils import timezone

from contacts.consent.proofs import write_proof
from contacts.models import ConsentEntry, ConsentProof, Contact, Segment, SegmentSize

CONDITIONS = {"all": [{"fact": "contact.last_seen_at", "op": "known"}]}


def segment_rows(contact: Contact, *, word: str = "jade") -> dict[str, Any]:
    """``{segment, entry}`` in the region of ``contact``."""
    now = timezone.now()
    segment = Segment.objects.create(
        region=contact.region, name=f"Buys {word}", description=f"All of {word}", conditions=CONDITIONS, size=1,
        counted_at=now, created_at=now, changed_at=now,
    )  # fmt: skip
    SegmentSize.objects.create(segment=segment, day=now.date(), size=1)
    entry = ConsentEntry.objects.create(
        contact=contact, key_id=contact.key_id, purpose="storage", given=True, source="paper", evidence=f"Form {word}",
        at=now, recorded_at=now,
    )  # fmt: skip
    proof = ConsentProof(
        contact=contact, entry=entry, key_id=contact.key_id, name=f"{word}.txt", mime_type="text/plain", size=4
    )
    proof.file, proof.added_at = write_proof(proof, b"Form"), now
    proof.save(force_insert=True)
    return {"segment": segment, "entry": entry}
