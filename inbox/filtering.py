"""Narrowing a list of conversations: by the query string of a list, and by what a saved view keeps."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from contacts.models import ContactTag
from contacts.tag_queries import tag_ids
from inbox.models import Conversation, ConversationTag
from inbox.models.conversation import PRIORITIES
from security.access import Access
from security.errors import Invalid

_LARGEST_ID = 2**31 - 1
_TAGGED = "which of the conversations that were opened for the reader have a tag"


class WholeNumberFilter(django_filters.NumberFilter):
    """``1.5`` is nobody's id; the library would look for 1."""

    field_class = forms.IntegerField


class ConversationFilter(django_filters.FilterSet):
    channel = django_filters.UUIDFilter(field_name="channel_id")
    contact = django_filters.UUIDFilter(field_name="contact_id")
    region = WholeNumberFilter(field_name="region_id", min_value=1, max_value=_LARGEST_ID)
    team = WholeNumberFilter(field_name="team_id", min_value=1, max_value=_LARGEST_ID)
    assignee = django_filters.CharFilter(method="given_to")
    priority = django_filters.CharFilter(method="of_priorities")
    payment = django_filters.BooleanFilter(field_name="payment_marked_at", lookup_expr="isnull", exclude=True)
    waiting = django_filters.BooleanFilter(field_name="waiting_since", lookup_expr="isnull", exclude=True)
    tag = django_filters.CharFilter(method="tagged")
    language = django_filters.CharFilter(field_name="contact__language", max_length=10)

    class Meta:
        model = Conversation
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Any = None, queryset: Any = None, *, reader: int | None = None) -> None:
        super().__init__(asked, queryset=queryset)
        self.reader = reader

    def given_to(self, rows: QuerySet[Conversation], name: str, value: str) -> QuerySet[Conversation]:
        """Whose: the reader's, nobody's, or somebody's by their id."""
        if value == "me":
            return rows.filter(assignee_id=self.reader)
        if value == "nobody":
            return rows.filter(assignee=None)
        if not value.isdecimal() or not value.isascii() or not 0 < int(value[:11]) <= _LARGEST_ID:
            raise Invalid(field=name, message=_("This is me, nobody, or somebody's number."))
        return rows.filter(assignee_id=int(value))

    def tagged(self, rows: QuerySet[Conversation], name: str, value: str) -> QuerySet[Conversation]:
        """One or several, with commas between: on the conversation, or on its contact."""
        wanted = tag_ids(name, value)
        own = ConversationTag.objects.for_system(_TAGGED).filter(tag__in=wanted, tag__archived_at=None)
        theirs = ContactTag.objects.for_system(_TAGGED).filter(tag__in=wanted, tag__archived_at=None)
        return rows.filter(Q(pk__in=own.values("conversation_id")) | Q(contact_id__in=theirs.values("contact_id")))

    def of_priorities(self, rows: QuerySet[Conversation], name: str, value: str) -> QuerySet[Conversation]:
        """One or several, with commas between."""
        wanted = value.split(",")
        if not set(wanted) <= set(PRIORITIES):
            raise Invalid(field=name, message=_("These are urgent, high, normal or low."))
        return rows.filter(Q(priority__in={PRIORITIES[one] for one in wanted}))


def filtered_by(asked: Mapping[str, Any], rows: Any, access: Access) -> Any:
    """``rows`` (open for ``access``) narrowed by what was asked; a malformed value is refused with its name."""
    if not ConversationFilter.base_filters.keys() & asked.keys():
        return rows  # as most lists are: a form with nothing in it takes longer than the query
    filters = ConversationFilter(asked, rows, reader=access.user_id)
    if not filters.is_valid():
        field, messages = next(iter(filters.errors.items()))
        raise Invalid(field=field, message=str(messages[0]))
    return filters.qs
