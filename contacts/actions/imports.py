"""Bringing in a file, from its upload to asking for its undoing (CM-3). The work itself is done in the background:
``import_running``, ``import_undoing``."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.utils import timezone

from contacts.imports.columns import guess, shape_of, targets
from contacts.imports.errors import FileTooLarge, ImportsRunning, NothingMapped, NotNow, TooLateToUndo
from contacts.imports.events import ImportChanged
from contacts.imports.looking import headings_of, look_at, name_columns
from contacts.imports.plan import fields_of, labels_of, meanings, plan_of
from contacts.imports.policy import ImportPolicy
from contacts.imports.shapes import undo_until
from contacts.imports.storing import forget_file, keep_raw
from contacts.models import Import, ImportMapping, ImportProblem, ImportTrace
from contacts.models.data_import import AT_WORK
from security.access import Access, System
from security.encryption.keyring import destroy_keys, make_keys
from security.errors import Invalid, NotFound, require
from security.tiers.holding import require_right
from security.writing import Change, write

WHY = "importing"
RIGHT = "contacts.import_contact"
_NAME_MAX = 200
# What is found out by looking at a file.
_LOOKED_AT = ("form", "heading", "columns", "sheets", "shape", "mapping", "settings")
_REMEMBERED = ("country", "date_order", "source", "overwrite", "currency")


def upload_import(*, by: Access, region_id: int, subject: str, name: str, file: IO[bytes], size: int) -> Import:
    """Keep a file, sealed, and find out what it is. Nothing of it is taken in yet."""
    require_right(by, RIGHT)
    if region_id not in by.region_ids:
        raise NotFound(field="region_id")
    if size > ImportPolicy.current().file_mb * 1_000_000:
        raise FileTooLarge(field="file")
    (key,) = make_keys(region_id=region_id, purpose="import")
    row = Import(region_id=region_id, key_id=key.pk, subject=subject, size=size, made_at=timezone.now())
    row.file_name, row.made_by_id, row.settings = name[-_NAME_MAX:], by.user_id, {}
    row.raw = keep_raw(row, file)
    try:
        _look(row)
    except Exception:
        forget_file(row.raw)
        destroy_keys([row.key_id])
        raise
    with write(by=by) as change:
        row.save(force_insert=True)
        change.record("import.uploaded", row, what=subject, bytes=size)
        change.announce(ImportChanged.of(row))
    return row


def set_up_import(
    *,
    by: Access,
    import_id: UUID,
    reading: Mapping[str, str] | None = None,
    heading: bool | None = None,
    mapping: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Import:
    """Say how the file is to be read, what its columns mean, and what holds for all of its lines."""
    seen = _looked_at(by, import_id, reading, heading=heading) if reading is not None or heading is not None else None
    with write(by=by) as change:
        row = _locked(by, import_id, "draft")
        if seen is not None:
            for name in _LOOKED_AT:
                setattr(row, name, getattr(seen, name))
            change.afterwards[("delete", row.lines)] = partial(forget_file, row.lines)
            row.lines, row.total = "", None
        if mapping is not None:
            row.mapping = _checked_mapping(row, mapping)
        if settings is not None:
            row.settings = {**(row.settings or {}), **settings}
        _forget_check(row)
        _save(change, row)
    return row


def check_import(*, by: Access, import_id: UUID) -> Import:
    """Try every line, keep nothing, and say what would become of each."""
    with write(by=by) as change:
        row = _ready(by, import_id)
        _forget_check(row)
        return _start(change, row, "checking")


def run_import(*, by: Access, import_id: UUID) -> Import:
    """Take it in. What its columns mean is remembered for the next file of this shape."""
    require_right(by, RIGHT)
    with write(by=by) as change:
        row = _ready(by, import_id)
        running = Import.objects.for_system(WHY).filter(region_id=row.region_id, state__in=("running", "undoing"))
        require(running.count() < ImportPolicy.current().at_once, ImportsRunning)
        row.begun_at, row.made_by_id = timezone.now(), by.user_id
        _remember(row)
        change.record("import.begun", row, what=row.subject)
        return _start(change, row, "running")


def cancel_import(*, by: Access, import_id: UUID) -> Import:
    """A check is given up; one that runs stops after the lines it is at; one that was never begun is destroyed."""
    with write(by=by) as change:
        row = _locked(by, import_id, "draft", "checking", "running")
        if row.state == "checking":
            row.state, row.lease, row.position, row.counts = "draft", None, 0, {}
        else:
            if row.state == "draft":
                empty(change, row)
            row.state, row.lease, row.ended_at = "cancelled", None, timezone.now()
            change.record("import.cancelled", row, rows=row.position)
        _save(change, row)
    return row


def undo_import(*, by: Access, import_id: UUID) -> Import:
    """Take back what it made and nobody changed since."""
    require_right(by, RIGHT)
    with write(by=by) as change:
        row = _locked(by, import_id, "done", "cancelled", "failed")
        until = undo_until(row)
        require(until is not None and until > timezone.now(), TooLateToUndo)
        row.undone_by_id = by.user_id
        row.undo_counts = {}
        change.record("import.undo_asked", row)
        return _start(change, row, "undoing")


def record_problems_taken(*, by: Access, import_id: UUID, phase: str) -> Import:
    """Somebody takes the lines that were refused, as a file: a line in the log before the first byte."""
    with write(by=by) as change:
        row: Import = Import.objects.visible_to(by).get_or_404(import_id)
        require(row.emptied_at is None, NotNow)
        change.record("import.problems_downloaded", row, phase=phase)
    return row


def empty_imports() -> int:
    """Destroy what is past its time: files nobody began with, and what imports changed that can not be undone any
    more."""
    policy, now = ImportPolicy.current(), timezone.now()
    rows = Import.objects.for_system(WHY).filter(emptied_at=None).exclude(state__in=AT_WORK)
    drafts = rows.filter(state="draft", made_at__lt=now - timedelta(hours=policy.draft_hours))
    over = rows.exclude(state="draft").filter(ended_at__lt=now - timedelta(days=policy.undo_days))
    wanted = [*drafts.values_list("pk", flat=True)[:20], *over.values_list("pk", flat=True)[:20]]
    for pk in wanted:
        with write(by=System("old imports")) as change:
            row = Import.objects.for_system(WHY).locked().filter(pk=pk, emptied_at=None).first()
            if row is not None:
                if row.state == "draft":
                    row.state, row.ended_at = "cancelled", now
                empty(change, row)
                _save(change, row)
    return len(wanted)


def empty(change: Change, row: Import) -> None:
    """Nothing of its lines can be read any more. The caller saves."""
    forget_files(change, row)
    ImportProblem.objects.for_system(WHY).filter(of=row).delete()
    ImportTrace.objects.for_system(WHY).filter(of=row).delete()
    row.file_name = row.columns = row.sheets = row.settings = None
    row.emptied_at = timezone.now()
    old, (row.key_id,) = row.key_id, [make_keys(region_id=row.region_id, purpose="import")[0].pk]
    destroy_keys([old])


def forget_files(change: Change, row: Import) -> None:
    """The files go once that is committed."""
    for name in filter(None, (row.raw, row.lines)):
        change.afterwards.setdefault(("delete", name), partial(forget_file, name))
    row.raw = row.lines = ""


def _look(row: Import, *, reading: Mapping[str, str] | None = None, heading: bool | None = None) -> None:
    """Reads the first lines and guesses what the columns mean, or remembers it."""
    now = {name: str(row.form.get(name, "")) for name in ("encoding", "delimiter", "sheet")}
    first = look_at(row, **{**now, **(reading or {})})
    name_columns(row, first, heading=heading)
    row.shape = shape_of(headings_of(row)) if row.heading else ""
    known = _known_mapping(row)
    if known is not None:
        row.mapping, row.settings = known.mapping, {**known.settings, **(row.settings or {})}
        return
    below = [cells for _number, cells in (first[1:] if row.heading else first)]
    row.mapping = guess(row.subject, headings_of(row), below, labels_of(fields_of(row.region_id)))


def _looked_at(by: Access, import_id: UUID, reading: Mapping[str, str] | None, *, heading: bool | None) -> Import:
    """Files are read before anything is locked."""
    row: Import = Import.objects.visible_to(by).select_related("region").get_or_404(import_id)
    require(row.state == "draft", NotNow)
    _look(row, reading=reading, heading=heading)
    return row


def _known_mapping(row: Import) -> ImportMapping | None:
    if not row.shape:
        return None
    rows = ImportMapping.objects.for_system(WHY).filter(region_id=row.region_id, subject=row.subject, shape=row.shape)
    found: ImportMapping | None = rows.first()
    return found


def _remember(row: Import) -> None:
    if not row.shape:
        return
    told = {name: value for name, value in (row.settings or {}).items() if name in _REMEMBERED}
    ImportMapping.objects.for_system(WHY).update_or_create(
        region_id=row.region_id, subject=row.subject, shape=row.shape,
        defaults={"mapping": row.mapping, "settings": told, "used_at": timezone.now()},
    )  # fmt: skip


def _checked_mapping(row: Import, mapping: Mapping[str, str]) -> dict[str, str]:
    known = set(meanings(row.subject, fields_of(row.region_id), targets(row.subject)))
    width = len(row.columns or [])
    kept: dict[str, str] = {}
    for column, meaning in mapping.items():
        if not meaning:
            continue
        if not column.isdecimal() or int(column) >= width or meaning not in known:
            raise Invalid(field="mapping")
        if meaning != "tags" and meaning in kept.values():
            raise Invalid(field="mapping")
        kept[column] = meaning
    return kept


def _ready(by: Access, import_id: UUID) -> Import:
    row = _locked(by, import_id, "draft")
    if not plan_of(row).names_somebody:
        raise NothingMapped(field="mapping")
    return row


def _start(change: Change, row: Import, state: str) -> Import:
    row.state, row.lease, row.attempts, row.error = state, None, 0, ""
    if state != "undoing":
        row.position, row.counts = 0, {}
    _save(change, row)
    from contacts.tasks import carry_on_import  # tasks import actions

    change.enqueue(carry_on_import, str(row.pk))
    return row


def _forget_check(row: Import) -> None:
    row.checked = None
    ImportProblem.objects.for_system(WHY).filter(of=row, phase="check").delete()


def _locked(by: Access, import_id: UUID, *states: str) -> Import:
    rows = Import.objects.visible_to(by).select_related("region", "made_by").locked()
    row: Import = rows.get_or_404(import_id)
    require(row.state in states, NotNow)
    return row


def _save(change: Change, row: Import) -> None:
    row.version += 1
    row.save()
    change.announce(ImportChanged.of(row))
