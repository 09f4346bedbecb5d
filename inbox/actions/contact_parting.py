"""Conversations when a merge of contacts is undone: those that only changed their owner change it back at once; those
that were joined are parted again, row by row, as far as it was written down whose they were."""

from typing import Any
from uuid import UUID

from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import F, Max, Min

from contacts.models import Contact, ContactMerge, MergeMove
from inbox.actions.contact_joining import number_cases
from inbox.models import Case, Conversation, Message
from inbox.models.message import UNSAID
from inbox.policies import scope_of
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import tell
from security.access import System
from security.scoping import every_row
from security.writing import Change, write

_WHY = "parting conversations"
_BY = System("undoing merges")
_LABEL = Conversation._meta.label_lower
_ASIDE = 3_000_000  # further than any case number, also while they are dealt out anew
_FIGURES = (
    "inbound_count", "answer_count", "last_activity_at", "last_inbound_at", "last_message", "waiting_since",
    "case_count", "version",
)  # fmt: skip


def give_back(change: Change, merge: ContactMerge) -> None:
    """Threads that went over whole, with what was written in them since."""
    moves = MergeMove.objects.for_system(_WHY).filter(merge=merge, model=_LABEL, column="contact")
    ids = [UUID(pk) for move in moves for pk in move.ids]
    rows = Conversation.objects.for_system(_WHY).filter(pk__in=ids, contact_id=merge.kept_id)
    for row in list(rows.select_related("contact", "channel").locked().order_by("id")):
        left = {row.pk: scope_of(row)}
        row.contact = Contact.objects.for_system(_WHY).get(pk=merge.merged_id)
        row.version += 1
        row.save(update_fields=["contact", "version"])
        change.record("conversation.contact_changed", row)
        tell(change, conversations=[row], left_scopes=left)


def part_some(merge: ContactMerge) -> int:
    """One thread that was joined with another; 0 when none is left."""
    move = MergeMove.objects.for_system(_WHY).filter(merge=merge, model=_LABEL, column="").first()
    if move is None:
        return 0
    with write(by=_BY) as change:
        into = _locked(UUID(move.now))
        if into is not None and not Conversation.objects.for_system(_WHY).filter(pk=move.was).exists():
            old = _made_again(move)
            for one in _moves_of(merge, move):
                _take_back(one)
            _settle(old, into)
            change.record("conversation.contact_changed", old)
            tell(change, conversations=[old, into])
        _moves_of(merge, move).delete()
        MergeMove.objects.for_system(_WHY).filter(pk=move.pk).delete()
    return 1


def _locked(pk: UUID) -> Conversation | None:
    rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
    found: Conversation | None = rows.locked().filter(pk=pk).first()
    return found


def _made_again(move: MergeMove) -> Conversation:
    assert move.before is not None  # a thread that was emptied keeps what it was
    told = {**move.before, "fields": {**move.before["fields"], "last_message": None}}  # still in the other thread
    for made in serializers.deserialize("python", [told]):
        made.save()
    row = _locked(UUID(move.was))
    assert row is not None
    return row


def _moves_of(merge: ContactMerge, move: MergeMove) -> Any:
    rows = MergeMove.objects.for_system(_WHY).filter(merge=merge, was=move.was, now=move.now).exclude(column="")
    return rows.order_by("id")


def _take_back(move: MergeMove) -> None:
    from django.apps import apps

    model = apps.get_model(move.model)
    change: dict[str, Any] = {f"{move.column}_id": move.was}
    if model is Case:
        change["number"] = F("number") + _ASIDE
    rows = every_row(model, _WHY).filter(pk__in=move.ids, **{move.column: move.now})
    try:
        with transaction.atomic():
            rows.update(**change)
    except IntegrityError:
        for pk in move.ids:
            _take_one(model, pk, move, change)


def _take_one(model: Any, pk: str, move: MergeMove, change: dict[str, Any]) -> None:
    """One of a kind of which there may be one: what is there stays."""
    try:
        with transaction.atomic():
            every_row(model, _WHY).filter(pk=pk, **{move.column: move.now}).update(**change)
    except IntegrityError:
        return


def _settle(old: Conversation, into: Conversation) -> None:
    """The figures of both: what was the old one's is taken off the other's, the rest is counted."""
    into.inbound_count = max(0, into.inbound_count - old.inbound_count)
    into.answer_count = max(0, into.answer_count - old.answer_count)
    for row in (old, into):
        number_cases(row)
        said = Message.objects.for_system(_WHY).filter(conversation=row).exclude(status__in=UNSAID)
        row.last_message = said.exclude(kind="reaction").order_by("-at", "-id").first()
        row.last_inbound_at = said.filter(direction="in").aggregate(last=Max("at"))["last"]
        row.last_activity_at = row.last_message.at if row.last_message is not None else row.created_at
        answered = said.filter(direction="out").aggregate(last=Max("at"))["last"] or row.created_at
        waits = said.filter(direction="in", at__gt=answered).aggregate(first=Min("at"))["first"]
        row.waiting_since = waits if row.waiting_since is not None else None
        row.version += 1
    refresh_due([old, into])
    for row in (old, into):
        row.save(update_fields=[*_FIGURES, *DUE_FIELDS])
