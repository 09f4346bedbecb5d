"""What a contact bought, as facts: how often, for how much, when last; also within a time."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil, floor
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import Fact, Subject, register_fact
from contacts.conditions.having import having
from contacts.conditions.tree import Condition
from contacts.conditions.values import moment
from contacts.models import Order, PurchaseFigures
from contacts.models.order import COUNTED

_WHY = "what rules and segments ask of contacts"
_ANYBODY = Q(pk__isnull=False)  # an empty ``Q`` vanishes within others, also where it is negated
_Bought = tuple[datetime, str, int]  # when, currency, amount


def _bought(subjects: Sequence[Subject], within: timedelta | None) -> dict[Subject, list[_Bought]]:
    """The purchases of each, up to its own moment."""
    rows = Order.objects.for_system(_WHY).filter(state__in=COUNTED, contact__in={one.contact_id for one in subjects})
    if within is not None:
        rows = rows.filter(placed_at__gt=min(one.at for one in subjects) - within)
    found: dict[UUID, list[_Bought]] = defaultdict(list)
    for contact_id, *rest in rows.values_list("contact_id", "placed_at", "currency", "total_minor"):
        found[contact_id].append(tuple(rest))
    return {
        one: [row for row in found[one.contact_id] if row[0] <= one.at and (within is None or row[0] > one.at - within)]
        for one in subjects
    }


def _count(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
    return {one: len(rows) for one, rows in _bought(subjects, within).items()}


def _at_most(contact_ids: Collection[UUID], since: datetime | None) -> Mapping[UUID, int]:
    rows = Order.objects.for_system(_WHY).filter(state__in=COUNTED)
    return counted_since(rows, "contact_id", "placed_at", contact_ids, since)


def counted_since(
    rows: Any, contact: str, at: str, contact_ids: Collection[UUID], since: datetime | None
) -> Mapping[UUID, int]:
    rows = rows.filter(**{f"{contact}__in": contact_ids})
    if since is not None:
        rows = rows.filter(**{f"{at}__gt": since})
    return dict(rows.order_by().values_list(contact).annotate(n=Count("pk")))


def _spent(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
    told: dict[Subject, dict[str, int]] = {}
    for one, rows in _bought(subjects, within).items():
        told[one] = {}
        for _at, currency, amount in rows:
            told[one][currency] = told[one].get(currency, 0) + amount
    return told


def _last(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
    return {one: max(row[0] for row in rows) for one, rows in _bought(subjects, within).items() if rows}


def counted_sql(at_least: Callable[[int], Q], condition: Condition) -> Q:
    """Any operator of numbers from "at least n", for a count that is nought where there is nothing."""

    def ge(count: int) -> Q:
        return at_least(count) if count > 0 else _ANYBODY

    def is_exactly(value: float) -> Q:
        return ge(int(value)) & ~at_least(int(value) + 1) if value >= 0 and value == int(value) else Q(pk__in=[])

    op, value = condition.op, condition.value
    if op in ("known", "unknown"):
        return _ANYBODY if op == "known" else Q(pk__in=[])
    if op == "between":
        return ge(ceil(value[0])) & _no_more(ge, value[1])
    if op in ("eq", "ne"):
        return is_exactly(value) if op == "eq" else ~is_exactly(value)
    if op == "le":
        return _no_more(ge, value)
    if op == "lt":
        return _no_more(ge, ceil(value) - 1)
    return ge(floor(value) + 1 if op == "gt" else ceil(value))


def _no_more(ge: Callable[[int], Q], value: float) -> Q:
    return ~ge(floor(value) + 1) if value >= 0 else Q(pk__in=[])


def _figures() -> Any:
    """There is a row for whoever bought anything, and for nobody else."""
    return PurchaseFigures.objects.for_system(_WHY)


def _orders_since(condition: Condition, now: datetime) -> Any:
    rows = Order.objects.for_system(_WHY).filter(state__in=COUNTED, placed_at__lte=now)
    hours = condition.within_hours
    return rows if hours is None else rows.filter(placed_at__gt=now - timedelta(hours=hours))


def _count_sql(condition: Condition, now: datetime) -> Q:
    def at_least(count: int) -> Q:
        if condition.within_hours is None:
            return having(_figures().filter(**({"all_orders__gte": count} if count > 1 else {})))
        rows = _orders_since(condition, now)
        if count <= 1:
            return having(rows)
        counted = rows.values("contact_id").annotate(n=Count("pk")).filter(n__gte=count)
        return having(counted, contact="contact_id")

    return counted_sql(at_least, condition)


def _spent_sql(condition: Condition, now: datetime) -> Q:
    currency, amount = condition.value["currency"], condition.value["amount_minor"]
    if condition.within_hours is None:
        rows: Any = _figures().filter(currency=currency, spent_minor__gte=amount)
    else:
        rows = _orders_since(condition, now).filter(currency=currency).values("contact_id")
        rows = rows.annotate(n=Sum("total_minor")).filter(n__gte=amount)
    found = having(rows, contact="contact_id") if amount > 0 else _ANYBODY
    return found if condition.op == "ge" else ~found if amount > 0 else Q(pk__in=[])


def _last_sql(condition: Condition, now: datetime) -> Q:
    rows = _figures()
    op, value = condition.op, condition.value
    if op in ("known", "unknown"):
        found = having(rows)
        return found if op == "known" else ~found
    edge = now - timedelta(days=value) if op in ("within_last", "longer_ago") else moment(value, now.tzinfo)
    which = "gte" if op in ("within_last", "from") else "lt"
    return having(rows.filter(**{f"all_last_order_at__{which}": edge}))


def register() -> None:
    register_fact(
        Fact(
            "contact.orders", "number", _("how many orders the customer placed"), _count,
            timed=True, historic=True, sql=_count_sql, at_most=_at_most,
        )
    )  # fmt: skip
    register_fact(
        Fact(
            "contact.spent", "money", _("what the customer’s orders come to"), _spent,
            timed=True, historic=True, sql=_spent_sql,
        )
    )  # fmt: skip
    register_fact(
        Fact(
            "contact.last_order_at", "date", _("when the customer last ordered"), _last, historic=True, sql=_last_sql
        )
    )  # fmt: skip
