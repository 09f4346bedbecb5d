"""Two contacts turn out to be one person (CM-8). A person says so, never a machine; it is shown before, and can be
undone for some days: what was whose is kept for so long (``merge_records``, ``unmerging``).

What somebody sees of it happens at once, in one write; rows of old conversations are moved in batches afterwards, and
sealed under the key of the contact that stays.
"""

from functools import partial
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from contacts.actions.duplicates import settle_merged
from contacts.actions.exporting import destroy_exports
from contacts.actions.holds import take_over_holds
from contacts.actions.merge_records import record_belongings
from contacts.actions.unmerging import finish_undoing
from contacts.errors import OtherRegion, SameContact, StillMoving
from contacts.events import ContactChanged, ContactMerged
from contacts.models import ConsentProof, Contact, ContactMerge, Identity, Note
from contacts.policies import threads_of
from contacts.privacy.belongings import all_belongings, lock_contact
from contacts.privacy.erased import blank
from contacts.privacy.shapes import ContactMergedShape
from contacts.privacy.stuck import IN_TURN, go_on
from contacts.search import forget_card, reindex_contact
from security.access import Access, System
from security.actions.renewing import move_row, settle
from security.bulk import save_many
from security.encryption.keyring import succeed_key
from security.errors import NotFound, require
from security.factors import require_fresh_factor
from security.one_by_one import each_alone
from security.tiers.holding import require_right
from security.writing import Change, write

_WHY = "merging contacts"
_BY = System("merging contacts")
_A_RUN = 20


def merge_contacts(*, by: Access, kept_id: UUID, merged_id: UUID) -> ContactMerge:
    """``merged`` becomes ``kept``: its numbers, notes and conversations are that one's from now on."""
    require_right(by, "contacts.merge_contact")
    require_fresh_factor(by)
    with write(by=by) as change:
        kept, merged = _both(by, kept_id, merged_id)
        require(kept.region_id == merged.region_id, OtherRegion)
        running = ContactMerge.objects.for_system(_WHY).filter(finished_at=None)
        moving = running.filter(Q(kept__in=(kept, merged)) | Q(merged__in=(kept, merged)))
        require(not moving.exists(), StillMoving)
        left = {
            "region_id": merged.region_id,
            "threads": threads_of([merged.pk])[merged.pk],
            "object_id": str(merged.pk),
        }
        destroy_exports(change, merged)
        row = ContactMerge(kept=kept, merged=merged, asked_by_id=by.user_id, asked_at=timezone.now())
        row.save(force_insert=True)
        record_belongings(row)
        _hand_over(kept, merged)
        settle_merged(change, kept, merged, at=row.asked_at)
        change.record("contact.merged", kept, other=str(merged.pk))
        change.announce(ContactChanged.gone(merged, left_scope=left))
        _tell_card(change, kept)
        for belongings in all_belongings():
            belongings.take_over(change, kept, merged)
        from contacts.tasks import carry_on  # tasks import actions

        change.enqueue(carry_on)
    return row


def carry_on_merging() -> int:
    """Move what is left of merged contacts; returns how many were finished. Safe to run twice and to be killed."""
    rows = ContactMerge.objects.for_system(_WHY).filter(finished_at=None).order_by(*IN_TURN)
    some = list(rows.select_related("kept", "merged")[:_A_RUN])
    return each_alone(partial(go_on, _go_further), [(row,) for row in some], what="merge")


def _both(by: Access, kept_id: UUID, merged_id: UUID) -> tuple[Contact, Contact]:
    """Both locked, in one order."""
    seen = set(Contact.objects.visible_to(by).filter(pk__in=(kept_id, merged_id)).values_list("pk", flat=True))
    if kept_id not in seen:
        raise NotFound
    require(kept_id != merged_id, SameContact)
    if merged_id not in seen:
        raise NotFound
    locked = {pk: lock_contact(pk) for pk in sorted((kept_id, merged_id))}
    kept, merged = locked[kept_id], locked[merged_id]
    if kept is None or merged is None or kept.gone or merged.gone:
        raise NotFound
    return kept, merged


def _hand_over(kept: Contact, merged: Contact) -> None:
    """Numbers and notes, at once: whoever writes next is found as ``kept``."""
    old_key = merged.key_id
    forget_card(merged)
    forget_card(kept)  # under the name it had
    for identity in Identity.objects.for_system(_WHY).filter(contact=merged):
        identity.contact = kept
        move_row(identity, kept.key_id, "contact")
    for note in Note.objects.for_system(_WHY).filter(contact=merged):
        note.contact = kept
        move_row(note, kept.key_id, "contact")
    ConsentProof.objects.for_system(_WHY).filter(contact=merged).update(contact=kept)  # its file follows with the key
    take_over_holds(kept, merged)
    _take_over_words(kept, merged)
    blank(merged, gone="merged")
    merged.merged_into = kept
    merged.save()
    succeed_key(old_key, kept.key_id)
    reindex_contact(kept)


def _take_over_words(kept: Contact, merged: Contact) -> None:
    """What ``kept`` does not say itself it takes from the other; on marketing their newest word counts."""
    kept.profile = {**merged.profile, **kept.profile}
    kept.language, kept.country = kept.language or merged.language, kept.country or merged.country
    kept.time_zone = kept.time_zone or merged.time_zone
    kept.first_seen_at = min(kept.first_seen_at, merged.first_seen_at)
    seen = [at for at in (kept.last_seen_at, merged.last_seen_at) if at is not None]
    kept.last_seen_at = max(seen, default=None)
    told = merged.marketing_told_at
    if told is not None and (kept.marketing_told_at is None or kept.marketing_told_at < told):
        kept.marketing_told_at, kept.marketing_stopped_at = told, merged.marketing_stopped_at
    kept.suppressed_at = kept.suppressed_at or merged.suppressed_at
    kept.version += 1
    kept.save()


def _go_further(row: ContactMerge) -> bool:
    return _finish(row) if row.undone_at is None else finish_undoing(row)


def _finish(row: ContactMerge) -> bool:
    for belongings in all_belongings():
        while moved := belongings.join_some(row.kept, row.merged):
            _count(row, moved)
    if moved := settle(purpose="contact", owner_id=row.kept_id):
        _count(row, moved)
    with write(by=_BY) as change:
        over = ContactMerge.objects.for_system(_WHY).filter(pk=row.pk, finished_at=None)
        if not over.update(finished_at=timezone.now()):
            return False
        kept = lock_contact(row.kept_id)
        if kept is not None and not kept.gone:
            change.record("contact.merge_finished", kept, other=str(row.merged_id), rows=_moved(row))
            shape = ContactMergedShape(merged_id=str(row.merged_id), kept_id=str(kept.pk), threads={})
            change.announce(ContactMerged.of(kept, shape))
            _tell_card(change, kept)
    return True


def _count(row: ContactMerge, moved: int) -> None:
    ContactMerge.objects.for_system(_WHY).filter(pk=row.pk).update(moved=F("moved") + moved)


def _moved(row: ContactMerge) -> int:
    found: int = ContactMerge.objects.for_system(_WHY).values_list("moved", flat=True).get(pk=row.pk)
    return found


def _tell_card(change: Change, contact: Contact) -> None:
    contact.version += 1
    save_many([contact], ["version"])
    change.announce(ContactChanged.of(contact, Identity.objects.for_system(_WHY).filter(contact=contact)))
