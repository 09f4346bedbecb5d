"""Conversations of a contact that was merged into another one (CM-8).

One with a number of ours that the other never wrote to just becomes theirs. Where both wrote to the same number, two
threads become one: its rows are moved in batches, with the old thread out of sight, and at the end its figures.
"""

import contextlib
import json
from typing import Any
from uuid import UUID

from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import F, ForeignKey, ManyToOneRel, Max, Min, OneToOneRel
from django.utils import timezone

from contacts.actions.merge_records import note_moved
from contacts.events import ContactMerged
from contacts.models import Contact
from contacts.privacy.shapes import ContactMergedShape
from inbox.actions.bin import keep_holding
from inbox.holds import held_deletions
from inbox.models import (
    Assignment,
    Case,
    Conversation,
    ConversationLock,
    Deletion,
    Message,
    Resolution,
    RiskCase,
    Snooze,
)
from inbox.models.message import UNSAID
from inbox.policies import BINNED, scope_of
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import tell
from security.access import System
from security.bulk import save_many
from security.scoping import every_row
from security.writing import Change, write

_WHY = "joining conversations"
_BY = System("merging contacts")
_AT_ONCE = 200
# Further than any case number: numbers are unique in a conversation while they are dealt out anew.
_ASIDE = 1_000_000
# Of these one runs at a time in a conversation.
_RUNNING = (Assignment, ConversationLock, Snooze)


def take_over(change: Change, kept: Contact, merged: Contact) -> None:
    """What people see, at once: threads that only change their owner do so, the others are out of sight until their
    rows are in the thread that stays."""
    rows = Conversation.objects.for_system(_WHY)
    taken = set(rows.filter(contact=kept).values_list("channel_id", flat=True))
    for pk, channel_id in list(rows.filter(contact=merged).order_by("id").values_list("pk", "channel_id")):
        if channel_id in taken:
            _put_out_of_sight(pk, kept)
        else:
            _hand_over(change, pk, kept)


def join_some(kept: Contact, merged: Contact) -> int:
    """Some rows of the first conversation that is still the merged one's; 0 when there is none."""
    old = Conversation.objects.for_system(_WHY).filter(contact=merged).order_by("id").first()
    if old is None:
        return 0
    into = Conversation.objects.for_system(_WHY).filter(contact=kept, channel_id=old.channel_id).first()
    if into is None:
        return _hand_over_late(old.pk, kept)
    _put_out_of_sight(old.pk, kept)
    moved = sum(_move_some(relation, old.pk, into.pk, merged.pk) for relation in _relations())
    return moved or _finish(old.pk, into.pk, merged)


def _hand_over(change: Change, old_id: UUID, kept: Contact) -> None:
    row = _locked(old_id)
    left = {row.pk: scope_of(row)}
    row.contact = Contact.objects.for_system(_WHY).get(pk=kept.pk)
    row.version += 1
    row.save(update_fields=["contact", "version"])
    change.record("conversation.contact_changed", row)
    tell(change, conversations=[row], left_scopes=left)


def _hand_over_late(old_id: UUID, kept: Contact) -> int:
    with contextlib.suppress(IntegrityError), write(by=_BY) as change:
        _hand_over(change, old_id, kept)
    return 1  # where they wrote to this number just now, it is joined with that conversation by the next call


def _put_out_of_sight(old_id: UUID, kept: Contact) -> None:
    with write(by=_BY) as change:
        stays = Contact.objects.for_system(_WHY).locked().get(pk=kept.pk)  # before the conversation, as everywhere
        row = _locked(old_id)
        if row.state == BINNED and not Deletion.objects.for_system(_WHY).filter(conversation=row).exists():
            return
        left, now = {row.pk: scope_of(row)}, timezone.now()
        for held in held_deletions().filter(conversation=row):
            keep_holding(change, held, stays)
        Deletion.objects.for_system(_WHY).filter(conversation=row).delete()  # the bin has nothing of it any more
        for model in _RUNNING:
            model.objects.for_system(_WHY).filter(conversation=row, ended_at=None).update(ended_at=now)
        RiskCase.objects.for_system(_WHY).filter(conversation=row, closed_at=None).update(state="closed", closed_at=now)
        _resolve(row)
        row.state, row.assignee, row.locked_by, row.locked_until = BINNED, None, None, None
        row.version += 1
        row.save(update_fields=["state", "assignee", "locked_by", "locked_until", "version"])
        row.contact = kept  # what is told of it is sealed under the key of whoever stays
        tell(change, conversations=[row], left_scopes=left)


def _resolve(row: Conversation) -> None:
    """Its last case is over with the thread: what comes from now on belongs to the other one's."""
    case = Case.objects.for_system(_WHY).filter(conversation=row, number=row.case_count).first()
    if case is not None:
        done = Resolution.objects.for_system(_WHY).filter(case=case, reopened_at=None)
        if not done.exists():
            Resolution.objects.create(conversation=row, case=case, resolved_at=timezone.now())


def _relations() -> list[Any]:
    """Every kind of row that belongs to a conversation, cases first, so that new kinds are not forgotten."""
    found = [one for one in Conversation._meta.related_objects if isinstance(one, ManyToOneRel | OneToOneRel)]
    return sorted(found, key=lambda one: one.related_model is not Case)


