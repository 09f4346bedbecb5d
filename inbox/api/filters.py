"""Query-string filters."""

from typing import Self

import django_filters
from django import forms
from django.db.models import QuerySet
from rest_framework.request import Request

from inbox.models import Conversation
from security.errors import Invalid


class WholeNumberFilter(django_filters.NumberFilter):
    """``1.5`` is nobody's id; the library would look for 1."""

    field_class = forms.IntegerField


class ConversationFilter(django_filters.FilterSet):
    channel = django_filters.UUIDFilter(field_name="channel_id")
    contact = django_filters.UUIDFilter(field_name="contact_id")
    region = WholeNumberFilter(field_name="region_id", min_value=1, max_value=2**31 - 1)
    team = WholeNumberFilter(field_name="team_id", min_value=1, max_value=2**31 - 1)

    class Meta:
        model = Conversation
        fields: tuple[str, ...] = ()

    @classmethod
    def applied(cls: type[Self], request: Request, rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
        """``rows`` narrowed by the query string; a malformed value is refused with its name."""
        filters = cls(request.query_params, queryset=rows)
        if not filters.is_valid():
            field, messages = next(iter(filters.errors.items()))
            raise Invalid(field=field, message=str(messages[0]))
        return filters.qs
