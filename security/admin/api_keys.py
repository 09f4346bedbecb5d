"""Keys for programs: whose, how far they reach, when they were used, and revoking them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.api_keys import revoke_key
from security.admin.acts import Act, ActingAdmin
from security.admin.base import ReadOnlyAdmin
from security.levels import permission_words
from security.models import ApiKey, Region
from security.whereabouts import country_name

_COLOURS = {"running": "success", "over": "", "revoked": "danger"}


def _revoke(who: Access, row: ApiKey, given: dict[str, Any]) -> None:
    revoke_key(by=who, digest=row.digest, reason=given["reason"])


@admin.register(ApiKey)
class ApiKeyAdmin(ActingAdmin, ReadOnlyAdmin):
    list_display = ("key", "owner", "standing", "made_at", "expires", "last_used_at", "last_used_ip", "used_in")
    list_select_related = ("user",)
    search_fields = ("name", "user__name", "user__email")
    fields = (
        "key", "owner", "standing", "made_at", "expires", "reach", "where", "sources", "last_used_at", "last_used_ip",
        "used_in", "successor", "revoked_at",
    )  # fmt: skip
    ordering = ("-created",)
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "revoke", _("Revoke the key…"), _("The program that uses it is refused from its next call on."), _revoke,
            _("The key is revoked."), icon="key_off", danger=True, many=True, offered=lambda row: not row.has_ended(),
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

    @display(description=_("state"), label=_COLOURS)
    def standing(self, row: ApiKey) -> tuple[str, Any]:
        if row.revoked_at is not None:
            return "revoked", _("revoked")
        return ("over", _("over")) if row.has_ended() else ("running", _("in force"))

    @display(description=_("permissions"))
    def reach(self, row: ApiKey) -> Any:
        if row.permissions is None:
            return _("all of its owner’s")
        return ", ".join(permission_words(name) for name in row.permissions)

    @display(description=_("regions"))
    def where(self, row: ApiKey) -> Any:
        if row.region_ids is None:
            return _("all of its owner’s")
        return ", ".join(Region.objects.filter(pk__in=row.region_ids).values_list("name", flat=True))

    @display(description=_("from these addresses only"))
    def sources(self, row: ApiKey) -> Any:
        return ", ".join(row.addresses) or _("from anywhere")

    @display(description=_("country of last use"), ordering="last_used_country")
    def used_in(self, row: ApiKey) -> str:
        return country_name(row.last_used_country, str(get_language())) or "—"

    @display(description=_("made at"), ordering="created")
    def made_at(self, row: ApiKey) -> Any:
        return row.created

    @display(description=_("expires"), ordering="expiry")
    def expires(self, row: ApiKey) -> Any:
        return row.expiry or _("never")
