"""The work of an import, in the background: a batch of lines is one transaction, with how far it is, so that whoever is
killed loses nothing and does nothing twice."""

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone, translation

from contacts.actions.import_taking import Taken, take_contacts, take_orders
from contacts.actions.import_undoing import undo_some
from contacts.actions.imports import RIGHT, WHY, forget_files
from contacts.imports.columns import CONTACTS
from contacts.imports.errors import FileTooLarge
from contacts.imports.events import ImportChanged
from contacts.imports.looking import lines_below
from contacts.imports.order_records import reference
from contacts.imports.plan import Plan, plan_of
from contacts.imports.policy import ImportPolicy
from contacts.imports.storing import forget_file, keep_lines, lines_from
from contacts.imports.tables import Line
from contacts.models import ExchangePolicy, Import
from contacts.models.data_import import AT_WORK
from security.access import Access, System, access_of
from security.bulk import insert_many
from security.errors import NotAllowed, Refusal, require
from security.writing import Change, write

logger = logging.getLogger(__name__)
_BY = System("imports")
_LEASE = timedelta(minutes=5)
_ATTEMPTS = 3
_TOLD_EVERY = 1.0  # seconds: how often people are told how far it is
_A_RUN = 5
_RENEWED_EVERY = 20_000  # lines, while a file is only read


def carry_on_import(import_id: UUID) -> bool:
    """Work on one until it is done, cancelled, or taken away; whether this call finished it."""
    row = _claim(import_id)
    if row is None:
        return False
    try:
        access = _importer(row)
        with translation.override(access.language):
            return _undone(row, access) if row.state == "undoing" else _taken(row, access)
    except Refusal as refusal:
        _fail(row, refusal.code)
    except Exception:
        logger.exception("import %s failed", import_id)
        _give_up(row)
    return False


def carry_on_imports() -> int:
    """Go on with those nobody works on any more; returns how many were finished."""
    now = timezone.now()
    rows = Import.objects.for_system(WHY).filter(Q(lease=None) | Q(lease__lt=now), state__in=AT_WORK)
    return sum(carry_on_import(pk) for pk in list(rows.order_by("made_at").values_list("pk", flat=True)[:_A_RUN]))


def _importer(row: Import) -> Access:
    """What they may do now, not what they might when they began."""
    person = row.undone_by if row.state == "undoing" else row.made_by
    assert person is not None
    access = access_of(person)
    require(person.is_active and access.can(RIGHT) and row.region_id in access.region_ids, NotAllowed)
    return access


def _taken(row: Import, access: Access) -> bool:
    if not row.lines and not _spread(row):
        return False
    plan, told_at = plan_of(row), 0.0
    for batch in _batches(row, plan):
        tell = time.monotonic() - told_at > _TOLD_EVERY
        told_at = time.monotonic() if tell else told_at
        if not _take(row, access, plan, batch, tell=tell):
            return False
    return _finish(row)


def _spread(row: Import) -> bool:
    """The lines of the file into pieces that can be opened one by one; the file itself is not needed any more."""
    most = ImportPolicy.current().lines

    def counted() -> Iterator[Line]:
        for count, line in enumerate(lines_below(row), start=1):
            if count > most:
                raise FileTooLarge(field="file")
            if count % _RENEWED_EVERY == 0:
                _renew(row)
            yield line

    name, total = keep_lines(row, counted())
    mine = Import.objects.for_system(WHY).filter(pk=row.pk, state=row.state, lease=row.lease, lines="")
    lease = timezone.now() + _LEASE
    if not mine.update(lines=name, total=total, lease=lease):
        forget_file(name)
        return False
    row.lines, row.total, row.lease = name, total, lease
    return True


def _batches(row: Import, plan: Plan) -> Iterator[list[Line]]:
    """From where it is. Lines of one order are never parted."""
    size = min(ImportPolicy.current().batch, ExchangePolicy.current().rows_at_once)
    lines = lines_from(row, row.position)
    batch: list[Line] = []
    for line in lines:
        if len(batch) >= size and (len(batch) >= 5 * size or not _of_one_order(batch[-1], line, plan)):
            yield batch
            batch = []
        batch.append(line)
    if batch:
        yield batch


def _of_one_order(before: Line, line: Line, plan: Plan) -> bool:
    return plan.subject != CONTACTS and reference(before[1], plan) == reference(line[1], plan) != ""


class _NotKept(Exception):
    """Rolls back what a check has tried."""


