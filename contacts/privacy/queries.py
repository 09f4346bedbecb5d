"""Reads of exports, erasures, holds and merges."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from contacts.models import Contact, ContactExport, ContactMerge, Erasure, LegalHold
from contacts.privacy.shapes import ExportShape, LegalHoldShape, MergeShape
from contacts.shapes import AuthorShape
from security.access import Access
from security.cursors import time_and_id
from security.errors import NotFound
from security.models import User

_EXPORTS_SHOWN = 10


def exports_of(*, access: Access, contact_id: UUID) -> list[ContactExport]:
    contact = Contact.objects.visible_to(access).get_or_404(contact_id)
    rows = ContactExport.objects.visible_to(access).filter(contact=contact)
    return list(rows.order_by("-asked_at")[:_EXPORTS_SHOWN])


def holds_of(*, access: Access, contact_id: UUID) -> list[LegalHold]:
    contact = Contact.objects.visible_to(access).get_or_404(contact_id)
    rows = LegalHold.objects.visible_to(access).filter(contact=contact)
    return list(rows.select_related("set_by", "released_by").order_by("-set_at"))


def erasure_page(*, access: Access, after: list[Any] | None, limit: int) -> list[Erasure]:
    """Newest first; one more than ``limit`` when there are more."""
    rows = Erasure.objects.visible_to(access).select_related("asked_by", "region")
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(asked_at__lt=at) | Q(asked_at=at, pk__lt=pk))
    return list(rows.order_by("-asked_at", "-id")[: limit + 1])


def one_erasure(*, access: Access, erasure_id: UUID) -> Erasure:
    rows = Erasure.objects.visible_to(access).select_related("asked_by", "region")
    found: Erasure = rows.get_or_404(erasure_id)
    return found


def finished_erasure(*, access: Access, erasure_id: UUID) -> Erasure:
    row = one_erasure(access=access, erasure_id=erasure_id)
    if row.finished_at is None:
        raise NotFound
    return row


def export_shape(row: ContactExport) -> ExportShape:
    return ExportShape(
        id=str(row.pk),
        contact_id=str(row.contact_id),
        state=row.state,
        done=row.done,
        total=row.total,
        size=row.size,
        asked_at=row.asked_at,
        expires_at=row.expires_at if row.state == "ready" else None,
    )


def merge_shape(row: ContactMerge) -> MergeShape:
    return MergeShape(
        id=str(row.pk),
        kept_id=str(row.kept_id),
        merged_id=str(row.merged_id),
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        moved=row.moved,
    )


def hold_shape(row: LegalHold) -> LegalHoldShape:
    return LegalHoldShape(
        id=str(row.pk),
        reason=row.reason,
        set_by=_somebody(row.set_by),
        set_at=row.set_at,
        released_by=_somebody(row.released_by),
        released_at=row.released_at,
    )


def _somebody(user: User | None) -> AuthorShape | None:
    return None if user is None else AuthorShape(id=user.pk, name=user.name)
