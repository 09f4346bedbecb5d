"""New data keys (SE-7): an owner gets a fresh key, what comes from then on is sealed under it, and what was there is
moved to it in batches, while everybody goes on working. Both keys open what is under them until then and after it.

The rows are the truth: whoever is interrupted finds what is left by what it is sealed under. A row that cannot be
opened stays under its old key, with a line in the log; it holds up neither its owner nor anybody else.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from security.access import Actor, System
from security.actions.rewrapping import drop_retired_region_keys, rewrap_data_keys
from security.bulk import save_many
from security.encryption.keyring import KeyGone, former_keys, replace_key
from security.encryption.sealed_rows import KeyOwner, SealedRows, owners, sealed_fields, sealed_rows
from security.encryption.sealing import Unreadable
from security.models import DataKey, KeyRotation
from security.one_by_one import each_alone
from security.scoping import every_row
from security.writing import write

Progress = Callable[[KeyRotation], None]
_AT_ONCE = 200  # a transaction that holds the owner's lock: on SQLite nobody else writes meanwhile
# Whoever read the old key just before it was replaced may still write under it.
_LATE = timedelta(minutes=10)
_KEYS_A_RUN = 200
_BY = System("rotating keys")
_WHY = "rotating keys"
logger = logging.getLogger(__name__)


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
        after, more = None, kind.moves
        while more:
            some, after = _move_some(owner, kind, owner_id, after)
            moved, more = moved + some, after is not None
    _mark_settled(owner, owner_id)
    return moved


def _move_some(owner: KeyOwner, kind: SealedRows, owner_id: object, after: Any) -> tuple[int, Any]:
    """How many were moved, and where to go on; ``None``: nothing is left but what does not open."""
    afterwards: list[Callable[[], None]] = []
    with write(by=_BY):
        row = owner.lock(owner_id)
        former = [] if row is None else former_keys(row.key_id)
        if not former:
            return 0, None
        rows = kind.of(owner_id).filter(key_id__in=former).order_by("pk")
        rows = rows if after is None else rows.filter(pk__gt=after)
        batch = list(rows.select_for_update(of=("self",))[:_AT_ONCE])
        opened = [one for one in batch if seals_under(kind, one, row.key_id, afterwards)]
        save_many(opened, [*kind.sealed, *kind.columns, "key_id"])
    for clear in afterwards:
        clear()
    return len(opened), batch[-1].pk if len(batch) == _AT_ONCE else None


def seals_under(kind: SealedRows, row: Any, key_id: UUID, afterwards: list[Callable[[], None]]) -> bool:
    """Whether it could be opened, so that saving it seals it anew. Its files are sealed anew at once."""
    try:
        for name in kind.sealed:
            getattr(row, name)
        if kind.refile is not None:
            afterwards.append(kind.refile(row, key_id))
    except (Unreadable, KeyGone):
        logger.exception("%s %s does not open", kind.model._meta.label_lower, row.pk)
        return False
    row.key_id = key_id
    return True


def _mark_settled(owner: KeyOwner, owner_id: object) -> None:
    """Nothing is looked for under its former keys any more. What did not open is named in the log, once."""
    current = every_row(owner.model, _WHY).filter(pk=owner_id).values_list("key_id", flat=True).first()
    if current is None:
        return
    over = DataKey.objects.filter(pk__in=former_keys(current), replaced_at__lt=timezone.now() - _LATE, settled_at=None)
    keys = list(over.values_list("pk", flat=True))
    with write(by=_BY) as change:
        if not DataKey.objects.filter(pk__in=keys, settled_at=None).update(settled_at=timezone.now()):
            return
        row = owner.lock(owner_id)
        for kind in sealed_rows(owner.purpose) if row is not None else ():
            for pk in kind.of(owner_id).filter(key_id__in=keys).values_list("pk", flat=True) if kind.moves else ():
                change.record("key.row_set_aside", row, kind=kind.model._meta.label_lower, row=str(pk))


def rows_set_aside() -> dict[str, list[str]]:
    """What is under a key that was given up because it did not open: ids by kind."""
    old = DataKey.objects.filter(replaced_by__isnull=False, settled_at__isnull=False)
    found: dict[str, list[str]] = {}
    for purpose in owners():
        for kind in sealed_rows(purpose):
            rows = every_row(kind.model, _WHY).filter(key_id__in=old.filter(purpose=purpose).values("pk"))
            if kind.moves and (ids := sorted({str(pk) for pk in rows.values_list("pk", flat=True)})):
                found[kind.model._meta.label_lower] = ids
    return found


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
        renewed = partial(_renew_one, rotation, by, purpose)
        for owner_id in _in_turn(owner, rotation):
            if each_alone(renewed, [(owner_id,)], what=f"the key of a {purpose}"):
                progress(rotation)
    _settle_left_over()
    with write(by=by) as change:
        if KeyRotation.objects.filter(pk=rotation.pk, ended_at=None).update(ended_at=timezone.now()):
            change.record("key.rotation_ended", rotation, keys=rotation.done, rows=rotation.rows)
    rotation.refresh_from_db()
    return rotation


def _renew_one(rotation: KeyRotation, by: Actor, purpose: str, owner_id: object) -> bool:
    renew_key(by=by, purpose=purpose, owner_id=owner_id)
    rotation.rows += settle(purpose=purpose, owner_id=owner_id)
    rotation.done += 1
    rotation.save(update_fields=["rows", "done"])
    return True


def _in_turn(owner: KeyOwner, rotation: KeyRotation) -> Any:
    """The next owner whose key is old, asked for one at a time: two who rotate at once share the work. In the order of
    their ids, so that one whose key cannot be replaced is passed by."""
    passed: Any = None
    while True:
        rows = _due(owner, rotation.began_at)
        passed = (rows if passed is None else rows.filter(pk__gt=passed)).values_list("pk", flat=True).first()
        if passed is None:
            return
        yield passed


def owners_left() -> dict[str, list[str]]:
    """Whose key the rotation that runs, or ran last, could not replace: ids by purpose."""
    last = KeyRotation.objects.order_by("-began_at").first()
    if last is None:
        return {}
    left = {purpose: [str(pk) for pk in _due(owner, last.began_at).values_list("pk", flat=True)]
            for purpose, owner in owners().items()}  # fmt: skip
    return {purpose: ids for purpose, ids in left.items() if ids}


def _due(owner: KeyOwner, before: Any) -> Any:
    old = DataKey.objects.filter(purpose=owner.purpose, replaced_by=None, made_at__lt=before)
    return every_row(owner.model, _WHY).filter(key_id__in=old.values("pk")).order_by("pk")


def settle_keys() -> None:
    """Every few minutes: what was still written under a replaced key while it was replaced, and region keys that wrap
    nothing any more."""
    rewrap_data_keys(by=_BY)
    drop_retired_region_keys()
    _settle_left_over()


def _settle_left_over() -> None:
    rows = DataKey.objects.filter(replaced_by__isnull=False, settled_at=None, purpose__in=owners())
    keys = list(rows.order_by("replaced_at")[:_KEYS_A_RUN])
    each_alone(_settle_key, [(key,) for key in keys], what="rows under a replaced key")


def _settle_key(key: DataKey) -> bool:
    owner, current = owners()[key.purpose], _in_force(key)
    for owner_id in every_row(owner.model, _WHY).filter(key_id=current).values_list("pk", flat=True):
        settle(purpose=key.purpose, owner_id=owner_id)
    return True


def _in_force(key: DataKey) -> UUID:
    """The end of the chain of replacements."""
    at = key
    while at.replaced_by is not None and (after := DataKey.objects.filter(pk=at.replaced_by).first()) is not None:
        at = after
    return at.pk
