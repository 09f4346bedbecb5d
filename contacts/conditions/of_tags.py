"""The tags of a contact, as a fact."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import Choice, Fact, Subject, register_fact
from contacts.conditions.tree import Condition
from contacts.models import ContactTag, Tag
from contacts.models.tag import CONTACT

_WHY = "what rules and segments ask of contacts"


def tag_choices(region_id: int, scope: str = CONTACT) -> list[Choice]:
    rows = Tag.objects.for_system(_WHY).filter(region_id=region_id).living().for_scope(scope)
    return [Choice(str(pk), name) for pk, name in rows.order_by("group", "name").values_list("pk", "name")]


def _load(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
    rows = ContactTag.objects.for_system(_WHY).filter(tag__archived_at=None)
    rows = rows.filter(contact__in={subject.contact_id for subject in subjects})
    found: dict[Any, set[str]] = defaultdict(set)
    for contact_id, tag_id in rows.values_list("contact_id", "tag_id"):
        found[contact_id].add(str(tag_id))
    return {one: frozenset(found[one.contact_id]) for one in subjects}


def _sql(condition: Condition, now: datetime) -> Q:
    rows = ContactTag.objects.for_system(_WHY).filter(tag__archived_at=None)
    if condition.op == "has_all":
        found = Q()
        for tag_id in condition.value:
            found &= Q(pk__in=rows.filter(tag=tag_id).values("contact_id"))
        return found
    found = Q(pk__in=rows.filter(tag__in=condition.value).values("contact_id"))
    return ~found if condition.op == "has_none" else found


def register() -> None:
    fact = Fact("contact.tags", "tags", _("the customer’s tags"), _load, choices=tag_choices, sql=_sql)
    register_fact(fact)
