"""Permissions that were taken from somebody although their level gives them; and given back."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.reviews import give_back
from security.admin.acts import Act, ActingAdmin
from security.admin.base import ReadOnlyAdmin
from security.admin.filters import LiftedFilter
from security.levels import permission_words
from security.models import Withheld


def _give_back(who: Access, row: Withheld, given: dict[str, Any]) -> None:
    give_back(by=who, user=row.user, permission=row.permission, reason=given["reason"])


@admin.register(Withheld)
class WithheldAdmin(ActingAdmin, ReadOnlyAdmin):
    list_display = ("user", "named", "reason", "withheld_by", "withheld_at", "lifted_at")
    list_filter = (LiftedFilter,)
    list_select_related = ("user", "withheld_by")
    search_fields = ("user__name", "user__email", "permission")
    fields = ("user", "named", "reason", "withheld_by", "withheld_at", "lifted_by", "lifted_at")
    ordering = ("-withheld_at", "-pk")
    called_by: ClassVar[Sequence[str]] = ("user", "named")
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "give-back", _("Give it back…"), _("Their level gives them the permission again."), _give_back,
            _("They have it again."), icon="undo", many=True, offered=lambda row: row.lifted_at is None,
        ),
    )  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    @display(description=_("permission"), ordering="permission")
    def named(self, row: Withheld) -> str:
        return permission_words(row.permission)
