"""Channels, team replies and the inbox's policy in Django admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from inbox.models import AssignmentPolicy, CannedReply, Channel, CoachingPolicy, InboxPolicy
from security.access import access_of
from security.admin import PolicyAdmin, ReadOnlyAdmin

admin.site.register([InboxPolicy, AssignmentPolicy, CoachingPolicy], PolicyAdmin)


class ScopedReadOnlyAdmin(ReadOnlyAdmin):
    """Opens the closed manager for the admin who looks: regions hold in the admin too (PM-3)."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.model._default_manager.visible_to(access_of(request.user))  # type: ignore[arg-type]


@admin.register(Channel)
class ChannelAdmin(ScopedReadOnlyAdmin):
    list_display = ("name", "region", "phone", "provider", "state", "paused_reason", "live_since")
    fields = ("name", "region", "phone", "provider", "base_url", "state", "paused_reason", "live_since")


@admin.register(CannedReply)
class CannedReplyAdmin(ScopedReadOnlyAdmin):
    list_display = ("shortcut", "title", "region", "owner")
