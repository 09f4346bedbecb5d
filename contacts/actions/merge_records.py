"""What a merge moves is written down before it does, so that it can be undone. Rows of whatever app that lead to the
contact are found by themselves; what an app joins further down it tells with ``note_moved``."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from contacts.models import (
    Bounce,
    ConsentEntry,
    Contact,
    ContactExport,
    ContactMerge,
    Duplicate,
    Erasure,
    Identity,
    ImportTrace,
    MatchKey,
    MergeMove,
    PurchaseFigures,
)
from contacts.relations import leading_to_contacts
from security.bulk import insert_many
from security.scoping import every_row

_WHY = "what a merge moves"
_AT_ONCE = 200
# Stays where it is, is found out anew, or is gone with a merge anyway.
_LEFT = (Bounce, ConsentEntry, Contact, ContactExport, ContactMerge, Duplicate, Erasure, ImportTrace, MatchKey)
CARD = "contacts.contact"
_CARD_FIELDS = (
    "profile", "language", "country", "time_zone", "first_seen_at", "last_seen_at", "marketing_stopped_at",
    "marketing_told_at", "suppressed_at", "moved_at", "held_at",
)  # fmt: skip


def record_belongings(merge: ContactMerge) -> None:
    """Both cards as they are, and every row that leads to the one that goes."""
    kept, merged = merge.kept, merge.merged
    cards: dict[str, Any] = {
        "kept": card_of(kept),
        "merged": card_of(merged),
        "key": str(merged.key_id),
        "version": kept.version,
    }
    numbers = Identity.objects.for_system(_WHY).filter(contact=merged, current=True)
    cards["current"] = [str(pk) for pk in numbers.values_list("pk", flat=True)]
    moves = [_move(merge, CARD, "", str(merged.pk), str(kept.pk), [], before=cards)]
    for model, column in relations():
        ids = list(every_row(model, _WHY).filter(**{column: merged.pk}).order_by("pk").values_list("pk", flat=True))
        for at in range(0, len(ids), _AT_ONCE):
            some = [str(pk) for pk in ids[at : at + _AT_ONCE]]
            moves.append(_move(merge, model._meta.label_lower, column, str(merged.pk), str(kept.pk), some))
    insert_many(moves)


def note_moved(
    *, merged_id: UUID, model: type[Model], column: str, was: UUID, now: UUID, ids: Sequence[Any], before: Any = None
) -> None:
    """Rows that led to ``was`` lead to ``now`` because of the merge of ``merged_id``. In the caller's write."""
    rows = ContactMerge.objects.for_system(_WHY).select_related("kept", "merged")
    merge = rows.filter(merged_id=merged_id, undone_at=None).first()
    if merge is not None and (ids or before is not None):
        some = [str(pk) for pk in ids]
        _move(merge, model._meta.label_lower, column, str(was), str(now), some, before=before).save(force_insert=True)


def note_dropped(kept: Contact, merged: Contact, model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """What a merge does away with because the one that stays has such a row already: as JSON, for ``dropped_by``."""
    if rows:
        note_moved(merged_id=merged.pk, model=model, column="", was=merged.pk, now=kept.pk, ids=[], before=list(rows))


def dropped_by(merge: ContactMerge, model: type[Model]) -> list[dict[str, Any]]:
    """The same rows, when the merge is undone."""
    moves = MergeMove.objects.for_system(_WHY).filter(merge=merge, model=model._meta.label_lower, column="")
    return [row for move in moves for row in move.before]


def relations() -> Iterator[tuple[Any, str]]:
    for model, column in leading_to_contacts():
        if model not in (*_LEFT, PurchaseFigures):
            yield model, column


def card_of(contact: Contact) -> dict[str, Any]:
    told = {name: getattr(contact, name) for name in _CARD_FIELDS}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in told.items()}


def _move(
    merge: ContactMerge, model: str, column: str, was: str, now: str, ids: list[str], *, before: Any = None
) -> MergeMove:
    return MergeMove(
        merge=merge, key_id=merge.kept.key_id, model=model, column=column, was=was, now=now, ids=ids, before=before
    )
