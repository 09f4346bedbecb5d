"""Reads of tags."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, ContactTag, RuleRun, Tag
from contacts.shapes import AuthorShape
from contacts.tag_shapes import PutTagShape, PuttingRuleShape, TagShape
from contacts.tagging import uses_elsewhere
from security.access import ALL, Access
from security.errors import Invalid
from security.names import names_of

_MOST_ASKED = 20
_WHY = "the tags of rows already opened for the reader"


def tags(*, access: Access, archived: bool = False, counted: bool = False) -> list[TagShape]:
    """Those of the reader's regions, by group and name; ``counted`` for whoever sees all there is in them."""
    rows = Tag.objects.visible_to(access).order_by("group", "name", "pk")
    found = list(rows if archived else rows.living())
    uses = uses_of([tag.pk for tag in found]) if counted and access.sight == ALL else {}
    return [TagShape.of(tag, uses.get(tag.pk)) for tag in found]


def uses_of(tag_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """On how many contacts, and on how many of whatever else can be tagged, each tag is."""
    rows = ContactTag.objects.for_system(_WHY).filter(tag__in=tag_ids).order_by()
    counts = dict(rows.values_list("tag").annotate(count=Count("pk")).values_list("tag", "count"))
    elsewhere = uses_elsewhere(tag_ids)
    return {
        pk: {"contacts": counts.get(pk, 0), **{kind: found.get(pk, 0) for kind, found in elsewhere.items()}}
        for pk in tag_ids
    }


def tags_of_contact(contact: Contact) -> list[PutTagShape]:
    return put_tags(ContactTag.objects.for_system(_WHY).filter(contact=contact))


def put_tags(rows: Any) -> list[PutTagShape]:
    """The shapes of ``ContactTag`` rows, or of others like them; archived tags are not shown."""
    found = list(rows.filter(tag__archived_at=None).select_related("tag").order_by("tag__group", "tag__name"))
    names = names_of(row.by_id for row in found)
    rules = _rules_of({row.run_id for row in found if row.run_id is not None})
    return [_put(row, names, rules) for row in found]


def _rules_of(run_ids: set[UUID]) -> dict[UUID, PuttingRuleShape]:
    """By the firing that put a tag on. The rule is called as it is now: that is where one finds it."""
    if not run_ids:
        return {}
    rows = RuleRun.objects.for_system(_WHY).filter(pk__in=run_ids).order_by()
    told = rows.values_list("pk", "rule_id", "rule__name", "conversation_id")
    return {pk: PuttingRuleShape(str(rule), name, str(talk) if talk else None) for pk, rule, name, talk in told}


def contact_tag_ids(contact_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Which living tags each contact has: for rules and segments."""
    rows = ContactTag.objects.for_system(_WHY).filter(contact__in=list(contact_ids), tag__archived_at=None)
    found: dict[UUID, set[UUID]] = {}
    for contact_id, tag_id in rows.values_list("contact_id", "tag_id"):
        found.setdefault(contact_id, set()).add(tag_id)
    return found


def tag_ids(field: str, value: str) -> list[UUID]:
    """Of a query string: one or several ids, with commas between."""
    try:
        return [UUID(one) for one in value.split(",")[:_MOST_ASKED]]
    except ValueError:
        raise Invalid(field=field, message=_("These are ids of tags, with commas between.")) from None


def tagged(rows: Any, field: str, value: str) -> Any:
    """Contacts of ``rows`` that have one of some tags."""
    having = ContactTag.objects.for_system(_WHY).filter(tag__in=tag_ids(field, value), tag__archived_at=None)
    return rows.filter(pk__in=having.values("contact_id"))


def _put(row: Any, names: dict[int, str], rules: dict[UUID, PuttingRuleShape]) -> PutTagShape:
    return PutTagShape(
        id=str(row.tag_id),
        name=row.tag.name,
        colour=row.tag.colour,
        group=row.tag.group,
        description=row.tag.description,
        at=row.at,
        by=None if row.by_id is None else AuthorShape(row.by_id, names.get(row.by_id, "")),
        rule=rules.get(row.run_id),
    )
