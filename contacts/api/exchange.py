"""Contacts, orders and products of other systems (CM-3): written many at a time, each row alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.actions.orders import upsert_orders
from contacts.actions.outside_contacts import upsert_contacts
from contacts.actions.products import upsert_products
from contacts.exchange.checking import WRITE
from contacts.exchange.json_rows import (
    CONTACTS,
    ORDERS,
    PRODUCTS,
    ContactRowBody,
    Kind,
    OrderRowBody,
    ProductRowBody,
    written,
)
from contacts.exchange.rows import CREATED, REFUSED, UNCHANGED, UPDATED, Outcome
from contacts.models import Order
from contacts.models.order import STATES
from contacts.order_queries import figures_of, items_by_order, order_page, orders_of, product_page
from contacts.order_shapes import OrderShape, ProductShape, PurchaseFiguresShape, PurchasesShape
from contacts.policies import LABEL
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.errors import Invalid, NotFound
from security.log.viewing import viewed
from security.models import Region

T = TypeVar("T")
_SEE = "contacts.see_contact"
_NUMBER = OpenApiParameter("number", str, description="the number customers quote, with or without #")
_STATE = OpenApiParameter("state", str, enum=[code for code, _ in STATES])
_SKU = OpenApiParameter("sku", str)


@dataclass(frozen=True)
class RefusalShape:
    code: str
    message: str
    field: str | None
    remedy: str | None


@dataclass(frozen=True)
class OutcomeShape:
    """``done``: created, updated, unchanged or refused (``refusal`` says why). ``notes``: codes of what somebody should
    look at."""

    row: int
    done: str
    id: str | None
    refusal: RefusalShape | None
    notes: list[str]

    @classmethod
    def of(cls, one: Outcome) -> "OutcomeShape":
        refusal = None if one.refusal is None else RefusalShape(**one.refusal.as_json())  # type: ignore[arg-type]
        return cls(one.row, one.done, None if one.id is None else str(one.id), refusal, list(one.notes))


@dataclass(frozen=True)
class WrittenShape:
    created: int
    updated: int
    unchanged: int
    refused: int
    results: list[OutcomeShape]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> "WrittenShape":
        done = [one.done for one in outcomes]
        created, updated, unchanged, refused = (done.count(what) for what in (CREATED, UPDATED, UNCHANGED, REFUSED))
        return cls(created, updated, unchanged, refused, [OutcomeShape.of(one) for one in outcomes])


class WrittenSerializer(DataclassSerializer[WrittenShape]):
    class Meta:
        dataclass = WrittenShape
        ref_name = "Written"


class OrderSerializer(DataclassSerializer[OrderShape]):
    class Meta:
        dataclass = OrderShape
        ref_name = "Order"


class ProductSerializer(DataclassSerializer[ProductShape]):
    class Meta:
        dataclass = ProductShape
        ref_name = "Product"


class PurchasesSerializer(DataclassSerializer[PurchasesShape]):
    class Meta:
        dataclass = PurchasesShape
        ref_name = "Purchases"


class RowsBody(Body):
    """What every writing call takes; ``rows`` are read one by one."""

    region = serializers.IntegerField()
    source = serializers.CharField(max_length=40, help_text="what the other system is called, in small letters")  # type: ignore[assignment]
    rows = serializers.ListField(allow_empty=False)


class ContactsWrite(RowsBody):
    rows = ContactRowBody(many=True)  # type: ignore[assignment]


class OrdersWrite(RowsBody):
    rows = OrderRowBody(many=True)  # type: ignore[assignment]


class ProductsWrite(RowsBody):
    rows = ProductRowBody(many=True)  # type: ignore[assignment]


def _write(view: KefuView, request: Request, kind: Kind[T], action: Callable[..., list[Outcome]]) -> Response:
    body = RowsBody(data=request.data)
    body.is_valid(raise_exception=True)
    given = body.validated_data
    region = Region.objects.filter(pk__in=view.access.region_ids, pk=given["region"]).first()
    if region is None:
        raise NotFound
    outcomes = _once_more(
        lambda: written(
            kind, given["rows"], lambda rows: action(by=view.access, region=region, source=given["source"], rows=rows)
        )
    )
    return Response(WrittenShape.of(outcomes))


def _once_more(deed: Callable[[], T]) -> T:
    """Somebody else introduced the same customer, or order, just now: nothing of this was kept, and now it is known."""
    try:
        return deed()
    except IntegrityError:
        return deed()


class ContactsUpsertView(KefuView):
    needs = {"POST": WRITE}

    @extend_schema(request=ContactsWrite, responses=WrittenSerializer)
    def post(self, request: Request) -> Response:
        """Write contacts of another system

        Each is found by the source's id, else by telephone number, else introduced. The same rows a second time change
        nothing. Rows that are refused hold up none of the others: look at `results`.
        """
        return _write(self, request, CONTACTS, upsert_contacts)


class OrdersUpsertView(KefuView):
    needs = {"POST": WRITE}

    @extend_schema(request=OrdersWrite, responses=WrittenSerializer)
    def post(self, request: Request) -> Response:
        """Write orders of another system

        By the source's id: the same id is the same order. Whoever ordered is found or introduced as in
        `POST contacts/upsert`. Left-out `items` stay as they are. Rows that are refused hold up none of the others.
        """
        return _write(self, request, ORDERS, upsert_orders)


class ProductsUpsertView(KefuView):
    needs = {"POST": WRITE}

    @extend_schema(request=ProductsWrite, responses=WrittenSerializer)
    def post(self, request: Request) -> Response:
        """Write products of another system

        By the source's id. Lines of orders that are written later name them by it.
        """
        return _write(self, request, PRODUCTS, upsert_products)


class OrdersView(KefuView):
    needs = {"GET": _SEE}

    @extend_schema(parameters=paged(_NUMBER, _STATE), responses=list_of(OrderSerializer))
    def get(self, request: Request) -> Response:
        """List orders

        Of the contacts I see, the latest first. Reading on past the first page is a line of the operation log.
        """
        limit, after = page_size(request), read_cursor(request)
        state = request.query_params.get("state", "")
        if state and state not in dict(STATES):
            raise Invalid(field="state")
        number = request.query_params.get("number", "")[:80]
        rows = order_page(access=self.access, after=after, limit=limit, number=number, state=state)
        if after is not None and rows:
            count, page = len(rows[:limit]), "/".join(map(str, after))
            viewed(self.access, "order.listed", "security.user", self.access.user_id, rows=count, page=page)
        return Response(_page(rows, limit))


class OrderView(KefuView):
    needs = {"GET": _SEE}

    @extend_schema(responses=OrderSerializer)
    def get(self, request: Request, order_id: UUID) -> Response:
        """Read an order

        With its items. Whoever sees the contact sees it.
        """
        row = Order.objects.visible_to(self.access).get_or_404(order_id)
        viewed(self.access, "contact.viewed", LABEL, row.contact_id)
        return Response(OrderShape.of(row, items_by_order([row])[row.pk]))


class ContactOrdersView(KefuView):
    needs = {"GET": _SEE}

    @extend_schema(parameters=paged(), responses=list_of(OrderSerializer))
    def get(self, request: Request, contact_id: UUID) -> Response:
        """List the orders of a contact

        The latest first, with what was in them.
        """
        limit = page_size(request)
        rows = orders_of(access=self.access, contact_id=contact_id, after=read_cursor(request), limit=limit)
        viewed(self.access, "contact.viewed", LABEL, contact_id)
        return Response(_page(rows, limit))


class ContactPurchasesView(KefuView):
    needs = {"GET": _SEE}

    @extend_schema(responses=PurchasesSerializer)
    def get(self, request: Request, contact_id: UUID) -> Response:
        """What the purchases of a contact come to

        Per currency: how many orders count, what they cost together, the first and the last. Orders that were never
        paid, or given back, do not count.
        """
        rows = figures_of(access=self.access, contact_id=contact_id)
        return Response(PurchasesShape(str(contact_id), [PurchaseFiguresShape.of(row) for row in rows]))


class ProductsView(KefuView):
    needs = {"GET": _SEE}

    @extend_schema(parameters=paged(_SKU), responses=list_of(ProductSerializer))
    def get(self, request: Request) -> Response:
        """List products

        Of my regions, those that came last first.
        """
        limit, sku = page_size(request), request.query_params.get("sku", "")[:80]
        rows = product_page(access=self.access, after=read_cursor(request), limit=limit, sku=sku)
        return Response(page_json(rows, limit=limit, shape=ProductShape.of, position=lambda row: (row.pk,)))


def _page(rows: list[Order], limit: int) -> dict[str, Any]:
    items = items_by_order(rows[:limit])
    return page_json(
        rows,
        limit=limit,
        shape=lambda row: OrderShape.of(row, items[row.pk]),
        position=lambda row: (row.placed_at, row.pk),
    )
