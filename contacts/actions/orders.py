"""What contacts ordered elsewhere (CM-3). The shop has the last word; Kefu holds what it was told, and what each
contact's purchases come to."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from contacts.actions.figures import reckon
from contacts.actions.outside_contacts import keep_outsiders
from contacts.events import PurchasesChanged
from contacts.exchange.checking import may_write, outcomes_of
from contacts.exchange.order_book import OrderBook
from contacts.exchange.order_checks import check_order
from contacts.exchange.rows import CREATED, UPDATED, OrderRow, Outcome
from contacts.models import Contact, Order, OrderItem
from contacts.occurrences import happened, happening
from contacts.policies import threads_of
from security.access import Actor
from security.models import Region
from security.writing import Change, write

_WHY = "what another system knows of orders"


def upsert_orders(
    *, by: Actor, region: Region, source: str, rows: Sequence[OrderRow], overwrite: bool = False, history: bool = False
) -> list[Outcome]:
    """Write what ``source`` says of orders, each row alone: one that is refused holds up none of the others. The same
    rows a second time change nothing, nor do older ones that come late (``told_at``). Who ordered is found, or
    introduced, as ``upsert_contacts`` does; an order that is known stays with its contact.

    ``history``: orders of the past that are only being learned: figures count them, rules and webhooks hear nothing.
    """
    may_write(by, region, source, rows)
    with write(by=by) as change:
        outcomes, good = outcomes_of(rows, check_order)
        book = OrderBook(region, source, [rows[place] for place in good], at=timezone.now())
        outcomes |= {place: book.enter(place, rows[place], overwrite=overwrite) for place in good}
        keep_outsiders(change, book.outsiders, history=history)
        book.save()
        _tell(change, book, history=history)
        done = [one.done for one in outcomes.values()]
        if CREATED in done or UPDATED in done:
            counts = {"created": done.count(CREATED), "updated": done.count(UPDATED)}
            change.record("order.exchanged", region, source=source, **counts)
    return [outcomes[place] for place in range(len(rows))]


def remove_orders(*, by: Actor, region: Region, source: str, order_ids: Sequence[UUID]) -> int:
    """Take orders back that were written by mistake (the undo of an import); returns how many there were."""
    may_write(by, region, source, order_ids)
    with write(by=by) as change:
        rows = Order.objects.for_system(_WHY).filter(pk__in=order_ids, region=region, source=source)
        contact_ids = set(rows.values_list("contact_id", flat=True))
        locked = Contact.objects.for_system(_WHY).locked().filter(pk__in=contact_ids).order_by("id")
        contacts = list(locked)
        OrderItem.objects.for_system(_WHY).filter(order__in=rows).delete()
        gone: int = rows.delete()[0]
        if gone:
            change.record("order.removed", region, source=source, rows=gone)
            _tell_purchases(change, contacts)
    return gone


def _tell(change: Change, book: OrderBook, *, history: bool) -> None:
    for order, before in book.changed:
        if before is not None and before != order.state:
            change.record("order.state_changed", order, state=[before, order.state], source=order.source)
    if not history:
        happened(
            change,
            *(
                happening(change, kind, contact=order.contact, subject=order)
                for order, before in book.changed
                for kind in _kinds_of(order, before)
            ),
        )
    _tell_purchases(change, book.contacts_touched())


def _kinds_of(order: Order, before: str | None) -> list[str]:
    """What happened to an order that was in the state ``before`` (``None``: it is new)."""
    found = ["order.created"] if before is None else []
    if before != order.state and order.state != "pending":
        return [*found, f"order.{order.state}"]
    return found or ["order.changed"]


def _tell_purchases(change: Change, contacts: Sequence[Contact]) -> None:
    """New figures, and a word to whoever has the card open."""
    figures = reckon([contact.pk for contact in contacts])
    threads = threads_of(contact.pk for contact in contacts)
    for contact in contacts:
        told = PurchasesChanged.of(contact, figures.get(contact.pk, []), threads=threads.get(contact.pk, []))
        change.announce(told)
