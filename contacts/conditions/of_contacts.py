"""What is always known of a contact, as facts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import Choice, Fact, Load, Subject, register_fact
from contacts.conditions.tree import Condition
from contacts.conditions.values import moment
from contacts.models import Contact

_WHY = "what rules and segments ask of contacts"


def column(name: str) -> Load:
    """A column of the contact; nothing in it is not known."""

    def load(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
        ids = {subject.contact_id for subject in subjects}
        known = dict(Contact.objects.for_system(_WHY).filter(pk__in=ids).values_list("pk", name))
        return {one: known[one.contact_id] for one in subjects if known.get(one.contact_id) not in (None, "")}

    return load


def choice_sql(name: str) -> Callable[[Condition, datetime], Q]:
    """The same for a text column that is empty when it is not known."""

    def sql(condition: Condition, now: datetime) -> Q:
        if condition.op in ("known", "unknown"):
            return Q(**{name: ""}) if condition.op == "unknown" else ~Q(**{name: ""})
        found = Q(**{f"{name}__in": condition.value})
        return found if condition.op == "is_any" else ~found

    return sql


def date_sql(name: str) -> Callable[[Condition, datetime], Q]:
    """The same for a column with a time, null when it is not known."""

    def sql(condition: Condition, now: datetime) -> Q:
        value = condition.value
        if condition.op in ("known", "unknown"):
            return Q(**{f"{name}__isnull": condition.op == "unknown"})
        if condition.op in ("within_last", "longer_ago"):
            which = "gte" if condition.op == "within_last" else "lt"
            return Q(**{f"{name}__{which}": now - timedelta(days=value)})
        return Q(**{f"{name}__{'lt' if condition.op == 'before' else 'gte'}": moment(value, now.tzinfo)})

    return sql


def _languages(region_id: int) -> list[Choice]:
    return [
        Choice("zh-hant", _("Traditional Chinese")),
        Choice("zh-hans", _("Simplified Chinese")),
        Choice("en", _("English")),
        *_seen("language", region_id, known=("zh-hant", "zh-hans", "en")),
    ]


def _countries(region_id: int) -> list[Choice]:
    return _seen("country", region_id)


def _seen(name: str, region_id: int, known: Sequence[str] = ()) -> list[Choice]:
    rows = Contact.objects.for_system(_WHY).filter(region_id=region_id).exclude(**{f"{name}__in": ["", *known]})
    return [Choice(value, value) for value in rows.order_by(name).values_list(name, flat=True).distinct()[:200]]


def register() -> None:
    register_fact(
        Fact(
            "contact.language", "choice", _("the customer’s language"), column("language"),
            choices=_languages, sql=choice_sql("language"), quick=True,
        )
    )  # fmt: skip
    register_fact(
        Fact(
            "contact.country", "choice", _("the customer’s country"), column("country"),
            choices=_countries, sql=choice_sql("country"), quick=True,
        )
    )  # fmt: skip
    register_fact(
        Fact(
            "contact.first_seen_at", "date", _("when the customer first wrote"), column("first_seen_at"),
            historic=True, sql=date_sql("first_seen_at"),
        )
    )  # fmt: skip
    register_fact(
        Fact(
            "contact.last_seen_at", "date", _("when the customer last wrote"), column("last_seen_at"),
            sql=date_sql("last_seen_at"),
        )
    )  # fmt: skip