def _take(row: Import, access: Access, plan: Plan, batch: Sequence[Line], *, tell: bool) -> bool:
    with write(by=access) as change:
        mine: Import | None = (
            Import.objects.for_system(WHY)
            .locked()
            .select_related("region", "made_by")
            .filter(pk=row.pk, state=row.state, lease=row.lease)
            .first()
        )
        if mine is None:
            return False
        done = _tried(mine, access, plan, batch) if mine.state == "checking" else _do(mine, access, plan, batch)
        insert_many(done.problems)
        mine.position += len(batch)
        mine.counts = {name: mine.counts.get(name, 0) + count for name, count in {**_none(mine), **done.counts}.items()}
        mine.lease = timezone.now() + _LEASE
        mine.version += 1
        mine.save(update_fields=["position", "counts", "lease", "version"])
        if tell:
            change.announce(ImportChanged.of(mine))
    row.position, row.counts, row.lease = mine.position, mine.counts, mine.lease
    return True


def _none(row: Import) -> dict[str, int]:
    return dict.fromkeys(row.counts, 0)


def _do(row: Import, access: Access, plan: Plan, batch: Sequence[Line]) -> Taken:
    return (take_contacts if plan.subject == CONTACTS else take_orders)(row, access, plan, batch)


def _tried(row: Import, access: Access, plan: Plan, batch: Sequence[Line]) -> Taken:
    done = Taken()
    try:
        with write(by=access):
            done = _do(row, access, plan, batch)
            raise _NotKept
    except _NotKept:
        return done


def _finish(row: Import) -> bool:
    with write(by=_BY) as change:
        mine = _mine(row)
        if mine is None:
            return False
        if mine.state == "checking":
            mine.checked, mine.counts, mine.position, mine.state = mine.counts, {}, 0, "draft"
        else:
            mine.state, mine.ended_at = "done", timezone.now()
            forget_files(change, mine)
            change.record("import.finished", mine, **mine.counts)
        _let_go(change, mine)
    return True


def _undone(row: Import, access: Access) -> bool:
    told_at = 0.0
    while True:
        with write(by=access) as change:
            mine = _mine(row)
            if mine is None:
                return False
            some = undo_some(mine, access)
            mine.lease = timezone.now() + _LEASE
            if some == 0:
                mine.state, mine.undone_at = "undone", timezone.now()
                change.record("import.undone", mine, **mine.undo_counts)
                _let_go(change, mine)
                return True
            mine.version += 1
            mine.save()
            if time.monotonic() - told_at > _TOLD_EVERY:
                told_at = time.monotonic()
                change.announce(ImportChanged.of(mine))
        row.lease = mine.lease


def _let_go(change: Change, row: Import) -> None:
    row.lease = None
    row.version += 1
    row.save()
    change.announce(ImportChanged.of(row))


def _mine(row: Import) -> Import | None:
    rows = Import.objects.for_system(WHY).locked().select_related("region", "made_by")
    found: Import | None = rows.filter(pk=row.pk, state=row.state, lease=row.lease).first()
    return found


def _claim(import_id: UUID) -> Import | None:
    now = timezone.now()
    rows = Import.objects.for_system(WHY).filter(pk=import_id, state__in=AT_WORK)
    if not rows.filter(Q(lease=None) | Q(lease__lt=now)).update(lease=now + _LEASE):
        return None
    found: Import | None = rows.select_related("region", "made_by", "undone_by").first()
    return found


def _renew(row: Import) -> None:
    lease = timezone.now() + _LEASE
    mine = Import.objects.for_system(WHY).filter(pk=row.pk, state=row.state, lease=row.lease)
    require(mine.update(lease=lease), NotAllowed)
    row.lease = lease


def _give_up(row: Import) -> None:
    """Tried again by the next sweep; the third time it has failed. Not where somebody else works on it by now."""
    with write(by=_BY) as change:
        mine = _mine(row)
        if mine is None:
            return
        mine.attempts += 1
        if mine.attempts >= _ATTEMPTS:
            _stop(change, mine, "broken")
        else:
            Import.objects.for_system(WHY).filter(pk=mine.pk).update(lease=None, attempts=mine.attempts)


def _fail(row: Import, code: str) -> None:
    with write(by=_BY) as change:
        mine = _mine(row)
        if mine is not None:
            _stop(change, mine, code)


def _stop(change: Change, row: Import, code: str) -> None:
    """A check that fails leaves a file that can be set up otherwise; an undoing can be asked for again."""
    was, row.error = row.state, code
    row.state = {"checking": "draft", "undoing": "done"}.get(was, "failed")
    if was == "checking":
        row.position, row.counts = 0, {}
    if row.state == "failed":
        row.ended_at = timezone.now()
    change.record("import.failed", row, reason=code)
    _let_go(change, row)
