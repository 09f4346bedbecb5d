"""Keys for programs: whose, since when, and revoking them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.api_keys import revoke_key
from security.admin.acts import Act, ActingAdmin
from security.admin.base import ReadOnlyAdmin
from security.models import ApiKey


def _revoke(who: Access, row: ApiKey, given: dict[str, Any]) -> None:
    revoke_key(by=who, digest=row.digest, reason=given["reason"])


@admin.register(ApiKey)
class ApiKeyAdmin(ActingAdmin, ReadOnlyAdmin):
    list_display = ("key", "owner", "made_at", "expires")
    list_select_related = ("user",)
    search_fields = ("name", "user__name", "user__email")
    fields = ("key", "owner", "made_at", "expires")
    ordering = ("-created",)
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "revoke", _("Revoke the key…"), _("The program that uses it is refused from its next call on."), _revoke,
            _("The key is revoked."), icon="key_off", danger=True, many=True,
        ),
    )  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    @display(description=_("acts as"), ordering="user__name")
    def owner(self, row: ApiKey) -> str:
        return str(row.user)

    @display(description=_("key"), ordering="name")
    def key(self, row: ApiKey) -> str:
        return str(row)

    @display(description=_("made at"), ordering="created")
    def made_at(self, row: ApiKey) -> Any:
        return row.created

    @display(description=_("expires"), ordering="expiry")
    def expires(self, row: ApiKey) -> Any:
        return row.expiry or _("never")
