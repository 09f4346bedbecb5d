"""Which custom fields a region has (CM-2). Type, key and whether it can be filtered by are for ever: what is stored
depends on them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.errors import FieldTaken, TooManyFields
from contacts.events import CatalogueChanged
from contacts.identities import clean_name
from contacts.models import ContactsPolicy, FieldDefinition
from contacts.models.custom_field import CHOICE, TYPES
from security.access import Access, Actor
from security.errors import Invalid, Missing, NotFound, require
from security.search.folding import plain
from security.writing import Change, write

_WHY = "the fields of a region"
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LABEL_MAX, _OPTIONS_MAX = 60, 100
_CHANGEABLE = ("label", "options", "required", "order")
Options = Sequence[Mapping[str, str]]


def add_field(
    *,
    by: Actor,
    region_id: int,
    key: str,
    label: str,
    type: str,
    options: Options = (),
    required: bool = False,
    filterable: bool = True,
) -> FieldDefinition:
    """``key`` names it in imports and in the API: small letters, digits and ``_``."""
    if _KEY.fullmatch(key) is None:
        raise Invalid(field="key", message=_("Small letters, digits and _, beginning with a letter; at most 40."))
    if type not in dict(TYPES):
        raise Invalid(field="type")
    with write(by=by) as change:
        _require_manager(by, region_id)
        known = FieldDefinition.objects.for_system(_WHY).living().filter(region_id=region_id)
        require(known.count() < ContactsPolicy.current().fields_most, TooManyFields)
        if known.filter(key=key).exists():
            raise FieldTaken(field="key")
        row = FieldDefinition(region_id=region_id, key=key, type=type, filterable=filterable, created_at=timezone.now())
        _set(row, {"label": label, "options": options, "required": required, "order": known.count()})
        row.save(force_insert=True)
        change.record("field.added", row, name=row.label, type=type)
        _tell(change, row)
    return row


def change_field(*, by: Actor, field_id: UUID, **wanted: Any) -> FieldDefinition:
    """Its label, options, order, or whether it may be empty."""
    with write(by=by) as change:
        row = _mine(by, field_id)
        before = {name: getattr(row, name) for name in _CHANGEABLE}
        _set(row, wanted)
        changed = {name: [old, getattr(row, name)] for name, old in before.items() if getattr(row, name) != old}
        if changed:
            row.version += 1
            row.save()
            change.record("field.changed", row, **changed)
            _tell(change, row)
    return row


def archive_field(*, by: Actor, field_id: UUID) -> FieldDefinition:
    """It is shown no more; what it said of contacts is kept, for ``restore_field``."""
    with write(by=by) as change:
        row = _mine(by, field_id)
        if row.archived_at is None:
            row.archived_at = timezone.now()
            row.version += 1
            row.save()
            change.record("field.archived", row, name=row.label)
            _tell(change, row)
    return row


def restore_field(*, by: Actor, field_id: UUID) -> FieldDefinition:
    with write(by=by) as change:
        row = _mine(by, field_id)
        if row.archived_at is not None:
            same = FieldDefinition.objects.for_system(_WHY).living().filter(region=row.region_id, key=row.key)
            require(not same.exists(), FieldTaken)
            row.archived_at = None
            row.version += 1
            row.save()
            change.record("field.restored", row, name=row.label)
            _tell(change, row)
    return row


def _set(row: FieldDefinition, wanted: Mapping[str, Any]) -> None:
    if "label" in wanted:
        row.label = clean_name(wanted["label"], longest=_LABEL_MAX)
    if not row.label:
        raise Missing(field="label")
    if "options" in wanted:
        row.options = _options(row, wanted["options"])
    if row.type == CHOICE and not row.options:
        raise Missing(field="options")
    row.required = wanted.get("required", row.required)
    row.order = wanted.get("order", row.order)


def _options(row: FieldDefinition, wanted: Options) -> list[dict[str, str]]:
    """Each once; a choice keeps its key when it is called otherwise, so that what was chosen stays chosen."""
    if row.type != CHOICE:
        return []
    if len(wanted) > _OPTIONS_MAX:
        raise Invalid(field="options", message=_("At most %(n)s choices.") % {"n": _OPTIONS_MAX})
    found: list[dict[str, str]] = []
    taken = {one["key"] for one in wanted if one.get("key")}
    for one in wanted:
        label = clean_name(one.get("label", ""), longest=_LABEL_MAX)
        if not label:
            raise Missing(field="options")
        key = one.get("key") or _free_key(label, taken)
        taken.add(key)
        found.append({"key": key, "label": label})
    if len({plain(one["label"]) for one in found}) < len(found) or len({one["key"] for one in found}) < len(found):
        raise Invalid(field="options", message=_("Each choice stands there once."))
    return found


def _free_key(label: str, taken: set[str]) -> str:
    base = plain(label)[:40]
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, _OPTIONS_MAX + 2))) if key not in taken)


def _require_manager(by: Actor, region_id: int) -> None:
    if isinstance(by, Access):
        require(region_id in by.region_ids, NotFound)
        require(by.can("contacts.manage_field"))


def _mine(by: Actor, field_id: UUID) -> FieldDefinition:
    rows: Any = FieldDefinition.objects
    opened = rows.visible_to(by) if isinstance(by, Access) else rows.for_system(_WHY)
    row: FieldDefinition = opened.locked().get_or_404(field_id)
    _require_manager(by, row.region_id)
    return row


def _tell(change: Change, row: FieldDefinition) -> None:
    change.announce(CatalogueChanged.of(row.region_id, "fields"))
