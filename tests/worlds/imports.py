"""A file that is being prepared, and a pair that may be one person; as rows, without what led to them."""

import io
from typing import Any

from django.utils import timezone

from contacts.imports.looking import look_at, name_columns
from contacts.imports.storing import keep_raw
from contacts.models import Contact, Duplicate, Import
from security.encryption.keyring import make_keys
from security.models import User


def import_rows(who: User, contact: Contact, *, word: str = "jade") -> dict[str, Any]:
    """``{job, duplicate}`` in the region of ``contact``; the file is ``who``'s."""
    now, region, content = timezone.now(), contact.region, f"phone,name\n+886912345678,{word}\n".encode()
    (key,) = make_keys(region_id=region.pk, purpose="import")
    job = Import(region=region, key_id=key.pk, subject="contacts", size=len(content), made_by=who, made_at=now)
    job.file_name, job.settings, job.mapping = f"{word}.csv", {}, {"0": "phone", "1": "name"}
    job.raw = keep_raw(job, io.BytesIO(content))
    name_columns(job, look_at(job))
    job.save(force_insert=True)
    other = Contact(region=region, key_id=contact.key_id, profile={}, first_seen_at=now)
    other.save(force_insert=True)
    duplicate = Duplicate.objects.create(region=region, one=contact, other=other, kinds=["phone"], found_at=now)
    return {"job": job, "duplicate": duplicate}
