"""Taking back what an import made, newest first: only what nobody changed since. The rest stays, and is told."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.actions.consent_import import ConsentLine, record_consents
from contacts.actions.custom_fields import set_fields
from contacts.actions.import_removing import remove_contact, restore_contact
from contacts.actions.orders import remove_orders, upsert_orders
from contacts.actions.tagging import untag_contacts
from contacts.exchange.rows import ContactRow, ItemRow, OrderRow
from contacts.imports.plan import SOURCE
from contacts.models import (
    ConsentEntry,
    Contact,
    FieldDefinition,
    FieldValue,
    Import,
    ImportProblem,
    ImportTrace,
    Order,
)
from security.access import Access
from security.errors import Refusal
from security.writing import write

_WHY = "undoing an import"
_AT_ONCE = 100
REMOVED, RESTORED, KEPT = "removed", "restored", "kept"


def undo_some(row: Import, by: Access) -> int:
    """Some of its traces, in the caller's write, and how many; they are gone then, so that whoever goes on finds the
    next ones."""
    rows = ImportTrace.objects.for_system(_WHY).filter(of=row)
    traces = list(rows.order_by("-id").select_related("contact")[:_AT_ONCE])
    for trace in traces:
        try:
            with write(by=by):
                done = KEPT if trace.contact.gone else _DEEDS[trace.kind](row, by, trace)
        except Refusal:
            done = KEPT
        row.undo_counts = {**row.undo_counts, done: row.undo_counts.get(done, 0) + 1}
        if done == KEPT:
            _tell_kept(row, trace)
    rows.filter(pk__in=[trace.pk for trace in traces]).delete()
    return len(traces)


def _contact(row: Import, by: Access, trace: ImportTrace) -> str:
    contact: Contact = Contact.objects.for_system(_WHY).locked().get(pk=trace.contact_id)
    if contact.version != _left_at(trace):
        return KEPT
    if trace.made:
        return REMOVED if remove_contact(by=by, contact=contact) else KEPT
    restore_contact(by=by, contact=contact, before=trace.before or {})
    _as_left_before(trace, contact.version)
    return RESTORED


def _order(row: Import, by: Access, trace: ImportTrace) -> str:
    order: Order | None = Order.objects.for_system(_WHY).locked().filter(pk=trace.object_id).first()
    if order is None or order.version != _left_at(trace):
        return KEPT
    if trace.made:
        source = (row.settings or {}).get("source") or SOURCE
        return REMOVED if remove_orders(by=by, region=row.region, source=source, order_ids=[order.pk]) else KEPT
    upsert_orders(by=by, region=row.region, source=order.source, rows=[_as_it_was(trace.before or {})], history=True)
    version = Order.objects.for_system(_WHY).values_list("version", flat=True).get(pk=order.pk)
    _as_left_before(trace, version)
    return RESTORED


def _left_at(trace: ImportTrace) -> int:
    """As of now: undoing a later line may have moved it on."""
    found: int = ImportTrace.objects.for_system(_WHY).values_list("version", flat=True).get(pk=trace.pk)
    return found


def _as_left_before(trace: ImportTrace, version: int) -> None:
    """Earlier lines, and earlier imports, left it just as it is restored now."""
    rows = ImportTrace.objects.for_system(_WHY).filter(object_id=trace.object_id, kind=trace.kind, version=trace.was)
    rows.update(version=version)


def _as_it_was(before: dict[str, Any]) -> OrderRow:
    times = {name: datetime.fromisoformat(before[name]) if before[name] else None for name in ("paid_at", "closed_at")}
    return OrderRow(
        external_id=before["ref"],
        contact=ContactRow(external_id=before["ref"]),  # it stays with its contact
        state=before["state"],
        currency=before["currency"],
        total_minor=before["total_minor"],
        placed_at=datetime.fromisoformat(before["placed_at"]),
        number=before["number"],
        items=tuple(ItemRow(**item) for item in before["items"]),
        **times,
    )


def _tag(row: Import, by: Access, trace: ImportTrace) -> str:
    gone = untag_contacts(by=by, contact_ids=[trace.contact_id], tag_id=trace.object_id)
    return REMOVED if gone else KEPT


def _field(row: Import, by: Access, trace: ImportTrace) -> str:
    values = FieldValue.objects.for_system(_WHY).filter(contact_id=trace.contact_id, definition_id=trace.object_id)
    now, told = values.first(), trace.before or {}
    definition = FieldDefinition.objects.for_system(_WHY).filter(pk=trace.object_id, archived_at=None).first()
    if now is None or definition is None or now.value != told["is"]:
        return KEPT
    set_fields(by=by, contact_id=trace.contact_id, values={definition.key: told["was"]})
    return REMOVED if trace.made else RESTORED


def _consent(row: Import, by: Access, trace: ImportTrace) -> str:
    """The register only grows: an agreement is taken back by another line, where they said nothing since and had not
    agreed before. A stop stays: nobody is written to because a file was wrong."""
    entry: ConsentEntry = ConsentEntry.objects.for_system(_WHY).get(pk=trace.object_id)
    others = ConsentEntry.objects.for_system(_WHY).filter(contact_id=trace.contact_id, purpose=entry.purpose)
    before = others.filter(at__lte=entry.at).exclude(pk=entry.pk).order_by("-at", "-id").first()
    if not entry.given or others.filter(at__gt=entry.at).exists() or (before is not None and before.given):
        return KEPT
    contact = Contact.objects.for_system(_WHY).locked().get(pk=trace.contact_id)
    line = ConsentLine(
        trace.contact_id, given=False, at=timezone.now(), evidence=_("The import that said they agreed was undone.")
    )
    (answer,) = record_consents(by=by, lines=[line])
    if isinstance(answer, Refusal):
        return KEPT
    _as_left(row, trace, contact.version)
    return REMOVED


def _as_left(row: Import, trace: ImportTrace, version: int) -> None:
    """What the undoing itself changed of a contact that was as the import left it is nobody's change."""
    now = Contact.objects.for_system(_WHY).values_list("version", flat=True).get(pk=trace.contact_id)
    rows = ImportTrace.objects.for_system(_WHY).filter(of=row, contact_id=trace.contact_id, kind="contact")
    rows.filter(version=version).update(version=now)


def _tell_kept(row: Import, trace: ImportTrace) -> None:
    ImportProblem.objects.create(
        of=row,
        key_id=row.key_id,
        line=trace.line,
        phase="undo",
        code=f"{trace.kind}_kept",
        field=trace.kind,
        told={"message": _words(trace.kind), "remedy": "", "cells": [str(trace.contact_id)]},
    )


def _words(kind: str) -> str:
    return {
        "contact": _("This contact stays: it was changed since, or there is more of it by now."),
        "order": _("This order stays: it was changed since."),
        "tag": _("This tag was taken off, or put away, since."),
        "field": _("This field was filled in otherwise since."),
        "consent": _("What they said on marketing stays."),
    }[kind]


_DEEDS = {"contact": _contact, "order": _order, "tag": _tag, "field": _field, "consent": _consent}
