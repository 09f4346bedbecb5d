"""Tags and fields of a contact in its export, at its erasure, and when two contacts turn out to be one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from contacts.actions.merge_records import dropped_by, note_dropped
from contacts.field_queries import fields_on_card
from contacts.fields import found_by
from contacts.models import Contact, ContactMerge, ContactTag, FieldDefinition, FieldValue, Tag
from contacts.privacy.belongings import Archive, Belongings, register_belongings
from contacts.tag_queries import tags_of_contact
from security.actions.renewing import move_row
from security.bulk import insert_many
from security.encryption.blind_index import BlindIndex
from security.models import User
from security.writing import Change

_WHY = "what is kept of a contact"


def _count(contact: Contact) -> Mapping[str, int]:
    counts = {
        "tags": ContactTag.objects.for_system(_WHY).filter(contact=contact).count(),
        "fields": FieldValue.objects.for_system(_WHY).filter(contact=contact).count(),
    }
    return {name: count for name, count in counts.items() if count}


def _stop(change: Change, contact: Contact) -> None:
    """Tags say something of a person, and have no key that could be destroyed; values go with theirs."""
    ContactTag.objects.for_system(_WHY).filter(contact=contact).delete()
    FieldValue.objects.for_system(_WHY).filter(contact=contact).update(digest=None, number=None)


def _gather(contact: Contact, archive: Archive) -> dict[str, Any]:
    return {
        "tags": [{"name": one.name, "at": one.at} for one in tags_of_contact(contact)],
        "fields": {one.label: one.value for one in fields_on_card(contact) if one.value is not None},
    }


def _take_over(change: Change, kept: Contact, merged: Contact) -> None:
    """What the one that stays says itself holds; the rest is added, and what both have is noted for an undo."""
    _take_tags(kept, merged)
    said = set(FieldValue.objects.for_system(_WHY).filter(contact=kept).values_list("definition_id", flat=True))
    dropped = []
    for value in FieldValue.objects.for_system(_WHY).filter(contact=merged):
        if value.definition_id in said:
            told = {"definition": str(value.definition_id), "value": value.value}
            dropped.append({**told, "by": value.by_id, "at": value.at.isoformat()})
            value.delete()
        else:
            value.contact = kept
            move_row(value, kept.key_id, "contact")
    note_dropped(kept, merged, FieldValue, dropped)


def _take_tags(kept: Contact, merged: Contact) -> None:
    rows = ContactTag.objects.for_system(_WHY)
    known = rows.filter(contact=kept).values_list("tag_id", flat=True)
    both = rows.filter(contact=merged, tag__in=list(known))
    note_dropped(kept, merged, ContactTag, [_told(row) for row in both])
    both.delete()
    rows.filter(contact=merged).update(contact=kept)


def _told(row: ContactTag) -> dict[str, Any]:
    ids = {
        name: None if (pk := getattr(row, name)) is None else str(pk) for name in ("tag_id", "run_id", "came_from_id")
    }
    return {**ids, "by_id": row.by_id, "at": row.at.isoformat()}


def _give_back(change: Change, merge: ContactMerge) -> None:
    """What both had; the rest is where it was by now. A tag, or a field, that is gone since stays gone."""
    merged, tags, values = merge.merged, dropped_by(merge, ContactTag), dropped_by(merge, FieldValue)
    living = _living(Tag.objects.for_system(_WHY), [one[name] for one in tags for name in ("tag_id", "came_from_id")])
    people = _living(User.objects, [*(one["by_id"] for one in tags), *(one["by"] for one in values)])
    fresh = [_tag(merged, one, living, people) for one in tags if one["tag_id"] in living]
    insert_many(fresh, ignoring_conflicts=True)
    known = FieldDefinition.objects.for_system(_WHY).in_bulk([UUID(one["definition"]) for one in values])
    index = BlindIndex(merged.region_id)
    for one in values:
        definition = known.get(UUID(one["definition"]))
        if definition is None:
            continue
        row = FieldValue(contact=merged, definition=definition, key_id=merged.key_id, by_id=people.get(str(one["by"])))
        row.value, row.at = one["value"], datetime.fromisoformat(one["at"])
        row.digest, row.number = found_by(definition, row.value, index)
        row.save(force_insert=True)


def _tag(contact: Contact, told: dict[str, Any], living: Mapping[str, Any], people: Mapping[str, Any]) -> ContactTag:
    return ContactTag(
        contact=contact,
        tag_id=living[told["tag_id"]],
        run_id=None if told["run_id"] is None else UUID(told["run_id"]),
        came_from_id=living.get(str(told["came_from_id"])),
        by_id=people.get(str(told["by_id"])),
        at=datetime.fromisoformat(told["at"]),
    )


def _living(rows: Any, ids: Iterable[Any]) -> dict[str, Any]:
    """Those of ``ids`` that are still there, by how they are written."""
    found = rows.filter(pk__in={one for one in ids if one is not None}).values_list("pk", flat=True)
    return {str(pk): pk for pk in found}


def register() -> None:
    register_belongings(
        Belongings(name="card", count=_count, stop=_stop, gather=_gather, take_over=_take_over, give_back=_give_back)
    )
