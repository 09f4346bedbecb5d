"""What can be asked of messages and conversations."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import AtMost, Choice, Fact, Load, Subject, register_fact
from contacts.conditions.having import having
from contacts.conditions.of_orders import counted_since, counted_sql
from contacts.conditions.of_tags import tag_choices
from contacts.conditions.tree import Condition
from contacts.models.tag import CONVERSATION
from inbox.models import Case, Channel, Conversation, ConversationTag, Message
from inbox.models.conversation import PRIORITIES
from inbox.risk.texts import written_in
from security.encryption.keyring import open_keys

_WHY = "what rules and segments ask"
_PRIORITY = {value: name for name, value in PRIORITIES.items()}


def _messages(subjects: Sequence[Subject], *names: str) -> dict[str, Any]:
    ids = {pk for subject in subjects if (pk := subject.id_of("message")) is not None}
    return {str(row.pk): row for row in Message.objects.for_system(_WHY).filter(pk__in=ids).only("pk", *names)}


def _text(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
    rows = _messages(subjects, "kind", "content", "key_id")
    open_keys(row.key_id for row in rows.values())
    texts = {pk: written_in(row.kind, row.content) for pk, row in rows.items()}
    return {one: texts[pk] for one in subjects if (pk := one.id_of("message")) in texts}


def _kind(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
    rows = _messages(subjects, "kind")
    return {one: rows[pk].kind for one in subjects if (pk := one.id_of("message")) in rows}


def _kinds(region_id: int) -> list[Choice]:
    return [
        Choice("text", _("text message")),
        Choice("image", _("picture")),
        Choice("video", _("video")),
        Choice("audio", _("voice note or sound")),
        Choice("document", _("document")),
        Choice("sticker", _("sticker")),
        Choice("location", _("location")),
        Choice("contacts", _("contact card")),
        Choice("interactive", _("tap on a button or list")),
        Choice("button", _("tap on a template’s button")),
        Choice("order", _("order from the catalogue")),
    ]


def _counted(model: Any, contact: str, at: str, **only: Any) -> Load:
    """How many there were of a contact, up to each moment."""

    def load(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
        ids = {subject.contact_id for subject in subjects}
        rows = model.objects.for_system(_WHY).filter(**only, **{f"{contact}__in": ids})
        if within is not None:
            rows = rows.filter(**{f"{at}__gt": min(one.at for one in subjects) - within})
        times: dict[UUID, list[datetime]] = {pk: [] for pk in ids}
        for contact_id, moment in rows.values_list(contact, at):
            times[contact_id].append(moment)
        return {
            one: sum(
                moment <= one.at and (within is None or moment > one.at - within) for moment in times[one.contact_id]
            )
            for one in subjects
        }

    return load


def _counted_at_most(model: Any, contact: str, at: str) -> AtMost:
    """From both sides, so that an index alone answers it."""

    def at_most(contact_ids: Collection[UUID], since: datetime | None) -> Mapping[UUID, int]:
        return counted_since(model.objects.for_system(_WHY), contact, at, contact_ids, since)

    return at_most


def _counted_sql(model: Any, contact: str, at: str, **only: Any) -> Callable[[Condition, datetime], Q]:
    def sql(condition: Condition, now: datetime) -> Q:
        rows = model.objects.for_system(_WHY).filter(**only, **{f"{at}__lte": now})
        if condition.within_hours is not None:
            rows = rows.filter(**{f"{at}__gt": now - timedelta(hours=condition.within_hours)})
        counted = rows.order_by().values(contact).annotate(n=Count("pk"))
        return counted_sql(lambda count: having(counted.filter(n__gte=count), contact=contact), condition)

    return sql


def _of_talk(name: str, told: Callable[[Any], Any] = lambda value: value) -> Load:
    """A column of the conversation, as it is when it is judged."""

    def load(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
        ids = {one.conversation_id for one in subjects if one.conversation_id is not None}
        known = dict(Conversation.objects.for_system(_WHY).filter(pk__in=ids).values_list("pk", name))
        return {one: told(known[one.conversation_id]) for one in subjects if one.conversation_id in known}

    return load


def _talk_tags(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
    ids = {one.conversation_id for one in subjects if one.conversation_id is not None}
    rows = ConversationTag.objects.for_system(_WHY).filter(conversation__in=ids, tag__archived_at=None)
    found: dict[Any, set[str]] = {pk: set() for pk in ids}
    for talk, tag_id in rows.values_list("conversation_id", "tag_id"):
        found[talk].add(str(tag_id))
    return {one: frozenset(found[one.conversation_id]) for one in subjects if one.conversation_id is not None}


def _channels(region_id: int) -> list[Choice]:
    rows = Channel.objects.for_system(_WHY).filter(region_id=region_id).order_by("name")
    return [Choice(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def priorities(region_id: int) -> list[Choice]:
    return [
        Choice("urgent", _("urgent")),
        Choice("high", _("high")),
        Choice("normal", _("normal")),
        Choice("low", _("low")),
    ]


def register() -> None:
    case, said = ("conversation__contact_id", "opened_at"), ("conversation__contact_id", "at")
    facts = (
        Fact("message.text", "text", _("what the customer writes"), _text, historic=True),
        Fact("message.kind", "choice", _("the kind of message"), _kind, choices=_kinds, historic=True),
        Fact(
            "contact.cases", "number", _("how many cases the customer had, this one included"),
            _counted(Case, *case), timed=True, historic=True, sql=_counted_sql(Case, *case),
            at_most=_counted_at_most(Case, *case),
        ),
        Fact(
            "contact.messages", "number", _("how many messages the customer wrote"),
            _counted(Message, *said, direction="in"), timed=True, historic=True,
            sql=_counted_sql(Message, *said, direction="in"), at_most=_counted_at_most(Message, *said),
        ),
        Fact(
            "conversation.tags", "tags", _("the conversation’s tags"), _talk_tags,
            choices=lambda region_id: tag_choices(region_id, CONVERSATION),
        ),
        Fact(
            "conversation.priority", "choice", _("the conversation’s priority"),
            _of_talk("priority", lambda value: _PRIORITY[value]), choices=priorities,
        ),
        Fact(
            "conversation.assigned", "boolean", _("somebody looks after the conversation"),
            _of_talk("assignee_id", lambda value: value is not None),
        ),
        Fact(
            "conversation.channel", "choice", _("the number of ours they write to"),
            _of_talk("channel_id", str), choices=_channels, historic=True,
        ),
    )  # fmt: skip
    for fact in facts:
        register_fact(fact)
