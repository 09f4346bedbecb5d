"""Undoing a merge (SR-12): what it moved and is still where it put it goes back, within some days; the rest stays.

What people see happens at once; rows of old conversations follow in batches, as they did when they were merged.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.actions.consent import repeat_stop
from contacts.actions.figures import reckon
from contacts.actions.merge_records import CARD
from contacts.errors import MergeTooOld, StillMoving
from contacts.events import ContactChanged
from contacts.hygiene.policy import HygienePolicy
from contacts.models import Contact, ContactMerge, Duplicate, Identity, LegalHold, MergeMove
from contacts.privacy.belongings import all_belongings, lock_contact
from contacts.search import reindex_contact
from security.access import Access, System
from security.actions.renewing import seals_under
from security.bulk import save_many
from security.encryption.keyring import former_keys, make_keys
from security.encryption.sealed_rows import sealed_fields, sealed_rows
from security.errors import NotFound, require
from security.factors import require_fresh_factor
from security.models import DataKey
from security.scoping import every_row
from security.tiers.holding import require_right
from security.writing import Change, write

_WHY = "undoing a merge"
_BY = System("undoing merges")
_AT_ONCE = 200
# Told with the card; taken from it one by one, or by the app whose it is.
_OF_APPS = ("inbox.",)


def undo_until(merge: ContactMerge) -> datetime | None:
    """Until when it can be undone; ``None``: not any more."""
    if merge.undone_at is not None or merge.finished_at is None:
        return None
    return merge.asked_at + timedelta(days=HygienePolicy.current().merge_undo_days)


def unmerge_contacts(*, by: Access, merge_id: UUID) -> ContactMerge:
    """The contact that went is there again, with what it had."""
    require_right(by, "contacts.merge_contact")
    require_fresh_factor(by)
    with write(by=by) as change:
        merge: ContactMerge = ContactMerge.objects.visible_to(by).locked().get_or_404(merge_id)
        require(merge.finished_at is not None, StillMoving)
        until = undo_until(merge)
        card = MergeMove.objects.for_system(_WHY).filter(merge=merge, model=CARD, column="").first()
        require(until is not None and until > timezone.now() and card is not None, MergeTooOld)
        kept, merged = _both(merge)
        merge.kept, merge.merged = kept, merged
        running = ContactMerge.objects.for_system(_WHY).filter(finished_at=None, kept=kept)
        require(not running.exists(), StillMoving)
        assert card is not None
        _stand_up(change, merged, kept, card.before)
        _give_back_rows(merge)
        _own_numbers_again(merged, card.before["current"])
        for belongings in all_belongings():
            belongings.give_back(change, merge)
        merge.undone_at, merge.undone_by_id, merge.finished_at = timezone.now(), by.user_id, None
        merge.save(update_fields=["undone_at", "undone_by", "finished_at"])
        kept.held_at = _held_since(kept)
        save_many([kept], ["held_at"])
        pair = sorted((kept.pk, merged.pk))
        Duplicate.objects.for_system(_WHY).filter(one=pair[0], other=pair[1]).update(state="apart")
        reckon([kept.pk, merged.pk])
        change.record("contact.unmerged", kept, other=str(merged.pk))
        _tell(change, kept, merged)
        from contacts.tasks import carry_on  # tasks import actions

        change.enqueue(carry_on)
    return merge


def finish_undoing(merge: ContactMerge) -> bool:
    """Rows of conversations that were joined, then everything of theirs under their own key. May be killed."""
    for belongings in all_belongings():
        while belongings.part_some(merge):
            pass
    _seal_anew(merge.merged_id)
    with write(by=_BY) as change:
        over = ContactMerge.objects.for_system(_WHY).filter(pk=merge.pk, finished_at=None)
        if not over.update(finished_at=timezone.now()):
            return False
        MergeMove.objects.for_system(_WHY).filter(merge=merge).delete()
        kept, merged = lock_contact(merge.kept_id), lock_contact(merge.merged_id)
        if kept is not None and merged is not None and not merged.gone:
            _tell(change, kept, merged)
    return True


def forget_moves() -> int:
    """What can not be undone any more needs no record."""
    old = timezone.now() - timedelta(days=HygienePolicy.current().merge_undo_days)
    rows = MergeMove.objects.for_system(_WHY).filter(merge__asked_at__lt=old).exclude(merge__finished_at=None)
    gone: int = rows.delete()[0]
    return gone


def _both(merge: ContactMerge) -> tuple[Contact, Contact]:
    locked = {pk: lock_contact(pk) for pk in sorted((merge.kept_id, merge.merged_id))}
    kept, merged = locked[merge.kept_id], locked[merge.merged_id]
    if kept is None or merged is None or kept.gone:
        raise NotFound
    require(merged.gone == "merged" and merged.merged_into_id == kept.pk, MergeTooOld)
    return kept, merged


def _stand_up(change: Change, merged: Contact, kept: Contact, cards: dict[str, Any]) -> None:
    """The one that went, under a key of its own; the other's card as before, where nobody changed it since."""
    (key,) = make_keys(region_id=merged.region_id, purpose="contact")
    DataKey.objects.filter(pk=UUID(cards["key"])).update(replaced_by=key.pk)  # its old lines go with it from now on
    _fill(merged, cards["merged"])
    merged.key_id, merged.gone, merged.gone_at, merged.merged_into = key.pk, "", None, None
    merged.version += 1
    merged.save()
    joined = {**cards["merged"]["profile"], **cards["kept"]["profile"]}
    if kept.profile == joined:
        kept.profile = cards["kept"]["profile"]
    for name in ("language", "country", "time_zone"):
        if getattr(kept, name) == cards["merged"][name] and not cards["kept"][name]:
            setattr(kept, name, cards["kept"][name])
    if _told_since(kept, cards):
        repeat_stop(change, of=kept, to=merged)
    elif _moment(cards["merged"]["marketing_told_at"]) == kept.marketing_told_at:
        for name in ("marketing_told_at", "marketing_stopped_at"):
            setattr(kept, name, _moment(cards["kept"][name]))
    kept.version += 1
    kept.save()


