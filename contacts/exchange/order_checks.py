"""What keeps an order of another system from being taken."""

from django.utils.translation import gettext_lazy as _

from contacts.exchange.outsiders import check_contact
from contacts.exchange.rows import ItemRow, OrderRow
from contacts.models import ExchangePolicy
from contacts.models.order import STATES
from contacts.money import check_amount, check_currency
from security.errors import Invalid, Missing

_LONGEST_REF, _LONGEST_NUMBER, _LONGEST_NAME, _LONGEST_SKU = 200, 80, 200, 80
_MOST_OF_ONE = 1_000_000


def check_order(row: OrderRow) -> None:
    if not row.external_id.strip():
        raise Missing(field="external_id")
    _fits(row.external_id, _LONGEST_REF, "external_id")
    _fits(row.number, _LONGEST_NUMBER, "number")
    if row.state not in dict(STATES):
        raise Invalid(field="state", message=_("Kefu knows no such state of an order."))
    check_currency(row.currency)
    check_amount(row.total_minor, field="total_minor")
    if any(at is not None and at.tzinfo is None for at in (row.placed_at, row.paid_at, row.closed_at, row.told_at)):
        raise Invalid(field="placed_at", message=_("A moment needs its time zone."))
    check_contact(row.contact)
    most = ExchangePolicy.current().items_of_an_order
    if len(row.items or ()) > most:
        raise Invalid(field="items", message=_("At most %(n)s lines.") % {"n": most})
    for item in row.items or ():
        _check_item(item)


def _check_item(item: ItemRow) -> None:
    if not item.name.strip():
        raise Missing(field="items")
    _fits(item.name, _LONGEST_NAME, "items")
    _fits(item.sku, _LONGEST_SKU, "items")
    if not 0 < item.quantity <= _MOST_OF_ONE:
        raise Invalid(field="items", message=_("A line needs a quantity."))
    check_amount(item.unit_minor, field="items")


def _fits(value: str, longest: int, field: str) -> None:
    if len(value) > longest:
        raise Invalid(field=field, message=_("At most %(n)s characters.") % {"n": longest})
