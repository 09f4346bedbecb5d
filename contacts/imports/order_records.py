"""Lines of orders: one line an order, or one for each thing that was ordered, which then stand together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from contacts.exchange.rows import ItemRow, OrderRow
from contacts.imports.plan import Plan
from contacts.imports.records import Odd, contact_row
from contacts.imports.values import amount, count, currency_in, moment
from security.errors import Invalid, Missing, Refusal

# What shops call the states of orders, besides our own names for them.
_STATES = {
    "pending": "pending unpaid awaiting new 待付款 未付款 未付 待處理 新訂單",
    "paid": "paid processing authorized completed complete 已付款 已付 付款完成 處理中 備貨中 完成 已完成",
    "shipped": "shipped fulfilled sent 已出貨 出貨 已寄出 運送中 配送中",
    "delivered": "delivered received 已送達 已到貨 已取貨 已收貨",
    "returning": "returning return_requested 退貨中 申請退貨",
    "returned": "returned 已退貨 退貨完成",
    "refunded": "refunded partially_refunded 已退款 退款 退款完成",
    "cancelled": "cancelled canceled voided failed 已取消 取消 已作廢",
}
_NEVER = datetime.min.replace(tzinfo=UTC)
_BY_NAME = {name: state for state, names in _STATES.items() for name in (state, *names.split())}


@dataclass(frozen=True)
class OrderRecord:
    """``lines``: the numbers and cells of all lines of the order."""

    line: int
    cells: Sequence[str]
    row: OrderRow
    odd: tuple[Refusal, ...] = ()


def reference(cells: Sequence[str], plan: Plan) -> str:
    """What lines of one order have in common."""
    return plan.cell(cells, "order_id") or plan.cell(cells, "order_number")


def read_order(lines: Sequence[tuple[int, Sequence[str]]], plan: Plan) -> OrderRecord:
    """One order of the lines that have its number; what is about all of it may stand in the first of them only."""
    odd, (number, first) = Odd(), lines[0]
    ref = reference(first, plan)
    if not ref:
        odd.take("order_number", _refuse_nameless, None)
    contact = contact_row(first, plan, odd)
    total = _cell(lines, plan, "total")
    currency = (_cell(lines, plan, "currency") or currency_in(total) or plan.currency).upper()
    items = [odd.take("item_name", lambda cells=cells: _item(cells, plan, currency), None) for _, cells in lines]  # type: ignore[misc]
    kept = tuple(item for item in items if item is not None)
    row = OrderRow(
        external_id=ref,
        contact=contact,
        state=odd.take("order_state", lambda: _state(_cell(lines, plan, "order_state")), "pending"),
        currency=currency,
        total_minor=odd.take("total", lambda: _total(total, kept, currency), 0),
        placed_at=odd.take("placed_at", lambda: _moment(_cell(lines, plan, "placed_at"), plan), _NEVER),
        number=_cell(lines, plan, "order_number") or ref,
        items=kept or None,
    )
    if paid := _cell(lines, plan, "paid_at"):
        row = replace(row, paid_at=odd.take("paid_at", lambda: _moment(paid, plan), None))
    return OrderRecord(number, first, row, tuple(odd.refusals))


def _cell(lines: Sequence[tuple[int, Sequence[str]]], plan: Plan, meaning: str) -> str:
    return next((found for _, cells in lines if (found := plan.cell(cells, meaning))), "")


def _state(text: str) -> str:
    if not text:
        return "paid"
    state = _BY_NAME.get(text.strip().casefold().replace(" ", "_"))
    if state is None:
        raise Invalid(message=_("Kefu knows no such state of an order."))
    return state


def _total(text: str, items: Sequence[ItemRow], currency: str) -> int:
    if len(currency) != 3:
        raise Missing(message=_("The currency is not said."))
    if text:
        return amount(text, currency=currency)
    if not items:
        raise Missing(message=_("The amount is not said."))
    return sum(item.quantity * item.unit_minor for item in items)


def _moment(text: str, plan: Plan) -> datetime:
    if not text:
        raise Missing(message=_("It is not said when this was ordered."))
    return moment(text, zone=plan.zone, order=plan.order)


def _item(cells: Sequence[str], plan: Plan, currency: str) -> ItemRow | None:
    name, sku = plan.cell(cells, "item_name"), plan.cell(cells, "item_sku")
    if not name and not sku:
        return None
    price, pieces = plan.cell(cells, "item_price"), plan.cell(cells, "item_quantity")
    return ItemRow(
        name=name or sku,
        sku=sku,
        quantity=count(pieces) if pieces else 1,
        unit_minor=amount(price, currency=currency) if price and len(currency) == 3 else 0,
    )


def _refuse_nameless() -> None:
    raise Missing(message=_("This line has no order number."))
