"""Rows of other systems as JSON. Each is read alone, so that one that is wrong holds up none of the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from contacts.exchange.rows import REFUSED, ContactRow, ItemRow, OrderRow, Outcome, ProductRow
from contacts.models.order import STATES
from security.api.bodies import Body
from security.api.refusals import as_refusal
from security.errors import Refusal

T = TypeVar("T")


class ContactRowBody(Body):
    external_id = serializers.CharField(max_length=200, required=False, default="", help_text="the source’s own id")
    phone = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    country = serializers.CharField(
        max_length=2, required=False, default="", help_text="ISO 3166-1, of a number without a country code"
    )
    name = serializers.CharField(max_length=500, required=False, allow_null=True, default=None)
    language = serializers.CharField(max_length=20, required=False, allow_null=True, default=None)


class ItemRowBody(Body):
    name = serializers.CharField(max_length=200)
    sku = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    product = serializers.CharField(
        max_length=120, required=False, default="", allow_blank=True, help_text="the source’s id of the product"
    )
    quantity = serializers.IntegerField(min_value=1, required=False, default=1)
    unit_minor = serializers.IntegerField(required=False, default=0, help_text="in the currency’s smallest unit")


class OrderRowBody(Body):
    external_id = serializers.CharField(max_length=200, help_text="the source’s own id: the same is the same order")
    contact = ContactRowBody()
    number = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    state = serializers.ChoiceField(choices=STATES)
    currency = serializers.CharField(max_length=3, help_text="ISO 4217")
    total_minor = serializers.IntegerField(help_text="in the currency’s smallest unit")
    placed_at = serializers.DateTimeField()
    paid_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    closed_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    told_at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="when the source last changed it; older news are left"
    )
    items = ItemRowBody(many=True, required=False, allow_null=True, default=None)


class ProductRowBody(Body):
    external_id = serializers.CharField(max_length=120)
    name = serializers.CharField(max_length=200)
    sku = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    currency = serializers.CharField(max_length=3, required=False, default="", allow_blank=True)
    price_minor = serializers.IntegerField(required=False, allow_null=True, default=None)
    url = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    told_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    gone = serializers.BooleanField(required=False, default=False, help_text="it is sold no more")


def contact_row(given: dict[str, Any]) -> ContactRow:
    return ContactRow(**given)


def order_row(given: dict[str, Any]) -> OrderRow:
    items = given.pop("items")
    return OrderRow(
        **{**given, "contact": ContactRow(**given["contact"])},
        items=None if items is None else tuple(ItemRow(**item) for item in items),
    )


def product_row(given: dict[str, Any]) -> ProductRow:
    return ProductRow(**given)


@dataclass(frozen=True)
class Kind(Generic[T]):
    """How rows of one kind are read."""

    body: type[Body]
    row: Callable[[dict[str, Any]], T]


CONTACTS: Kind[ContactRow] = Kind(ContactRowBody, contact_row)
ORDERS: Kind[OrderRow] = Kind(OrderRowBody, order_row)
PRODUCTS: Kind[ProductRow] = Kind(ProductRowBody, product_row)


def written(kind: Kind[T], given: Sequence[Any], write: Callable[[list[T]], list[Outcome]]) -> list[Outcome]:
    """Read each row, ``write`` those that can be read, and tell of all in their order."""
    outcomes: dict[int, Outcome] = {}
    good: dict[int, T] = {}
    for place, one in enumerate(given):
        try:
            body = kind.body(data=one)
            body.is_valid(raise_exception=True)
            good[place] = kind.row(dict(body.validated_data))
        except (ValidationError, Refusal) as error:
            outcomes[place] = Outcome(place, REFUSED, refusal=as_refusal(error))
    for place, outcome in zip(good, write(list(good.values())), strict=True):
        outcomes[place] = replace(outcome, row=place)
    return [outcomes[place] for place in sorted(outcomes)]
