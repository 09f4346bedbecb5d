"""Narrowing what is looked through: by who wrote, where, when and what."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contacts.tag_queries import tagged
from inbox.filtering import WholeNumberFilter
from inbox.models.message import DIRECTIONS, KINDS
from security.access import Access
from security.errors import Invalid

_LARGEST_ID = 2**31 - 1
_KINDS = {kind for kind, _name in KINDS}


class _Filter(django_filters.FilterSet):
    agent = django_filters.CharFilter(field_name="author_id", method="written_by")
    region = WholeNumberFilter(field_name="conversation__region_id", min_value=1, max_value=_LARGEST_ID)

    def __init__(self, asked: Any, queryset: Any, *, reader: int) -> None:
        super().__init__(asked, queryset=queryset)
        self.reader = reader

    def written_by(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "me":
            return rows.filter(author_id=self.reader)
        if not value.isdecimal() or not value.isascii() or not 0 < int(value[:11]) <= _LARGEST_ID:
            raise Invalid(field="agent", message=_("This is me, or somebody's number."))
        return rows.filter(author_id=int(value))


class MessageFilter(_Filter):
    channel = django_filters.UUIDFilter(field_name="channel_id")
    conversation = django_filters.UUIDFilter(field_name="conversation_id")
    direction = django_filters.ChoiceFilter(choices=DIRECTIONS)
    type = django_filters.CharFilter(method="of_types")
    since = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="gte")
    until = django_filters.IsoDateTimeFilter(field_name="at", lookup_expr="lt")

    def of_types(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """One or several, with commas between."""
        wanted = set(value.split(","))
        if not wanted <= _KINDS:
            raise Invalid(field="type", message=_("These are types of messages, with commas between."))
        return rows.filter(kind__in=wanted)


class InternalNoteFilter(_Filter):
    channel = django_filters.UUIDFilter(field_name="conversation__channel_id")
    conversation = django_filters.UUIDFilter(field_name="conversation_id")
    since = django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    until = django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")


class ContactNoteFilter(_Filter):
    region = WholeNumberFilter(field_name="contact__region_id", min_value=1, max_value=_LARGEST_ID)
    since = django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    until = django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")


class ContactFilter(_Filter):
    agent = None
    region = WholeNumberFilter(min_value=1, max_value=_LARGEST_ID, field_name="region_id")
    tag = django_filters.CharFilter(method="having")

    def having(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return tagged(rows, name, value)


def narrowed(rows: Any, by: type[_Filter], asked: Mapping[str, Any], access: Access) -> tuple[Any, dict[str, Any]]:
    """``rows`` as far as they fit, and what was asked, cleaned; a malformed value is refused with its name."""
    filters = by(asked, rows, reader=access.user_id)
    if not filters.is_valid():
        field, messages = next(iter(filters.errors.items()))
        raise Invalid(field=field, message=str(messages[0]))
    return filters.qs, filters.form.cleaned_data
