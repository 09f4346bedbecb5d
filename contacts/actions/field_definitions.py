"""Which custom fields a region has (CM-2). Type, key and whether it can be filtered by are for ever: what is stored
depends on them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.actions.catalogues import Catalogue, changed_by, put_away
from contacts.errors import FieldTaken, TooManyFields
from contacts.identities import clean_name
from contacts.models import ContactsPolicy, FieldDefinition
from contacts.models.custom_field import CHOICE, TYPES
from security.access import Actor
from security.errors import Invalid, Missing, require
from security.search.folding import plain

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LABEL_MAX, _OPTIONS_MAX = 60, 100
_CHANGEABLE = ("label", "options", "required", "order")
FIELDS = Catalogue(FieldDefinition, what="fields", right="contacts.manage_field")
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
    with FIELDS.adding(by, region_id) as (change, known):
        require(known.count() < ContactsPolicy.current().fields_most, TooManyFields)
        row = FieldDefinition(region_id=region_id, key=key, type=type, filterable=filterable, created_at=timezone.now())
        _refuse_taken(row)
        _set(row, {"label": label, "options": options, "required": required, "order": known.count()})
        row.save(force_insert=True)
        change.record("field.added", row, name=row.label, type=type)
    return row


def change_field(*, by: Actor, field_id: UUID, **wanted: Any) -> FieldDefinition:
    """Its label, options, order, or whether it may be empty."""
    with FIELDS.changing(by, field_id) as (change, row):
        if changed := changed_by(row, _CHANGEABLE, _set, wanted):
            change.record("field.changed", row, **changed)
    return row


def archive_field(*, by: Actor, field_id: UUID) -> FieldDefinition:
    """It is shown no more; what it said of contacts is kept, for ``restore_field``."""
    with FIELDS.changing(by, field_id) as (change, row):
        if put_away(row):
            change.record("field.archived", row, name=row.label)
    return row


def restore_field(*, by: Actor, field_id: UUID) -> FieldDefinition:
    with FIELDS.changing(by, field_id) as (change, row):
        if row.archived_at is not None:
            _refuse_taken(row)
            row.archived_at = None
            change.record("field.restored", row, name=row.label)
    return row


def _refuse_taken(row: FieldDefinition) -> None:
    if FIELDS.living(row.region_id).filter(key=row.key).exclude(pk=row.pk).exists():
        raise FieldTaken(field="key")


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
