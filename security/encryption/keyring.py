"""Makes and opens keys. Opened data keys are kept in a bounded cache, so a page costs one query for its keys."""

import os
import threading
from collections import OrderedDict
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction

from security.encryption.master import master_key, newest
from security.encryption.sealing import KEY_BYTES, seal, unseal
from security.ids import new_id
from security.models.keys import DataKey, RegionKey

_CACHE_SIZE = 50_000  # 32-byte keys: about 10 MB with overhead
_opened: OrderedDict[UUID, bytes] = OrderedDict()
_lock = threading.Lock()


class KeyGone(Exception):
    """The data key was destroyed: its contact has been erased, or the id is not ours."""


def make_keys(*, region_id: int | None, purpose: str, count: int = 1) -> list[DataKey]:
    """``count`` fresh data keys under the region's key (``None``: the house key), inserted in one statement."""
    region_key, wrapping = _region_key(region_id)
    return DataKey.objects.bulk_create([_fresh(region_key, wrapping, purpose) for _ in range(count)])


def shared_key(*, region_id: int | None, purpose: str) -> UUID:
    """The id of the one key of a purpose in a region (streams, index), made at the first need."""
    slot = f"{_slot(region_id)}/{purpose}"
    known = _shared.get(slot)
    if known is not None:
        return known
    found = DataKey.objects.filter(shared_slot=slot).values_list("id", flat=True).first()
    if found is None:
        region_key, wrapping = _region_key(region_id)
        fresh = _fresh(region_key, wrapping, purpose)
        fresh.shared_slot = slot
        DataKey.objects.bulk_create([fresh], ignore_conflicts=True)
        found = DataKey.objects.values_list("id", flat=True).get(shared_slot=slot)
    # This transaction, or a savepoint in it, may have made the key and may still roll back. Outside one: at once.
    transaction.on_commit(partial(_shared.__setitem__, slot, found))
    return found


def _fresh(region_key: RegionKey, wrapping: bytes, purpose: str) -> DataKey:
    key_id, plain = new_id(), os.urandom(KEY_BYTES)
    _remember(key_id, plain)
    return DataKey(
        id=key_id,
        region_key=region_key,
        purpose=purpose,
        wrapped=seal(wrapping, plain, place=_place("data_key", key_id)),
    )


def open_key(key_id: UUID) -> bytes:
    """The plain 32 bytes of a data key; ``KeyGone`` when it was destroyed."""
    plain = _opened.get(key_id)
    if plain is None:
        open_keys([key_id])
        plain = _opened.get(key_id)
    if plain is None:
        raise KeyGone(str(key_id))
    return plain


def open_keys(key_ids: Iterable[UUID]) -> None:
    """Open many keys in one query, ahead of decrypting a page."""
    missing = {key_id for key_id in key_ids if key_id not in _opened}
    if not missing:
        return
    for row in DataKey.objects.filter(id__in=missing).select_related("region_key"):
        wrapping = _unwrap_region(row.region_key)
        _remember(row.id, unseal(wrapping, bytes(row.wrapped), place=_place("data_key", row.id)))


def forget_keys() -> None:
    """Empty the caches of this process (a key was destroyed, or a test begins)."""
    with _lock:
        _opened.clear()
        _regions.clear()
        _shared.clear()


_regions: dict[UUID, bytes] = {}
_shared: dict[str, UUID] = {}


def _slot(region_id: int | None) -> str:
    return "house" if region_id is None else f"region:{region_id}"


def _region_key(region_id: int | None) -> tuple[RegionKey, bytes]:
    slot = _slot(region_id)
    row = RegionKey.objects.filter(slot=slot).first()
    if row is None:
        master_id, master = newest()
        key_id, plain = new_id(), os.urandom(KEY_BYTES)
        wrapped = seal(master, plain, place=_place("region_key", key_id))
        made = RegionKey(id=key_id, slot=slot, region_id=region_id, master_id=master_id, wrapped=wrapped)
        RegionKey.objects.bulk_create([made], ignore_conflicts=True)
        row = RegionKey.objects.get(slot=slot)
    return row, _unwrap_region(row)


def _unwrap_region(row: RegionKey) -> bytes:
    plain = _regions.get(row.id)
    if plain is None:
        plain = unseal(master_key(row.master_id), bytes(row.wrapped), place=_place("region_key", row.id))
        _regions[row.id] = plain
    return plain


def _remember(key_id: UUID, plain: bytes) -> None:
    with _lock:
        _opened[key_id] = plain
        while len(_opened) > _CACHE_SIZE:
            _opened.popitem(last=False)


def _place(kind: str, key_id: UUID) -> bytes:
    return f"{kind}:{key_id}".encode()
