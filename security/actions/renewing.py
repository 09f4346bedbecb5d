"""New data keys (SE-7): an owner gets a fresh key, what comes from then on is sealed under it, and what was there is
moved to it in batches, while everybody goes on working. Both keys open what is under them until then and after it.

The rows are the truth: whoever is interrupted finds what is left by what it is sealed under.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from security.access import Actor, System
from security.actions.rewrapping import drop_retired_region_keys, rewrap_data_keys
from security.bulk import save_many
from security.encryption.keyring import former_keys, replace_key
from security.encryption.sealed_rows import KeyOwner, SealedRows, owners, sealed_fields, sealed_rows
from security.models import DataKey, KeyRotation
from security.scoping import every_row
from security.writing import write

Progress = Callable[[KeyRotation], None]
_AT_ONCE = 200  # a transaction that holds the owner's lock: on SQLite nobody else writes meanwhile
# Whoever read the old key just before it was replaced may still write under it.
_LATE = timedelta(minutes=10)
_KEYS_A_RUN = 200
_BY = System("rotating keys")


def renew_key(*, by: Actor, purpose: str, owner_id: object) -> UUID | None:
    """A fresh key for one owner; ``None`` when it is gone. Rows follow with ``settle``."""
    owner = owners()[purpose]
    with write(by=by) as change:
        row = owner.lock(owner_id)
        if row is None:
            return None
        fresh = replace_key(row.key_id)
        move_row(row, fresh.pk)
        change.record("key.renewed", row)
    return fresh.pk


def move_row(row: Any, key_id: UUID, *more: str) -> None:
    """Seal the words of a locked row under ``key_id``."""
    names = sealed_fields(type(row))
    for name in names:
        getattr(row, name)  # opened under the key it has now
    row.key_id = key_id
    save_many([row], [*names, "key_id", *more])


def settle(*, purpose: str, owner_id: object) -> int:
    """Move every row of one owner that is under a former key to the one in force; returns how many were moved."""
    owner, moved = owners()[purpose], 0
    for kind in sealed_rows(purpose):
        while kind.moves and (some := _move_some(owner, kind, owner_id)):
            moved += some
    current = every_row(owner.model, "rotating keys").filter(pk=owner_id).values_list("key_id", flat=True).first()
    if current is not None:
        over = DataKey.objects.filter(pk__in=former_keys(current), replaced_at__lt=timezone.now() - _LATE)
        over.filter(settled_at=None).update(settled_at=timezone.now())
    return moved


def _move_some(owner: KeyOwner, kind: SealedRows, owner_id: object) -> int:
    afterwards: list[Callable[[], None]] = []
    with write(by=_BY):
        row = owner.lock(owner_id)
        former = [] if row is None else former_keys(row.key_id)
        if not former:
            return 0
        batch = list(kind.of(owner_id).filter(key_id__in=former).select_for_update(of=("self",))[:_AT_ONCE])
        for one in batch:
            for name in kind.sealed:
                getattr(one, name)
            if kind.refile is not None:
                afterwards.append(kind.refile(one, row.key_id))
            one.key_id = row.key_id
        save_many(batch, [*kind.sealed, *kind.columns, "key_id"])
    for clear in afterwards:
        clear()
    return len(batch)


def begin_rotation(*, by: Actor) -> KeyRotation:
    """The rotation that runs, or a new one: every owner's key that was made before it is replaced."""
    running = KeyRotation.objects.filter(ended_at=None).first()
    if running is not None:
        return running
    now = timezone.now()
    total = sum(_due(owner, now).count() for owner in owners().values())
    try:
        with write(by=by) as change:
            running = KeyRotation.objects.create(began_at=now, total=total)
            change.record("key.rotation_began", running, keys=total)
    except IntegrityError:  # somebody else was faster
        running = KeyRotation.objects.get(ended_at=None)
    return running


def continue_rotation(rotation: KeyRotation, *, by: Actor, progress: Progress = lambda rotation: None) -> KeyRotation:
    """Every owner in turn, until none is left; may be interrupted at any point, and run twice."""
    for purpose, owner in owners().items():
        for owner_id in _in_turn(owner, rotation):
            renew_key(by=by, purpose=purpose, owner_id=owner_id)
            rotation.rows += settle(purpose=purpose, owner_id=owner_id)
            rotation.done += 1
            rotation.save(update_fields=["rows", "done"])
            progress(rotation)
    _settle_left_over()
    with write(by=by) as change:
        if KeyRotation.objects.filter(pk=rotation.pk, ended_at=None).update(ended_at=timezone.now()):
            change.record("key.rotation_ended", rotation, keys=rotation.done, rows=rotation.rows)
    rotation.refresh_from_db()
    return rotation


def _in_turn(owner: KeyOwner, rotation: KeyRotation) -> Any:
    """The next owner whose key is old, asked for one at a time: two who rotate at once share the work."""
    passed: list[object] = []
    while True:
        found = _due(owner, rotation.began_at).exclude(pk__in=passed[-1:]).values_list("pk", flat=True).first()
        if found is None or found in passed[-1:]:
            return
        passed.append(found)
        yield found


def _due(owner: KeyOwner, before: Any) -> Any:
    old = DataKey.objects.filter(purpose=owner.purpose, replaced_by=None, made_at__lt=before)
    return every_row(owner.model, "rotating keys").filter(key_id__in=old.values("pk")).order_by("pk")


def settle_keys() -> None:
    """Every few minutes: what was still written under a replaced key while it was replaced, and region keys that wrap
    nothing any more."""
    rewrap_data_keys(by=_BY)
    drop_retired_region_keys()
    _settle_left_over()


def _settle_left_over() -> None:
    rows = DataKey.objects.filter(replaced_by__isnull=False, settled_at=None).order_by("replaced_at")
    for key in list(rows[:_KEYS_A_RUN]):
        owner = owners().get(key.purpose)
        if owner is None:
            continue
        current = _in_force(key)
        for owner_id in every_row(owner.model, "rotating keys").filter(key_id=current).values_list("pk", flat=True):
            settle(purpose=key.purpose, owner_id=owner_id)


def _in_force(key: DataKey) -> UUID:
    """The end of the chain of replacements."""
    at = key
    while at.replaced_by is not None and (after := DataKey.objects.filter(pk=at.replaced_by).first()) is not None:
        at = after
    return at.pk
