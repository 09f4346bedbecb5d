"""What is left of privacy's deeds: an export, an erasure, a merge; as rows, without what led to them."""

from typing import Any

from django.utils import timezone

from contacts.models import Contact, ContactExport, ContactMerge, Erasure
from contacts.privacy.erased import blank_key
from security.encryption.keyring import make_keys, shared_key
from security.models import User


def privacy_rows(who: User, contact: Contact, *, word: str = "jade") -> dict[str, Any]:
    """``{export, erasure, merge}`` in the region of ``contact``; the export is of ``who``."""
    now, region_id = timezone.now(), contact.region_id
    (key,) = make_keys(region_id=region_id, purpose="export")
    export = ContactExport.objects.create(
        contact=contact, asked_by=who, asked_at=now, key_id=key.pk, state="ready", expires_at=now
    )
    erasure = Erasure(contact=_gone(contact, "erased"), region_id=region_id, asked_by=who, asked_at=now)
    erasure.key_id, erasure.reason = shared_key(region_id=region_id, purpose="privacy"), f"Request of {word}"
    erasure.finished_at, erasure.proof = now, "0" * 64
    erasure.save(force_insert=True)
    merge = ContactMerge.objects.create(
        kept=contact, merged=_gone(contact, "merged"), asked_by=who, asked_at=now, finished_at=now
    )
    return {"export": export, "erasure": erasure, "merge": merge}


def _gone(like: Contact, how: str) -> Contact:
    row = Contact(region_id=like.region_id, key_id=blank_key(like.region_id), profile={}, gone=how)
    row.first_seen_at = row.gone_at = timezone.now()
    row.merged_into = like if how == "merged" else None
    row.save(force_insert=True)
    return row