def _told_since(kept: Contact, cards: dict[str, Any]) -> bool:
    """Whether something was said on marketing while the two were one."""
    told = [at for name in ("kept", "merged") if (at := _moment(cards[name]["marketing_told_at"])) is not None]
    return kept.marketing_told_at is not None and kept.marketing_told_at != max(told, default=None)


def _held_since(contact: Contact) -> datetime | None:
    open_ones = LegalHold.objects.for_system(_WHY).filter(contact=contact, released_at=None)
    first: datetime | None = open_ones.order_by("set_at").values_list("set_at", flat=True).first()
    return first


def _fill(contact: Contact, card: dict[str, Any]) -> None:
    for name, value in card.items():
        setattr(contact, name, _moment(value) if name.endswith("_at") else value)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _give_back_rows(merge: ContactMerge) -> None:
    """Rows that led to the contact itself: those of this app; each app gives back its own."""
    for move in MergeMove.objects.for_system(_WHY).filter(merge=merge, now=str(merge.kept_id)).exclude(column=""):
        if not move.model.startswith(_OF_APPS):
            give_back(move, merge.merged)
    reindex_contact(merge.merged)
    reindex_contact(merge.kept)


def _own_numbers_again(merged: Contact, ids: list[str]) -> None:
    """Numbers that the other's messages made former ones meanwhile, unless somebody else has them by now."""
    mine = Identity.objects.for_system(_WHY).filter(contact=merged, pk__in=ids, current=False)
    for identity in list(mine):
        others = Identity.objects.for_system(_WHY).filter(
            region_id=merged.region_id, digest=identity.digest, current=True
        )
        if not others.exists():
            mine.filter(pk=identity.pk).update(current=True)


def give_back(move: MergeMove, merged: Contact) -> int:
    """Rows that are still where the merge put them, sealed under their own key again; returns how many."""
    model = apps.get_model(move.model)
    rows = every_row(model, _WHY).filter(pk__in=move.ids, **{move.column: move.now})
    sealed, done = sealed_fields(model), 0
    for row in list(rows):
        for name in sealed:
            getattr(row, name)  # opened under the key it has now
        setattr(row, f"{move.column}_id", merged.pk)
        changed = [*sealed, move.column]
        if sealed:
            row.key_id, changed = merged.key_id, [*changed, "key_id"]
        try:
            with transaction.atomic():
                save_many([row], changed)
                done += 1
        except IntegrityError:
            continue
    return done


def _seal_anew(contact_id: UUID) -> None:
    for kind in sealed_rows("contact"):
        more = kind.moves
        while more:
            more = _seal_some(kind, contact_id)


def _seal_some(kind: Any, contact_id: UUID) -> bool:
    afterwards: list[Callable[[], None]] = []
    with write(by=_BY):
        contact = lock_contact(contact_id)
        if contact is None or contact.gone:
            return False
        own = [contact.key_id, *former_keys(contact.key_id)]
        rows = kind.of(contact_id).exclude(key_id__in=own).order_by("pk")
        batch = list(rows.select_for_update(of=("self",))[:_AT_ONCE])
        opened = [one for one in batch if seals_under(kind, one, contact.key_id, afterwards)]
        save_many(opened, [*kind.sealed, *kind.columns, "key_id"])
    for clear in afterwards:
        clear()
    return len(opened) == _AT_ONCE


def _tell(change: Change, *contacts: Contact) -> None:
    for contact in contacts:
        contact.version += 1
        save_many([contact], ["version"])
        change.announce(ContactChanged.of(contact, Identity.objects.for_system(_WHY).filter(contact=contact)))
