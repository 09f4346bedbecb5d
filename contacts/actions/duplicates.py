"""Finding who is there twice, and saying that two are not one (SR-12). Merging is ``merging``."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from contacts.hygiene.matching import lay_out, propose
from contacts.models import Contact, Duplicate
from security.access import Access, Actor, System
from security.models import Region
from security.tiers.holding import require_right
from security.writing import Change, write

_WHY = "who is there twice"
_BY = System("number hygiene")
RIGHT = "contacts.merge_contact"


def find_duplicates(*, region_id: int, by: Actor = _BY) -> int:
    """Look through a region, some contacts at a time; returns how many pairs are new. Safe to run twice."""
    after: UUID | None = None
    while True:
        with write(by=by):
            after = lay_out(region_id, after=after)
        if after is None:
            break
    with write(by=by):
        return propose(region_id)


def find_all_duplicates() -> int:
    """Every night, every region."""
    return sum(find_duplicates(region_id=pk) for pk in list(Region.objects.values_list("pk", flat=True)))


def ask_for_duplicates(*, by: Access) -> None:
    """Look now, in the background, in the regions of whoever asks."""
    require_right(by, RIGHT)
    with write(by=by) as change:
        from contacts.tasks import find_duplicates_of  # tasks import actions

        for region_id in sorted(by.region_ids):
            change.enqueue(find_duplicates_of, region_id)


def keep_apart(*, by: Access, duplicate_id: UUID) -> Duplicate:
    """They are two people: they are not proposed again."""
    require_right(by, RIGHT)
    with write(by=by) as change:
        row: Duplicate = Duplicate.objects.visible_to(by).select_related("one").locked().get_or_404(duplicate_id)
        if row.state == "open":
            row.state, row.decided_by_id, row.decided_at = "apart", by.user_id, timezone.now()
            row.save(update_fields=["state", "decided_by", "decided_at"])
            change.record("contact.kept_apart", row.one, other=str(row.other_id))
    return row


def settle_merged(change: Change, kept: Contact, merged: Contact, *, at: datetime) -> None:
    """The two were merged: their pair is decided, what else was proposed of the one that goes is found anew."""
    pair = sorted((kept.pk, merged.pk))
    rows = Duplicate.objects.for_system(_WHY)
    by_id = change.by.user_id if isinstance(change.by, Access) else None
    rows.filter(one=pair[0], other=pair[1]).update(state="merged", decided_at=at, decided_by=by_id)
