"""New keys above the data keys (SE-7): master keys and region keys change without a row being sealed anew.

Every step is a short transaction that can be repeated: whoever is interrupted starts the command again. What the other
processes have opened meanwhile stays right, since only the wrapping changes and never the key inside.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from security.access import Actor, System
from security.bulk import save_many
from security.encryption.keyring import fresh_region_key, rewrapped_data_key, rewrapped_region_key
from security.encryption.master import newest
from security.models import DataKey, RegionKey
from security.writing import write

Progress = Callable[[int, int], None]
_AT_ONCE = 500
# Longer than any transaction that may still wrap a data key with the one that was replaced.
_GRACE = timedelta(hours=1)


def rewrap_region_keys(*, by: Actor) -> int:
    """Wrap every region key with the newest master key; returns how many were wrapped with another one."""
    wrapped = 0
    for pk in list(RegionKey.objects.exclude(master_id=newest()[0]).values_list("pk", flat=True)):
        with write(by=by) as change:
            row = RegionKey.objects.select_for_update().filter(pk=pk).first()
            if row is None or row.master_id == newest()[0]:
                continue
            before = row.master_id
            rewrapped_region_key(row)
            row.save(update_fields=["master_id", "wrapped"])
            change.record("key.rewrapped", row, master=[before, row.master_id])
            wrapped += 1
    return wrapped


def renew_region_keys(*, by: Actor, slots: list[str] | None = None, before: timedelta = timedelta(0)) -> int:
    """A fresh key for the regions of ``slots`` (all of them), where the one in force is older than ``before``. Data
    keys are moved to it by ``rewrap_data_keys``."""
    rows = RegionKey.objects.filter(retired_at=None, made_at__lte=timezone.now() - before)
    wanted = rows if slots is None else rows.filter(slot__in=slots)
    renewed = 0
    for pk in list(wanted.values_list("pk", flat=True)):
        with write(by=by) as change:
            row = RegionKey.objects.select_for_update().filter(pk=pk, retired_at=None).first()
            if row is None:
                continue
            slot = row.slot
            row.slot, row.retired_at = f"retired/{row.pk.hex}", timezone.now()
            row.save(update_fields=["slot", "retired_at"])
            fresh = fresh_region_key(slot, row.region_id)
            fresh.save(force_insert=True)
            change.record("key.region_renewed", fresh)
            renewed += 1
    return renewed


def keys_to_rewrap() -> int:
    return DataKey.objects.filter(region_key__retired_at__isnull=False).count()


def rewrap_data_keys(*, by: Actor, progress: Progress = lambda done, total: None) -> int:
    """Wrap with the region keys in force what is still under replaced ones; returns how many data keys that were."""
    done, total = 0, keys_to_rewrap()
    for old in RegionKey.objects.filter(retired_at__isnull=False):
        same: Any = {"region_id": old.region_id}  # null: the house
        current = RegionKey.objects.filter(retired_at=None, **same).first()
        while current is not None and (moved := _rewrap_some(old, current, by)):
            done += moved
            progress(done, max(total, done))
    return done


def _rewrap_some(old: RegionKey, current: RegionKey, by: Actor) -> int:
    with write(by=by):
        rows = DataKey.objects.select_for_update().filter(region_key=old).order_by("pk")
        batch = list(rows[:_AT_ONCE])
        for row in batch:
            rewrapped_data_key(row, old, current)
        save_many(batch, ["region_key", "wrapped"])
    return len(batch)


def drop_retired_region_keys() -> int:
    """Destroy replaced region keys that wrap nothing any more; the last moment at which an older backup's key table can
    be opened with what is here."""
    by, dropped = System("rotating keys"), 0
    rows = RegionKey.objects.filter(retired_at__lt=timezone.now() - _GRACE)
    for row in rows:
        with write(by=by) as change:
            if DataKey.objects.filter(region_key=row).exists():
                continue
            change.record("key.region_dropped", row)
            row.delete()
            dropped += 1
    return dropped
