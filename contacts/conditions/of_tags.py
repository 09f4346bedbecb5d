"""The tags of a contact as a fact. An archived tag is nobody's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import Choice, Fact, Subject, register_fact
from contacts.conditions.having import having
from contacts.conditions.tree import Condition
from contacts.models import ContactTag, Tag
from contacts.models.tag import CONTACT

_WHY = "what rules and segments ask of tags"


def _load(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = _rows().filter(contact__in={subject.contact_id for subject in subjects})
    for contact_id, tag_id in rows.values_list("contact_id", "tag_id"):
        found[contact_id].add(str(tag_id))
    return {one: frozenset(found[one.contact_id]) for one in subjects if one.contact_id in found}


def _sql(condition: Condition, now: datetime) -> Q:
    wanted = [one for one in map(_as_id, condition.value) if one is not None]
    if condition.op == "has_all":
        if len(wanted) < len(condition.value):
            return Q(pk__in=())
        return Q(*(_having([one]) for one in wanted))
    return ~_having(wanted) if condition.op == "has_none" else _having(wanted)


def _having(tag_ids: Sequence[UUID]) -> Q:
    return having(_rows().filter(tag__in=tag_ids))


def _rows() -> Any:
    return ContactTag.objects.for_system(_WHY).filter(tag__archived_at=None)


def _as_id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def tag_choices(region_id: int, scope: str = CONTACT) -> list[Choice]:
    rows = Tag.objects.for_system(_WHY).living().for_scope(scope).filter(region_id=region_id)
    return [Choice(str(row.pk), row.name) for row in rows.order_by("group", "name")]


def register() -> None:
    register_fact(
        Fact("contact.tags", "tags", _("the customer’s tags"), _load, choices=tag_choices, sql=_sql, quick=True)
    )
