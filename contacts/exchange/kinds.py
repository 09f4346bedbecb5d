"""What of contacts and orders the outside can be told (``contacts.occurrences``). Apps above add their own kinds."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, ContactTag, ExternalId, Order
from contacts.occurrences import Kind, happened, happening, register_kinds
from contacts.order_queries import items_by_order
from contacts.order_shapes import OrderShape
from contacts.queries import identities_by_contact
from contacts.shapes import ContactShape
from contacts.tagging import Tagging, register_tag_follower
from security.writing import Change

_WHY = "telling a subscription"


def contact_told(contact_id: object) -> dict[str, Any] | None:
    """A contact as it is now; ``None`` once it is gone."""
    contact: Contact | None = Contact.objects.for_system(_WHY).filter(pk=contact_id, gone="").first()
    if contact is None:
        return None
    ids = ExternalId.objects.for_system(_WHY).filter(contact=contact).order_by("first_seen_at")
    tags = ContactTag.objects.for_system(_WHY).filter(contact=contact, tag__archived_at=None).order_by("tag__name")
    return {
        "contact": asdict(ContactShape.of(contact, identities_by_contact([contact])[contact.pk])),
        "external_ids": [{"source": row.source, "value": row.value} for row in ids],
        "tags": list(tags.values_list("tag__name", flat=True)),
    }


def _order_told(order_id: str) -> dict[str, Any] | None:
    rows = Order.objects.for_system(_WHY).filter(pk=order_id, contact__gone="")
    order: Order | None = rows.first()
    if order is None:
        return None
    return {"order": asdict(OrderShape.of(order, items_by_order([order])[order.pk]))}


def register() -> None:
    words = {
        "contact.created": _("a contact is new"),
        "contact.changed": _("the card of a contact changed"),
        "contact.tagged": _("a tag was put on a contact"),
        "contact.untagged": _("a tag was taken off a contact"),
    }
    register_kinds(*(Kind(name, said, contact_told) for name, said in words.items()))
    of_orders = {
        "order.created": _("an order is new"),
        "order.changed": _("an order changed"),
        "order.paid": _("an order was paid"),
        "order.shipped": _("an order was sent"),
        "order.delivered": _("an order arrived"),
        "order.returning": _("an order is being returned"),
        "order.returned": _("an order came back"),
        "order.refunded": _("an order was refunded"),
        "order.cancelled": _("an order was cancelled"),
    }
    register_kinds(*(Kind(name, said, _order_told) for name, said in of_orders.items()))
    register_tag_follower(_tagged)


def _tagged(change: Change, taggings: Sequence[Tagging]) -> None:
    mine = [one for one in taggings if one.conversation is None]
    known: dict[UUID, Contact] = Contact.objects.for_system(_WHY).in_bulk([one.contact_id for one in mine])
    happened(
        change,
        *(
            happening(
                change,
                "contact.tagged" if one.added else "contact.untagged",
                contact=known[one.contact_id],
                subject=known[one.contact_id],
                tag=one.tag.name,
            )
            for one in mine
        ),
    )
