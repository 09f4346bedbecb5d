"""Where people are signed in: seen by admins, ended with a reason."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.session_ends import end_session_of
from security.admin.acts import Act, ActingAdmin
from security.admin.base import ReadOnlyAdmin
from security.admin.filters import LiveFilter
from security.models import BrowserSession
from security.models.session import WHYS
from security.whereabouts import country_name


def _runs(row: BrowserSession) -> bool:
    return not row.over(timezone.now())


def _end(who: Access, row: BrowserSession, given: dict[str, Any]) -> None:
    end_session_of(by=who, session=row, reason=given["reason"])


@admin.register(BrowserSession)
class BrowserSessionAdmin(ActingAdmin, ReadOnlyAdmin):
    list_display = ("user", "device", "ip", "where", "how", "begun_at", "last_active_at", "standing")
    list_filter = (LiveFilter,)
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email", "ip", "device")
    ordering = ("-last_active_at", "-pk")
    fields = ("user", "device", "ip", "where", "how", "begun_at", "last_active_at", "standing", "ended_at")
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "end", _("End the session…"), _("This browser is signed out at once; others of the person are not."), _end,
            _("The session has ended."), icon="logout", danger=True, many=True, offered=_runs,
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).exclude(user=None)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    @display(description=_("country"))
    def where(self, row: BrowserSession) -> str:
        return country_name(row.country, str(get_language())) or "—"

    @display(description=_("state"), label={"running": "success", "over": ""})
    def standing(self, row: BrowserSession) -> tuple[str, Any]:
        over = row.over(timezone.now())
        return ("over", dict(WHYS).get(over, over)) if over else ("running", _("signed in"))
