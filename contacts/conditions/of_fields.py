"""The custom fields of a region as facts, as far as their definition lets them be asked for.

Numbers and dates stand in plain; everything else is compared by keyed digest, so a text can only be equal.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from contacts.conditions.facts import Choice, Fact, Subject, register_facts_of_region
from contacts.conditions.having import having
from contacts.conditions.tree import Condition
from contacts.conditions.values import moment
from contacts.fields import digest_of
from contacts.models import FieldDefinition, FieldValue
from contacts.models.custom_field import BOOLEAN, CHOICE, DATE, NUMBER
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import open_keys
from security.search.folding import plain

_WHY = "what rules and segments ask of custom fields"
_KINDS = {NUMBER: "number", DATE: "date", BOOLEAN: "boolean"}
_COMPARED = {"ge": "gte", "le": "lte", "gt": "gt", "lt": "lt", "eq": "exact"}
Sql = Callable[[Condition, datetime], Q]


class _Same(str):
    """A text that is equal to another spelling of itself, as its digest is."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and plain(self) == plain(other)

    def __hash__(self) -> int:
        return hash(plain(self))


def _facts(region_id: int) -> list[Fact]:
    rows = (
        FieldDefinition.objects.for_system(_WHY)
        .living()
        .filter(region_id=region_id, filterable=True)
        .select_related("region")
    )
    return [_fact(row) for row in rows.order_by("order", "pk")]


def _fact(definition: FieldDefinition) -> Fact:
    kind = _KINDS.get(definition.type, "choice")
    sql = {"number": _number_sql, "date": _date_sql, "boolean": _boolean_sql, "choice": _choice_sql}[kind]
    choices = None
    if definition.type == CHOICE:
        options = [Choice(str(one["key"]), str(one["label"])) for one in definition.options]
        choices = lambda region_id: options  # noqa: E731
    key = f"contact.field_{definition.pk.hex}"
    return Fact(key, kind, definition.label, _loader(definition), choices=choices, sql=sql(definition))


def _loader(definition: FieldDefinition) -> Callable[[Sequence[Subject], timedelta | None], Mapping[Subject, Any]]:
    def load(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
        ids = {subject.contact_id for subject in subjects}
        rows = list(FieldValue.objects.for_system(_WHY).filter(definition=definition, contact__in=ids))
        if definition.type not in (NUMBER, DATE):
            open_keys(row.key_id for row in rows)
        known = {row.contact_id: _said(definition, row) for row in rows}
        return {one: known[one.contact_id] for one in subjects if one.contact_id in known}

    return load


def _said(definition: FieldDefinition, row: FieldValue) -> Any:
    if definition.type == NUMBER:
        return None if row.number is None else float(row.number)
    if definition.type == DATE:
        return None if row.number is None else _midnight(definition, int(row.number))
    return bool(row.value) if definition.type == BOOLEAN else _Same(row.value)


def _midnight(definition: FieldDefinition, ordinal: int) -> datetime:
    """A day of the region begins in its own time."""
    return datetime.combine(date.fromordinal(ordinal), time.min, ZoneInfo(definition.region.time_zone))


def _having(definition: FieldDefinition, **found: Any) -> Q:
    return having(FieldValue.objects.for_system(_WHY).filter(definition=definition, **found))


def _known(definition: FieldDefinition, condition: Condition) -> Q | None:
    if condition.op not in ("known", "unknown"):
        return None
    said = _having(definition)
    return ~said if condition.op == "unknown" else said


def _number_sql(definition: FieldDefinition) -> Sql:
    def sql(condition: Condition, now: datetime) -> Q:
        value, known = condition.value, _known(definition, condition)
        if known is not None:
            return known
        if condition.op == "between":
            return _having(definition, number__gte=_decimal(value[0]), number__lte=_decimal(value[1]))
        if condition.op == "ne":
            return ~_having(definition, number=_decimal(value))
        return _having(definition, **{f"number__{_COMPARED[condition.op]}": _decimal(value)})

    return sql


def _decimal(value: int | float) -> Decimal:
    return Decimal(str(value))


def _date_sql(definition: FieldDefinition) -> Sql:
    def sql(condition: Condition, now: datetime) -> Q:
        known = _known(definition, condition)
        if known is not None:
            return known
        days_ago = condition.op in ("within_last", "longer_ago")
        since = now - timedelta(days=condition.value) if days_ago else moment(condition.value, now.tzinfo)
        which = "gte" if condition.op in ("within_last", "from") else "lt"
        return _having(definition, **{f"number__{which}": _first_day(since.astimezone(now.tzinfo))})

    return sql


def _first_day(since: datetime) -> int:
    """The ordinal of the first day that begins no earlier, in the zone of ``since``."""
    return since.toordinal() + (since.time() != time.min)


def _boolean_sql(definition: FieldDefinition) -> Sql:
    def sql(condition: Condition, now: datetime) -> Q:
        yes = _having(definition, digest=digest_of(definition, True, BlindIndex(definition.region_id)))  # noqa: FBT003
        return ~yes if condition.op == "is_false" else yes

    return sql


def _choice_sql(definition: FieldDefinition) -> Sql:
    def sql(condition: Condition, now: datetime) -> Q:
        known = _known(definition, condition)
        if known is not None:
            return known
        index = BlindIndex(definition.region_id)
        said = _having(definition, digest__in=[digest_of(definition, one, index) for one in condition.value])
        return ~said if condition.op == "is_none" else said

    return sql


def register() -> None:
    register_facts_of_region(_facts)
