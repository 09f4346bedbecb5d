"""What is left of an erased contact goes, in batches; its keys are gone already (``actions.erasing``)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.models import Erasure
from contacts.privacy.belongings import all_belongings
from contacts.privacy.erased import blank_key
from contacts.privacy.proof import proof_of
from security.access import System
from security.encryption.fields import Sealed
from security.encryption.keyring import KeyGone, destroy_keys, forget, shared_key
from security.encryption.sealed_rows import BLANK, DELETE, KEEP, SealedRows, sealed_rows
from security.models import DataKey, StreamEvent
from security.scoping import every_row
from security.writing import write

_WHY = "erasing a contact"
_BY = System("erasing a contact")
_AT_ONCE = 200  # rows a transaction: on SQLite nobody else writes meanwhile


class StillReadable(Exception):
    """Something opens that must not: the erasure does not go on, and says so."""


def finish(erasure: Erasure) -> bool:
    """Whether this call was the one that finished it."""
    keys = [UUID(key_id) for key_id in erasure.key_ids]
    for kind in sealed_rows("contact"):
        while _destroy_some(erasure, kind, keys):
            pass
    kept = sum(_try_kept(erasure, kind, keys) for kind in sealed_rows("contact"))
    for belongings in all_belongings():
        while belongings.erase_some(erasure):
            pass
    StreamEvent.objects.filter(key_id__in=keys).exclude(payload=b"").update(payload=b"")
    with write(by=_BY) as change:
        rows = Erasure.objects.for_system(_WHY).locked().select_related("contact", "asked_by", "region")
        row: Erasure = rows.get(pk=erasure.pk)
        if row.finished_at is not None:
            return False
        own, reason = row.key_id, row.reason
        row.key_id, row.reason, row.traces = shared_key(region_id=row.region_id, purpose="privacy"), reason, None
        row.finished_at = timezone.now()
        row.checked += kept
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
        row.checked += try_to_open(kind, batch)
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


def _try_kept(erasure: Erasure, kind: SealedRows, keys: list[UUID]) -> int:
    """Lines of a table that only grows stay, unreadable."""
    if kind.at_erasure != KEEP:
        return 0
    return try_to_open(kind, list(kind.of(erasure.contact_id).filter(key_id__in=keys).order_by("-pk")[:_AT_ONCE]))


def try_to_open(kind: SealedRows, rows: Sequence[Any]) -> int:
    """No key of them may be in the table, and the words of one of them are really tried, with nothing that this process
    remembers. How many were tried: 1, or 0 where nothing is said in any."""
    key_ids = {row.key_id for row in rows}
    forget(key_ids)
    if DataKey.objects.filter(pk__in=key_ids).exists():
        raise StillReadable(f"a key of {kind.model._meta.label_lower} is still there")
    for row in rows:
        for name in kind.sealed:
            if isinstance(row.__dict__.get(name), Sealed) and row.__dict__[name]:
                try:
                    getattr(row, name)
                except KeyGone:
                    return 1
                raise StillReadable(f"{kind.model._meta.label_lower} {row.pk} still opens")
    return 0
