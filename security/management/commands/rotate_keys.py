"""``manage.py rotate_keys``: new keys without downtime; interrupted, it is started again and goes on (SE-7)."""

from typing import Any

from django.core.management.base import CommandParser
from django.db.models import Min
from django.utils import timezone

from security.access import System
from security.actions.renewing import begin_rotation, continue_rotation, owners_left, rows_set_aside
from security.actions.rewrapping import (
    drop_retired_region_keys,
    keys_to_rewrap,
    renew_region_keys,
    rewrap_data_keys,
    rewrap_region_keys,
)
from security.encryption.master import newest
from security.key_ages import key_ages
from security.management.prepared import PreparedCommand
from security.models import DataKey, KeyRotation, RegionKey

_BY = System("rotate_keys")
_EVERY = 100
_NAMED = 20


class Command(PreparedCommand):
    help = (
        "Wrap all region keys with the newest of KEFU_MASTER_KEYS. With --regions also make new region keys and wrap "
        "all data keys with those; with --data also give every contact and channel a new data key and seal their rows "
        "anew. Safe beside a running Kefu, interrupted at any point, and run twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--regions", action="store_true", help="also replace the region keys")
        parser.add_argument("--data", action="store_true", help="also replace data keys and seal rows anew")
        parser.add_argument("--status", action="store_true", help="only say how old keys are and what is left to do")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["status"]:
            self._rotate(regions=options["regions"], data=options["data"])
        self._say_status()

    def _rotate(self, *, regions: bool, data: bool) -> None:
        wrapped = rewrap_region_keys(by=_BY)
        self.stdout.write(f"{wrapped} region keys wrapped with the master key {newest()[0]!r}.")
        if regions:
            self.stdout.write(f"{renew_region_keys(by=_BY)} region keys replaced.")
        if keys_to_rewrap():
            moved = rewrap_data_keys(by=_BY, progress=self._say_wrapped)
            self.stdout.write(f"{moved} data keys wrapped with the region keys in force.")
        drop_retired_region_keys()
        if data or KeyRotation.objects.filter(ended_at=None).exists():
            self._rotate_data()

    def _rotate_data(self) -> None:
        rotation = continue_rotation(begin_rotation(by=_BY), by=_BY, progress=self._say_rotated)
        self.stdout.write(f"{rotation.done} contacts and channels have new keys; {rotation.rows} rows sealed anew.")

    def _say_wrapped(self, done: int, total: int) -> None:
        self.stdout.write(f"{done} of {total} data keys wrapped")

    def _say_rotated(self, rotation: KeyRotation) -> None:
        if rotation.done % _EVERY == 0:
            self.stdout.write(f"{rotation.done} of {rotation.total}; {rotation.rows} rows")

    def _say_status(self) -> None:
        for age in key_ages():
            self.stdout.write(f"{age.what}: {age.count}, the oldest {age.days} days old")
        older = RegionKey.objects.exclude(master_id=newest()[0]).count()
        kept = "may be taken out of KEFU_MASTER_KEYS" if not older else f"still wrap {older} region keys: keep them"
        self.stdout.write(f"Master keys other than {newest()[0]!r} {kept}.")
        for kind, ids in rows_set_aside().items():
            self.stdout.write(f"{kind}: {len(ids)} rows do not open and stay under a replaced key: {_some(ids)}")
        if not KeyRotation.objects.filter(ended_at=None).exists():
            for purpose, ids in owners_left().items():
                self.stdout.write(f"{purpose}: {len(ids)} keys could not be replaced: {_some(ids)}")
        waiting = DataKey.objects.filter(replaced_by__isnull=False, settled_at=None)
        since = waiting.aggregate(first=Min("replaced_at"))["first"]
        if since is not None:
            minutes = int((timezone.now() - since).total_seconds() // 60)
            self.stdout.write(f"Rows of {waiting.count()} replaced keys are still looked after, for {minutes} minutes.")


def _some(ids: list[str]) -> str:
    return ", ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
