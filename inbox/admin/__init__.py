"""The inbox in Django admin: its policies; channels and conversations as far as rights hang on them; team
replies; retention."""

from django.contrib import admin

from inbox.admin import channels, conversations, retention
from inbox.models import AssignmentPolicy, CoachingPolicy, InboxPolicy, KeywordPolicy
from security.admin import PolicyAdmin

admin.site.register([InboxPolicy, AssignmentPolicy, CoachingPolicy, KeywordPolicy], PolicyAdmin)

__all__ = ["channels", "conversations", "retention"]
