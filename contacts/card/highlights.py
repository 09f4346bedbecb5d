"""What comes first on a card: pure functions over what stands on it, each naming the entry it follows from. Other apps
register theirs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from contacts.card.shapes import CardEntryShape, HighlightShape, SpendingShape

_MOST = 6
_LATELY = timedelta(days=400)
_OPEN = ("pending", "paid", "shipped")
_ORDER = ("warn", "good", "info")
_UNHAPPY_WITHIN = timedelta(days=180)


@dataclass(frozen=True)
class CardFacts:
    """``entries``: the sections of the card, newest first."""

    now: datetime
    entries: Mapping[str, Sequence[CardEntryShape]]
    figures: Sequence[SpendingShape]


Derive = Callable[[CardFacts], Iterable[HighlightShape]]
_derive: list[Derive] = []


def register_highlight(derive: Derive) -> Derive:
    if derive not in _derive:
        _derive.append(derive)
    return derive


def highlights(facts: CardFacts) -> list[HighlightShape]:
    """What warns first, then the latest; few enough to be read."""
    found = [one for derive in _derive for one in derive(facts)]
    found.sort(key=lambda one: (_ORDER.index(one.tone), -one.at.timestamp()))
    return found[:_MOST]


@register_highlight
def return_in_progress(facts: CardFacts) -> Iterable[HighlightShape]:
    for order in facts.entries.get("orders", ()):
        if order.state == "returning":
            yield _of(order, "returning", "warn", order=order.title, items=_items(order))


@register_highlight
def open_orders(facts: CardFacts) -> Iterable[HighlightShape]:
    running = [order for order in facts.entries.get("orders", ()) if order.state in _OPEN]
    if len(running) == 1:
        yield _of(running[0], f"order_{running[0].state}", "info", order=running[0].title, items=_items(running[0]))
    elif running:
        yield _of(running[0], "orders_open", "info", count=str(len(running)), order=running[0].title)


@register_highlight
def bought_before(facts: CardFacts) -> Iterable[HighlightShape]:
    """The last thing they got and kept, while it is not long ago."""
    for order in facts.entries.get("orders", ()):
        if order.state == "delivered" and order.items and facts.now - order.at < _LATELY:
            yield _of(order, "bought", "info", items=_items(order), order=order.title)
            return


@register_highlight
def unhappy_last_time(facts: CardFacts) -> Iterable[HighlightShape]:
    """The last finished case was risky, or was judged badly."""
    over = next((case for case in facts.entries.get("cases", ()) if case.ended_at is not None), None)
    if over is not None and over.marks and facts.now - over.at < _UNHAPPY_WITHIN:
        yield _of(over, "unhappy", "warn", mark=over.marks[0], number=over.title)


@register_highlight
def buys_often(facts: CardFacts) -> Iterable[HighlightShape]:
    for one in facts.figures:
        orders = facts.entries.get("orders", ())
        if one.orders >= 5 and one.last_order_at is not None and orders:
            yield _of(orders[0], "regular", "good", count=str(one.orders))
            return


def _items(order: CardEntryShape) -> str:
    return "、".join(order.items[:2]) + ("…" if len(order.items) > 2 else "")


def _of(entry: CardEntryShape, code: str, tone: str, **values: str) -> HighlightShape:
    return HighlightShape(code=code, tone=tone, values=values, at=entry.at, source_kind=entry.kind, source_id=entry.id)
