"""What the inbox knows of a contact, as facts of rules and segments."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import Fact, Subject, register_fact
from contacts.conditions.having import having
from contacts.conditions.tree import Condition
from inbox.models import Conversation

_WHY = "what rules and segments ask of a contact's conversations"


def _open() -> Any:
    return Conversation.objects.for_system(_WHY).filter(state="open")


def _load(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
    ids = {subject.contact_id for subject in subjects}
    those = set(_open().filter(contact__in=ids).values_list("contact_id", flat=True))
    return {one: one.contact_id in those for one in subjects}


def _sql(condition: Condition, now: datetime) -> Q:
    those = having(_open())
    return ~those if condition.op == "is_false" else those


def register() -> None:
    register_fact(
        Fact("contact.open_conversation", "boolean", _("the customer has an open conversation"), _load, sql=_sql)
    )