def _move_some(relation: Any, old_id: UUID, into_id: UUID, merged_id: UUID) -> int:
    model, column = relation.related_model, relation.field
    assert isinstance(column, ForeignKey)
    with write(by=_BY):
        _locked_both(old_id, into_id)
        rows = every_row(model, _WHY).filter(**{column.name: old_id}).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:_AT_ONCE])
        change: dict[str, Any] = {f"{column.name}_id": into_id}
        note_moved(merged_id=merged_id, model=model, column=column.name, was=old_id, now=into_id, ids=ids)
        if model is Case:
            change["number"] = F("number") + _ASIDE
        try:
            with transaction.atomic():
                every_row(model, _WHY).filter(pk__in=ids).update(**change)
        except IntegrityError:  # one by one: what is there already once is enough
            for pk in ids:
                _move_one(model, pk, change)
    return len(ids)


def _move_one(model: Any, pk: Any, change: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            every_row(model, _WHY).filter(pk=pk).update(**change)
    except IntegrityError:
        if model is Message:  # the same reference of a client twice: it has done its work, the message counts
            every_row(model, _WHY).filter(pk=pk).update(**change, client_ref=None)
        else:
            every_row(model, _WHY).filter(pk=pk).delete()


def _finish(old_id: UUID, into_id: UUID, merged: Contact) -> int:
    with write(by=_BY) as change:
        old, into = _locked_both(old_id, into_id)
        if any(every_row(one.related_model, _WHY).filter(**{one.field.name: old_id}).exists() for one in _relations()):
            return 1  # something came meanwhile
        number_cases(into)
        _add_figures(old, into)
        into.contact = Contact.objects.for_system(_WHY).get(pk=into.contact_id)
        note_moved(
            merged_id=merged.pk, model=Conversation, column="", was=old.pk, now=into.pk, ids=[], before=_as_it_is(old)
        )
        old.delete()
        change.record("conversation.joined", into, other=str(old_id))
        tell(change, conversations=[into])
        _tell_followers(change, into, old_id, merged)
    return 1


def _as_it_is(row: Conversation) -> Any:
    (told,) = json.loads(serializers.serialize("json", [row]))
    return told


def _tell_followers(change: Change, into: Conversation, old_id: UUID, merged: Contact) -> None:
    """Whoever has the thread open reads it again, with what came into it."""
    shape = ContactMergedShape(
        merged_id=str(merged.pk), kept_id=str(into.contact_id), threads={str(old_id): str(into.pk)}
    )
    change.announce(ContactMerged.of(into.contact, shape))


def number_cases(into: Conversation) -> None:
    """Anew by the time they began; the one that runs stays the last."""
    rows = list(Case.objects.for_system(_WHY).filter(conversation=into).order_by("opened_at", "pk"))
    ended = Resolution.objects.for_system(_WHY).filter(case__in=rows, reopened_at=None)
    over = set(ended.values_list("case_id", flat=True))
    rows.sort(key=lambda case: case.pk not in over)
    for offset in (2 * _ASIDE, 0):
        for number, case in enumerate(rows, start=1):
            case.number = number + offset
        save_many(rows, ["number"])
    into.case_count = len(rows)


def _add_figures(old: Conversation, into: Conversation) -> None:
    into.inbound_count += old.inbound_count
    into.answer_count += old.answer_count
    into.held_count += old.held_count
    into.priority = max(into.priority, old.priority)
    into.payment_marked_at = into.payment_marked_at or old.payment_marked_at
    into.last_activity_at = max(into.last_activity_at, old.last_activity_at)
    heard = [at for at in (into.last_inbound_at, old.last_inbound_at) if at is not None]
    into.last_inbound_at = max(heard, default=None)
    into.created_at = min(into.created_at, old.created_at)
    said = Message.objects.for_system(_WHY).filter(conversation=into).exclude(status__in=UNSAID)
    into.last_message = said.exclude(kind="reaction").order_by("-at", "-id").first()
    if old.waiting_since is not None:
        answered = said.filter(direction="out").aggregate(last=Max("at"))["last"] or into.created_at
        waits = said.filter(direction="in", at__gt=answered)
        into.waiting_since = waits.aggregate(first=Min("at"))["first"]
    scheduled = [at for at in (into.scheduled_at, old.scheduled_at) if at is not None]
    into.scheduled_at = min(scheduled, default=None)
    into.version += 1
    refresh_due([into])
    into.save(update_fields=[*_FIGURES, *DUE_FIELDS])


_FIGURES = (
    "inbound_count", "answer_count", "held_count", "priority", "payment_marked_at", "last_activity_at",
    "last_inbound_at", "created_at", "last_message", "waiting_since", "scheduled_at", "case_count", "version",
)  # fmt: skip


def _locked(pk: UUID) -> Conversation:
    rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
    found: Conversation = rows.locked().get(pk=pk)
    return found


def _locked_both(old_id: UUID, into_id: UUID) -> tuple[Conversation, Conversation]:
    """In the order of their ids, as everywhere."""
    locked = {pk: _locked(pk) for pk in sorted((old_id, into_id))}
    return locked[old_id], locked[into_id]
