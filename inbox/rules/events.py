"""What happens in the inbox, as events of rules."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import Subject
from contacts.rules.events import EventKind, register_event
from contacts.rules.own import paged
from inbox.models import Case, Message, Resolution
from inbox.rules.telling import of_case, of_end, of_message

_WHY = "the past that rules are tried on"
_TALK = frozenset({"contact", "conversation"})


def _messages() -> Any:
    rows = Message.objects.for_system(_WHY).filter(direction="in").exclude(kind__in=("system", "reaction"))
    return rows.select_related("conversation").defer("content").filter(conversation__contact__gone="")


def _past_messages(region_id: int, since: datetime, until: datetime) -> Iterator[Sequence[Subject]]:
    rows = _messages().filter(conversation__region_id=region_id, at__gte=since, at__lte=until)
    for some in paged(rows, "at"):
        yield [of_message(row, row.conversation.contact_id) for row in some]


def _messages_in(conversation_id: UUID, contact_id: UUID, most: int) -> list[Subject]:
    rows = _messages().filter(conversation_id=conversation_id).order_by("-at", "-pk")[:most]
    return [of_message(row, row.conversation.contact_id) for row in rows]


def _cases() -> Any:
    first = Message.objects.for_system(_WHY).filter(case=OuterRef("pk"), direction="in").order_by("at", "pk")
    rows = Case.objects.for_system(_WHY).filter(conversation__contact__gone="").select_related("conversation")
    return rows.annotate(message_id=Subquery(first.values("pk")[:1]))


def _case(row: Any) -> Subject:
    return of_case(row, row.conversation.contact_id, str(row.message_id) if row.message_id else None)


def _past_cases(region_id: int, since: datetime, until: datetime) -> Iterator[Sequence[Subject]]:
    rows = _cases().filter(conversation__region_id=region_id, opened_at__gte=since, opened_at__lte=until)
    for some in paged(rows, "opened_at"):
        yield [_case(row) for row in some]


def _cases_in(conversation_id: UUID, contact_id: UUID, most: int) -> list[Subject]:
    return [_case(row) for row in _cases().filter(conversation_id=conversation_id).order_by("-number")[:most]]


def _ends() -> Any:
    rows = Resolution.objects.for_system(_WHY).filter(conversation__contact__gone="")
    return rows.select_related("conversation")


def _past_ends(region_id: int, since: datetime, until: datetime) -> Iterator[Sequence[Subject]]:
    rows = _ends().filter(conversation__region_id=region_id, resolved_at__gte=since, resolved_at__lte=until)
    for some in paged(rows, "resolved_at"):
        yield [of_end(row, row.conversation.contact_id) for row in some]


def _ends_in(conversation_id: UUID, contact_id: UUID, most: int) -> list[Subject]:
    rows = _ends().filter(conversation_id=conversation_id).order_by("-resolved_at")[:most]
    return [of_end(row, row.conversation.contact_id) for row in rows]


def register() -> None:
    register_event(
        EventKind(
            "message.received", _("a customer writes"), _TALK | {"message"}, "message", _past_messages, _messages_in
        )
    )
    register_event(
        EventKind("conversation.opened", _("a new case begins"), _TALK | {"message"}, "event", _past_cases, _cases_in)
    )
    register_event(EventKind("case.closed", _("a case is resolved"), _TALK, "event", _past_ends, _ends_in))
