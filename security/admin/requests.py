"""Requests for permissions (PM-6): what waits is decided here as in the inbox, by the same rule of who may."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.access_requests import approve_request, refuse_request
from security.admin.acts import Act, ActingAdmin
from security.admin.base import ReadOnlyAdmin, by
from security.admin.person_panels import right_words
from security.admin.right_forms import ApproveForm, SayWhyForm
from security.models import AccessRequest
from security.policies import visible_requests

_COLOURS = {"open": "warning", "approved": "success", "refused": "danger", "withdrawn": ""}


def _waits(row: AccessRequest) -> bool:
    return row.state == "open"


def _approve(who: Access, row: AccessRequest, given: dict[str, Any]) -> None:
    approve_request(by=who, request_id=row.pk, hours=given["hours"], comment=given["comment"])


def _refuse(who: Access, row: AccessRequest, given: dict[str, Any]) -> None:
    refuse_request(by=who, request_id=row.pk, comment=given["comment"])


@admin.register(AccessRequest)
class RequestAdmin(ActingAdmin, ReadOnlyAdmin):
    list_display = ("asker", "right", "state_words", "hours", "waited", "decided_by")
    list_filter = ("state",)
    list_select_related = ("asker", "decided_by")
    search_fields = ("asker__name", "asker__email", "permission", "reason")
    fields = ("asker", "right", "reason", "hours", "state", "asked_at", "decided_at", "decided_by", "comment")
    ordering = ("-asked_at", "-pk")
    called_by: ClassVar[Sequence[str]] = ("asker", "right")
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "approve", _("Approve…"), _("They have it from now on, for as long as you say."), _approve,
            _("It is given."), form=ApproveForm, icon="check", offered=_waits,
        ),
        Act(
            "refuse", _("Refuse…"), _("The person reads your comment."), _refuse, _("It is refused."),
            form=SayWhyForm, icon="close", danger=True, grave=False, many=True, offered=_waits,
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        self.reader = by(request)
        return super().get_queryset(request).filter(visible_requests(self.reader))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    def acts_for(self, request: HttpRequest, row: Any) -> list[Act]:
        return super().acts_for(request, row) if row.asker_id != by(request).user_id else []

    @display(description=_("right"))
    def right(self, row: AccessRequest) -> str:
        return right_words(row, self.reader)

    @display(description=_("state"), ordering="state", label=_COLOURS)
    def state_words(self, row: AccessRequest) -> tuple[str, Any]:
        return row.state, row.get_state_display()

    @display(description=_("waited"), ordering="asked_at")
    def waited(self, row: AccessRequest) -> str:
        return timesince(row.asked_at, row.decided_at or timezone.now(), depth=1)
