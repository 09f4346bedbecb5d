"""What contacts themselves add to rules: tags and orders as events, tags as something to do."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.actions.tagging import tag_contact, untag_contact
from contacts.conditions.facts import Choice, Fact, Subject, register_fact
from contacts.conditions.of_tags import tag_choices
from contacts.models import ContactTag, Order
from contacts.occurrences import Occurrence, listen
from contacts.rules.deeds import DeedKind, Done, Field, Firing, register_deed
from contacts.rules.events import EventKind, register_event
from contacts.rules.happening import tell_rules
from contacts.rules.policy import RulesPolicy
from contacts.tagging import Tagging, register_tag_follower
from security.access import Access
from security.errors import Conflict, require
from security.writing import Change

_WHY = "what rules are tried on"


def paged(rows: Any, at: str) -> Iterator[list[Any]]:
    """All of them by time, a batch at a time, by position."""
    size = RulesPolicy.current().batch
    after = Q()
    while some := list(rows.filter(after).order_by(at, "pk")[:size]):
        yield some
        last = some[-1]
        moment = getattr(last, at)
        after = Q(**{f"{at}__gt": moment}) | Q(**{at: moment, "pk__gt": last.pk})


def _of_order(row: Any, at: datetime) -> Subject:
    return Subject(row.contact_id, at, None, (("order", str(row.pk)),))


def _past_orders(region_id: int, since: datetime, until: datetime) -> Iterator[Sequence[Subject]]:
    rows = Order.objects.for_system(_WHY).filter(region_id=region_id, contact__gone="")
    for some in paged(rows.filter(paid_at__gte=since, paid_at__lte=until), "paid_at"):
        yield [_of_order(row, row.paid_at) for row in some]


def _newest_orders(conversation_id: UUID, contact_id: UUID, most: int) -> list[Subject]:
    """They happen in no conversation: those of its contact."""
    rows = Order.objects.for_system(_WHY).filter(contact_id=contact_id, paid_at__isnull=False)
    return [_of_order(row, row.paid_at) for row in rows.order_by("-paid_at", "-pk")[:most]]


def _of_tagging(row: Any) -> Subject:
    return Subject(row.contact_id, row.at, None, (("event", str(row.pk)), ("tag", str(row.tag_id))))


def _past_tags(region_id: int, since: datetime, until: datetime) -> Iterator[Sequence[Subject]]:
    rows = ContactTag.objects.for_system(_WHY).filter(contact__region_id=region_id, contact__gone="")
    for some in paged(rows.filter(at__gte=since, at__lte=until), "at"):
        yield [_of_tagging(row) for row in some]


def _newest_tags(conversation_id: UUID, contact_id: UUID, most: int) -> list[Subject]:
    rows = ContactTag.objects.for_system(_WHY).filter(contact_id=contact_id)
    return [_of_tagging(row) for row in rows.order_by("-at", "-pk")[:most]]


def _order_told(change: Change, several: Sequence[Occurrence]) -> None:
    paid: dict[int, list[Subject]] = {}
    for one in several:
        if one.kind == "order.paid" and one.contact_id is not None:
            subject = Subject(one.contact_id, one.at, None, (("order", one.subject_id),))
            paid.setdefault(one.region_id, []).append(subject)
    for region_id, subjects in paid.items():
        tell_rules(change, "order.paid", region_id, subjects)


def _tags_told(change: Change, taggings: Sequence[Tagging]) -> None:
    added = [one for one in taggings if one.added and one.conversation is None]
    if not added:
        return
    rows = ContactTag.objects.for_system(_WHY).filter(tag=added[0].tag, contact__in=[one.contact_id for one in added])
    tell_rules(change, "tag.added", added[0].tag.region_id, [_of_tagging(row) for row in rows])


def _which_tag(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
    return {one: tag for one in subjects if (tag := one.id_of("tag")) is not None}


def _order_load(name: str) -> Any:
    def load(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
        ids = {pk for one in subjects if (pk := one.id_of("order")) is not None}
        rows = {str(row.pk): row for row in Order.objects.for_system(_WHY).filter(pk__in=ids)}
        found = {one: rows[pk] for one in subjects if (pk := one.id_of("order")) in rows}
        if name == "total":
            return {one: {row.currency: row.total_minor} for one, row in found.items()}
        return {one: getattr(row, name) for one, row in found.items()}

    return load


def _sources(region_id: int) -> list[Choice]:
    rows = Order.objects.for_system(_WHY).filter(region_id=region_id).order_by("source")
    return [Choice(name, name) for name in rows.values_list("source", flat=True).distinct()[:100]]


def _tag(firing: Firing, values: Mapping[str, Any]) -> Done:
    tag_id = UUID(values["tag"])
    new = tag_contact(by=firing.by, contact_id=firing.contact_id, tag_id=tag_id, run_id=firing.by.run_id)
    return {"tag": values["tag"]} if new else None


def _untag(firing: Firing, values: Mapping[str, Any]) -> Done:
    tag_id = UUID(values["tag"])
    was = untag_contact(by=firing.by, contact_id=firing.contact_id, tag_id=tag_id, run_id=firing.by.run_id)
    return {"tag": values["tag"]} if was else None


def _take_tag_off(change: Change, by: Access, firing: Firing, done: Mapping[str, Any]) -> None:
    """Only the one this firing put on: who took it off and put it on again meant it."""
    rows = ContactTag.objects.for_system(_WHY).filter(contact_id=firing.contact_id, tag_id=done["tag"])
    require(rows.filter(run_id=firing.by.run_id).exists(), Conflict)
    untag_contact(by=by, contact_id=firing.contact_id, tag_id=UUID(done["tag"]), run_id=firing.by.run_id)


def _put_tag_on(change: Change, by: Access, firing: Firing, done: Mapping[str, Any]) -> None:
    tag_contact(by=by, contact_id=firing.contact_id, tag_id=UUID(done["tag"]))


def register() -> None:
    contact, order = frozenset({"contact"}), frozenset({"contact", "order"})
    register_event(EventKind("order.paid", _("an order is paid"), order, "order", _past_orders, _newest_orders))
    register_event(
        EventKind("tag.added", _("a tag is put on a customer"), contact | {"event"}, "event", _past_tags, _newest_tags)
    )
    register_fact(
        Fact("event.tag", "choice", _("the tag that is put on"), _which_tag, choices=tag_choices, historic=True)
    )
    register_fact(Fact("order.total", "money", _("what the order costs"), _order_load("total"), historic=True))
    register_fact(
        Fact(
            "order.source", "choice", _("where the order was placed"), _order_load("source"),
            choices=_sources, historic=True,
        )
    )  # fmt: skip
    tag = Field("tag", _("tag"), "choice", choices=tag_choices)
    register_deed(
        DeedKind("tag_contact", _("Tag the customer"), _("tag the customer %(tag)s"), (tag,), _tag, _take_tag_off)
    )
    register_deed(
        DeedKind(
            "untag_contact", _("Take a tag off the customer"), _("take %(tag)s off the customer"), (tag,),
            _untag, _put_tag_on,
        )
    )  # fmt: skip
    listen(_order_told)
    register_tag_follower(_tags_told)
