"""What a batch of lines does: through the same actions as everybody else, with a trace of all it made or changed. Only
within the write of ``import_running``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.actions.consent_import import ConsentLine, record_consents
from contacts.actions.custom_fields import set_fields
from contacts.actions.import_tags import put_tags
from contacts.actions.orders import upsert_orders
from contacts.actions.outside_contacts import upsert_contacts
from contacts.exchange.order_book import OF_ANOTHER
from contacts.exchange.outsiders import PHONE_OF_ANOTHER
from contacts.exchange.rows import CREATED, REFUSED, UPDATED, Outcome
from contacts.imports.before import Before, People, orders_before
from contacts.imports.order_records import OrderRecord, read_order, reference
from contacts.imports.plan import Plan
from contacts.imports.records import ContactRecord, read_contact
from contacts.imports.tables import Line
from contacts.models import Contact, FieldValue, Import, ImportProblem, ImportTrace, Order
from security.access import Access
from security.bulk import insert_many
from security.errors import Refusal, Words

_WHY = "importing"


@dataclass
class Taken:
    """What became of a batch. ``problems`` are to be saved."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[ImportProblem] = field(default_factory=list)

    def add(self, name: str, count: int = 1) -> None:
        self.counts[name] = self.counts.get(name, 0) + count


def take_contacts(row: Import, by: Access, plan: Plan, lines: Sequence[Line]) -> Taken:
    batch = _Batch(row, by, plan)
    records = [read_contact(number, cells, plan) for number, cells in lines]
    good = batch.without_odd(records)
    people = People(row.region, plan.source, [record.row for record in good])
    outcomes = upsert_contacts(
        by=by,
        region=row.region,
        source=plan.source,
        rows=[record.row for record in good],
        overwrite=plan.overwrite,
        history=True,
    )
    done = [(record, outcome) for record, outcome in zip(good, outcomes, strict=True) if batch.settle(record, outcome)]
    batch.trace_people(people, [(record.line, outcome.id) for record, outcome in done if outcome.id])
    placed = [(record, outcome.id) for record, outcome in done if outcome.id is not None]
    batch.put_tags(placed)
    batch.set_fields(placed)
    batch.record_consents(placed)
    batch.settle_versions()
    insert_many(batch.traces)
    return batch.taken


def take_orders(row: Import, by: Access, plan: Plan, lines: Sequence[Line]) -> Taken:
    batch = _Batch(row, by, plan)
    records = [read_order(group, plan) for group in _together(lines, plan)]
    batch.taken.add("lines", len(lines))
    good = batch.without_odd(records)
    people = People(row.region, plan.source, [record.row.contact for record in good])
    before = orders_before(row.region, plan.source, [record.row.external_id for record in good])
    outcomes = upsert_orders(
        by=by,
        region=row.region,
        source=plan.source,
        rows=[record.row for record in good],
        overwrite=plan.overwrite,
        history=True,
    )
    done = [(record, outcome) for record, outcome in zip(good, outcomes, strict=True) if batch.settle(record, outcome)]
    batch.trace_orders(people, before, [(record.line, outcome) for record, outcome in done])
    insert_many(batch.traces)
    return batch.taken


def _together(lines: Sequence[Line], plan: Plan) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        ref = reference(line[1], plan)
        if groups and ref and reference(groups[-1][0][1], plan) == ref:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


