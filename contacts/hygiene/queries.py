"""Reads of number hygiene: who is proposed for suppression, who is suppressed, who may be there twice."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils import timezone

from contacts.actions.merge_records import CARD
from contacts.actions.unmerging import undo_until
from contacts.hygiene.policy import HygienePolicy
from contacts.hygiene.shapes import HygieneShape, MergeDoneShape, NumberShape, PairShape, TwinShape
from contacts.models import Bounce, Contact, ContactMerge, Duplicate, MergeMove, Order, Suppression
from contacts.privacy.belongings import messages_of
from contacts.queries import phones_of
from contacts.shapes import AuthorShape, ContactBriefShape
from security.access import Access
from security.cursors import only_id, time_and_id
from security.encryption.keyring import open_keys

_WHY = "of contacts the reader sees"
LISTS = ("bounced", "dormant", "suppressed")
_UNIT = 100  # a message's cost is told in 1/10,000 of a dollar, what is saved in cents


def figures(*, access: Access) -> HygieneShape:
    policy = HygienePolicy.current()
    bounced, dormant = (_listed(access, name).count() for name in ("bounced", "dormant"))
    proposed = _listed(access, "dormant", also_bounced=True).count()
    return HygieneShape(
        bounced=bounced,
        dormant=dormant,
        suppressed=_listed(access, "suppressed").count(),
        duplicates=Duplicate.objects.visible_to(access).filter(state="open").count(),
        saves=proposed * policy.messages_monthly * policy.message_cost // _UNIT,
        dormant_days=policy.dormant_days,
        bounces=policy.bounces,
    )


def number_page(*, access: Access, name: str, after: list[Any] | None, limit: int) -> list[Contact]:
    """By id, which is by when they came; one more than ``limit`` when there are more."""
    rows = _listed(access, name).order_by("id")
    if after is not None:
        rows = rows.filter(pk__gt=only_id(after))
    page: list[Contact] = list(rows[: limit + 1])
    return page


def number_shapes(contacts: Sequence[Contact]) -> dict[UUID, NumberShape]:
    open_keys(one.key_id for one in contacts)
    phones, ids = phones_of(contacts), [one.pk for one in contacts]
    bounces = Bounce.objects.for_system(_WHY).in_bulk(ids)
    held = Suppression.objects.for_system(_WHY).filter(contact_id__in=ids, lifted_at=None).select_related("set_by")
    because = {row.contact_id: row for row in held}
    return {one.pk: _number(one, phones.get(one.pk), bounces.get(one.pk), because.get(one.pk)) for one in contacts}


def pair_page(*, access: Access, after: list[Any] | None, limit: int) -> list[Duplicate]:
    rows = Duplicate.objects.visible_to(access).filter(state="open").select_related("one", "other")
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(found_at__lt=at) | Q(found_at=at, pk__lt=pk))
    return list(rows.order_by("-found_at", "-id")[: limit + 1])


def pair_shapes(rows: Sequence[Duplicate]) -> dict[UUID, PairShape]:
    contacts = {one.pk: one for row in rows for one in (row.one, row.other)}
    open_keys(one.key_id for one in contacts.values())
    phones = phones_of(contacts.values())
    orders = dict(
        Order.objects.for_system(_WHY)
        .filter(contact_id__in=list(contacts))
        .values_list("contact_id")
        .annotate(n=Count("pk"))
    )
    heard = messages_of(list(contacts))
    twins = {
        pk: TwinShape(
            contact=ContactBriefShape.of(one, phones.get(pk)),
            first_seen_at=one.first_seen_at,
            last_seen_at=one.last_seen_at,
            orders=orders.get(pk, 0),
            messages=heard[pk],
        )
        for pk, one in contacts.items()
    }
    return {
        row.pk: PairShape(str(row.pk), row.kinds, row.found_at, twins[row.one_id], twins[row.other_id]) for row in rows
    }


def _listed(access: Access, name: str, *, also_bounced: bool = False) -> Any:
    """Contacts of one list. Proposals are of those who are not suppressed yet."""
    policy, rows = HygienePolicy.current(), Contact.objects.visible_to(access)
    if name == "suppressed":
        return rows.filter(suppressed_at__isnull=False)
    dead = Q(bounce__times__gte=policy.bounces) & (Q(last_seen_at=None) | Q(last_seen_at__lte=F("bounce__last_at")))
    silent_since = timezone.now() - timedelta(days=policy.dormant_days)
    silent = Q(last_seen_at__lt=silent_since) | Q(last_seen_at=None, first_seen_at__lt=silent_since)
    wanted = dead if name == "bounced" else silent | dead if also_bounced else silent
    return rows.filter(wanted, suppressed_at=None)


def _number(contact: Contact, phone: str | None, bounce: Bounce | None, because: Suppression | None) -> NumberShape:
    by = because.set_by if because is not None else None
    return NumberShape(
        contact=ContactBriefShape.of(contact, phone),
        last_seen_at=contact.last_seen_at,
        first_seen_at=contact.first_seen_at,
        bounces=bounce.times if bounce is not None else 0,
        bounced_at=bounce.last_at if bounce is not None else None,
        suppressed_at=contact.suppressed_at,
        why=because.why if because is not None else "",
        reason=because.reason if because is not None else "",
        by=None if by is None else AuthorShape(id=by.pk, name=by.name),
    )


def merge_page(*, access: Access, after: list[Any] | None, limit: int) -> list[ContactMerge]:
    """Newest first; one more than ``limit`` when there are more."""
    rows = ContactMerge.objects.visible_to(access).select_related("kept", "merged")
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(asked_at__lt=at) | Q(asked_at=at, pk__lt=pk))
    return list(rows.order_by("-asked_at", "-id")[: limit + 1])


def merge_shapes(rows: Sequence[ContactMerge]) -> dict[UUID, MergeDoneShape]:
    """With what the one that went was called, as long as that is kept for an undo."""
    kept = {row.kept_id: row.kept for row in rows}
    open_keys(one.key_id for one in kept.values())
    phones, cards = phones_of(kept.values()), MergeMove.objects.for_system(_WHY).filter(model=CARD, column="")
    names = {move.merge_id: _name_on(move.before["merged"]) for move in cards.filter(merge__in=rows)}
    found = {}
    for row in rows:
        until = undo_until(row) if row.pk in names else None
        found[row.pk] = MergeDoneShape(
            id=str(row.pk),
            kept=ContactBriefShape.of(row.kept, phones.get(row.kept_id)),
            merged_name=names.get(row.pk, "—"),
            asked_at=row.asked_at,
            finished_at=row.finished_at,
            undo_until=until if until is not None and until > timezone.now() else None,
            undone_at=row.undone_at,
        )
    return found


def _name_on(card: dict[str, Any]) -> str:
    profile = card["profile"]
    return str(profile.get("name") or profile.get("profile_name") or profile.get("username") or "—")
