"""Makes and opens keys. Opened data keys are kept in a bounded cache, so a page costs one query for its keys.

A key that is destroyed elsewhere is forgotten within seconds: each process that opens keys asks for the list of those.
"""

import contextlib
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from security.encryption.master import master_key, newest
from security.encryption.sealing import KEY_BYTES, Unreadable, seal, unseal
from security.ids import new_id
from security.models.keys import DataKey, DestroyedKey, MasterKeyUse, RegionKey

_CACHE_SIZE = 50_000  # 32-byte keys: about 10 MB with overhead
_opened: OrderedDict[UUID, bytes] = OrderedDict()
_lock = threading.Lock()
# How long a process may go on with a key that another one has destroyed; a technical bound, no product number.
FORGET_WITHIN_SECONDS = 3.0
_OVERLAP = timedelta(minutes=10)  # a destruction becomes visible when it commits, which is later than its own time
_asked_at = time.monotonic()


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
    _forget_destroyed()
    plain = _opened.get(key_id)
    if plain is None:
        open_keys([key_id])
        plain = _opened.get(key_id)
    if plain is None:
        raise KeyGone(str(key_id))
    return plain


def open_keys(key_ids: Iterable[UUID]) -> None:
    """Open many keys in one query, ahead of decrypting a page."""
    _forget_destroyed()
    missing = {key_id for key_id in key_ids if key_id not in _opened}
    if not missing:
        return
    for row in DataKey.objects.filter(id__in=missing).select_related("region_key"):
        wrapping = _unwrap_region(row.region_key)
        _remember(row.id, unseal(wrapping, bytes(row.wrapped), place=_place("data_key", row.id)))


def forget_keys() -> None:
    """Empty the caches of this process (a key was destroyed, or a test begins)."""
    global _asked_at
    with _lock:
        _opened.clear()
        _regions.clear()
        _shared.clear()
        _asked_at = time.monotonic()


def replace_key(key_id: UUID) -> DataKey:
    """A fresh key of the same region and purpose, which ``key_id`` points to from now on; in the caller's write."""
    old = DataKey.objects.select_related("region_key").get(pk=key_id)
    (fresh,) = make_keys(region_id=old.region_key.region_id, purpose=old.purpose)
    succeed_key(key_id, fresh.pk)
    return fresh


def succeed_key(key_id: UUID, by: UUID) -> None:
    """What is under ``key_id`` belongs under ``by`` from now on."""
    DataKey.objects.filter(pk=key_id).update(replaced_by=by, replaced_at=timezone.now(), settled_at=None)


def former_keys(*key_ids: UUID) -> list[UUID]:
    """The keys that ``key_ids`` have replaced, directly or by way of another one."""
    found: list[UUID] = []
    latest = list(key_ids)
    while latest:
        latest = list(DataKey.objects.filter(replaced_by__in=latest).values_list("pk", flat=True))
        found += latest
    return found


def open_sealed(key_id: UUID, sealed: bytes, *, place: bytes) -> bytes:
    """What a row holds: under its key; or under one that this replaced, where somebody wrote a part of it meanwhile."""
    try:
        return unseal(open_key(key_id), sealed, place=place)
    except Unreadable:
        for former in former_keys(key_id):
            with contextlib.suppress(Unreadable, KeyGone):
                return unseal(open_key(former), sealed, place=place)
        raise


def destroy_keys(key_ids: Iterable[UUID]) -> int:
    """Delete them for ever, in the caller's write; returns how many there were. This process forgets them at the
    commit, the others within ``FORGET_WITHIN_SECONDS``."""
    wanted = list(key_ids)
    now = timezone.now()
    marks = [DestroyedKey(id=key_id, destroyed_at=now) for key_id in wanted]
    DestroyedKey.objects.bulk_create(marks, ignore_conflicts=True)
    transaction.on_commit(partial(forget, wanted))
    return DataKey.objects.filter(pk__in=wanted).delete()[0]


def _forget_destroyed() -> None:
    """Once in a while; not in a transaction that is broken, where nothing can be asked."""
    global _asked_at
    now = time.monotonic()
    since = now - _asked_at
    if since < FORGET_WITHIN_SECONDS or connection.needs_rollback:
        return
    _asked_at = now
    forget(_destroyed_since(timezone.now() - timedelta(seconds=since) - _OVERLAP))


def _destroyed_since(moment: datetime) -> list[UUID]:
    return list(DestroyedKey.objects.filter(destroyed_at__gt=moment).values_list("pk", flat=True))


def forget(key_ids: Iterable[UUID]) -> None:
    """This process has them open no more; whoever needs one asks the table."""
    with _lock:
        for key_id in key_ids:
            _opened.pop(key_id, None)


_regions: dict[UUID, bytes] = {}
_shared: dict[str, UUID] = {}


def _slot(region_id: int | None) -> str:
    return "house" if region_id is None else f"region:{region_id}"


def _region_key(region_id: int | None) -> tuple[RegionKey, bytes]:
    slot = _slot(region_id)
    row = RegionKey.objects.filter(slot=slot).first()
    if row is None:
        RegionKey.objects.bulk_create([fresh_region_key(slot, region_id)], ignore_conflicts=True)
        row = RegionKey.objects.get(slot=slot)
    return row, _unwrap_region(row)


def fresh_region_key(slot: str, region_id: int | None) -> RegionKey:
    """A new key under the newest master key, not saved yet."""
    master_id, master = _newest_in_use()
    key_id, plain = new_id(), os.urandom(KEY_BYTES)
    wrapped = seal(master, plain, place=_place("region_key", key_id))
    return RegionKey(id=key_id, slot=slot, region_id=region_id, master_id=master_id, wrapped=wrapped)


def rewrapped_region_key(row: RegionKey) -> None:
    """Wrap it with the newest master key; the key inside stays the same."""
    plain = _unwrap_region(row)
    row.master_id, master = _newest_in_use()
    row.wrapped = seal(master, plain, place=_place("region_key", row.id))


def _newest_in_use() -> tuple[str, bytes]:
    """The newest master key, which is noted down when it wraps something for the first time."""
    found = newest()
    MasterKeyUse.objects.bulk_create([MasterKeyUse(master_id=found[0])], ignore_conflicts=True)
    return found


def rewrapped_data_key(row: DataKey, old: RegionKey, current: RegionKey) -> None:
    """Wrap it with ``current`` instead of ``old``; the key inside stays the same."""
    place = _place("data_key", row.id)
    plain = unseal(_unwrap_region(old), bytes(row.wrapped), place=place)
    row.region_key, row.wrapped = current, seal(_unwrap_region(current), plain, place=place)


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