class _Batch:
    def __init__(self, row: Import, by: Access, plan: Plan) -> None:
        self.row, self.by, self.plan = row, by, plan
        self.at, self.taken = timezone.now(), Taken()
        self.traces: list[ImportTrace] = []
        self._keys: dict[UUID, UUID] = {}

    def without_odd(self, records: Iterable[Any]) -> list[Any]:
        good = []
        for record in records:
            if record.odd:
                self.taken.add("refused")
                for refusal in record.odd:
                    self.problem(record, refusal)
            else:
                good.append(record)
        return good

    def settle(self, record: ContactRecord | OrderRecord, outcome: Outcome) -> bool:
        """Whether the line was taken."""
        if outcome.done == REFUSED and outcome.refusal is not None:
            self.taken.add("refused")
            self.problem(record, outcome.refusal)
            return False
        self.taken.add(outcome.done)
        for note in outcome.notes:
            self.taken.add("noted")
            self.problem(record, Noted(note))
        return True

    def problem(self, record: ContactRecord | OrderRecord, refusal: "Refusal | Noted") -> None:
        told = {"message": str(refusal.message), "remedy": str(refusal.remedy or ""), "cells": list(record.cells)}
        self.taken.problems.append(
            ImportProblem(
                of=self.row,
                key_id=self.row.key_id,
                line=record.line,
                phase="check" if self.row.state == "checking" else "run",
                code=refusal.code,
                field=(refusal.field or "")[:60],
                told=told,
            )
        )

    def trace_people(self, people: People, found: Iterable[tuple[int, UUID]]) -> None:
        first: dict[UUID, int] = {}
        for line, contact_id in found:
            first.setdefault(contact_id, line)
        for contact, before in people.changed(first):
            self._keys[contact.pk] = contact.key_id
            if before is None:
                self._trace(first[contact.pk], "contact", contact.pk, contact.pk, version=contact.version)
            elif before.differs_from(contact):
                self._trace(
                    first[contact.pk], "contact", contact.pk, contact.pk,
                    made=False, was=before.version, version=contact.version, before=before.told(),
                )  # fmt: skip

    def trace_orders(self, people: People, before: dict[UUID, Before], done: list[tuple[int, Outcome]]) -> None:
        lines = {outcome.id: (line, outcome.done) for line, outcome in done if outcome.id is not None}
        orders = list(Order.objects.for_system(_WHY).filter(pk__in=list(lines)))
        self.trace_people(people, [(lines[order.pk][0], order.contact_id) for order in orders])
        for order in orders:
            line, what = lines[order.pk]
            if what == CREATED:
                self._trace(line, "order", order.pk, order.contact_id, version=order.version)
            elif what == UPDATED:
                was = before[order.pk]
                self._trace(
                    line, "order", order.pk, order.contact_id,
                    made=False, was=was.version, version=order.version, before=was.told(),
                )  # fmt: skip

    def put_tags(self, placed: Sequence[tuple[ContactRecord, UUID]]) -> None:
        wanted: dict[str, dict[UUID, ContactRecord]] = {}
        for record, contact_id in placed:
            for name in record.tags:
                wanted.setdefault(name, {}).setdefault(contact_id, record)
        for name, on in wanted.items():
            try:
                tag_id, fresh = put_tags(by=self.by, region_id=self.row.region_id, name=name, contact_ids=list(on))
            except Refusal as refusal:
                refusal.field = "tags"
                for record in on.values():
                    self.taken.add("noted")
                    self.problem(record, refusal)
                continue
            for contact_id in fresh:
                self._trace(on[contact_id].line, "tag", tag_id, contact_id)

    def set_fields(self, placed: Sequence[tuple[ContactRecord, UUID]]) -> None:
        filled = [(record, pk) for record, pk in placed if record.fields]
        if not filled:
            return
        ids = [pk for _, pk in filled]
        rows = FieldValue.objects.for_system(_WHY).filter(contact_id__in=ids)
        had = {(one.contact_id, one.definition_id): one.value for one in rows}
        for record, contact_id in filled:
            try:
                set_fields(by=self.by, contact_id=contact_id, values=record.fields)
            except Refusal as refusal:
                self.taken.add("noted")
                self.problem(record, refusal)
                continue
            for key in record.fields:
                definition = self.plan.fields[key]
                self._trace_field(record.line, contact_id, definition.pk, had.get((contact_id, definition.pk)))

    def record_consents(self, placed: Sequence[tuple[ContactRecord, UUID]]) -> None:
        said = [(record, pk, record.consent) for record, pk in placed if record.consent is not None]
        lines = [ConsentLine(pk, given=one.given, at=one.at, evidence=one.proof) for _, pk, one in said]
        for (record, pk, one), answer in zip(said, record_consents(by=self.by, lines=lines), strict=True):
            if isinstance(answer, Refusal):
                answer.field = "consent"
                self.taken.add("noted")
                self.problem(record, answer)
            elif answer.recorded_at >= self.at:
                self.taken.add("consents")
                self._trace(record.line, "consent", answer.pk, pk, before={"given": one.given})

    def settle_versions(self) -> None:
        """A consent is a change of the contact, too: what is compared when it is undone is how the batch left it."""
        traced = [trace for trace in self.traces if trace.kind == "contact"]
        rows = Contact.objects.for_system(_WHY).filter(pk__in=[trace.contact_id for trace in traced])
        versions = dict(rows.values_list("pk", "version"))
        for trace in traced:
            trace.version = versions[trace.contact_id]

    def _trace_field(self, line: int, contact_id: UUID, definition_id: UUID, was: Any) -> None:
        rows = FieldValue.objects.for_system(_WHY).filter(contact_id=contact_id, definition_id=definition_id)
        now = rows.first()
        if now is None or now.value == was:
            return
        told = {"was": was, "is": now.value}
        self._trace(line, "field", definition_id, contact_id, made=was is None, before=told)

    def _trace(self, line: int, kind: str, object_id: UUID, contact_id: UUID, **facts: Any) -> None:
        if contact_id not in self._keys:
            rows = Contact.objects.for_system(_WHY).filter(pk=contact_id)
            self._keys[contact_id] = rows.values_list("key_id", flat=True).get()
        self.traces.append(
            ImportTrace(
                of=self.row,
                contact_id=contact_id,
                key_id=self._keys[contact_id],
                line=line,
                kind=kind,
                object_id=object_id,
                made=facts.pop("made", True),
                **facts,
            )
        )


@dataclass(frozen=True)
class Noted:
    """What a line was taken in spite of."""

    code: str
    field: str | None = None

    @property
    def message(self) -> Words:
        return _NOTES[self.code]

    @property
    def remedy(self) -> Words:
        return ""


_NOTES: dict[str, Words] = {
    PHONE_OF_ANOTHER: _("Somebody else has this number: it was left with them."),
    OF_ANOTHER: _("This order belongs to somebody else already, and stays with them."),
}
