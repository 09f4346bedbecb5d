"""Devices that wait to be confirmed: by an admin where the link cannot reach their owner."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.device_confirmations import approve_device, deny_device
from security.admin.acts import Act, ActingAdmin
from security.admin.base import ReadOnlyAdmin
from security.models import DeviceConfirmation


def _approve(who: Access, row: DeviceConfirmation, given: dict[str, Any]) -> None:
    approve_device(by=who, row_id=row.pk, reason=given["reason"])


def _deny(who: Access, row: DeviceConfirmation, given: dict[str, Any]) -> None:
    deny_device(by=who, row_id=row.pk, reason=given["reason"])


def _waits(row: DeviceConfirmation) -> bool:
    return row.confirmed_at is None


@admin.register(DeviceConfirmation)
class DeviceConfirmationAdmin(ReadOnlyAdmin, ActingAdmin):
    list_display = ("user", "kind", "ip", "country", "asked_at", "standing")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")
    ordering = ("-asked_at", "-pk")
    called_by = ("user", "kind", "ip")
    fields = ("user", "kind", "ip", "country", "asked_at", "confirmed_at", "how", "confirmed_by")
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "approve", _("Confirm the device…"), _("Speak with them first, by another way than mail."), _approve,
            _("It is confirmed."), icon="verified_user", always_fresh=True, offered=_waits,
        ),
        Act(
            "deny", _("Deny the device…"), _("It stays unknown; whoever asked has to ask again."), _deny,
            _("It is denied."), icon="block", danger=True, always_fresh=True, offered=_waits,
        ),
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    @display(description=_("state"), label={"waits": "warning", "confirmed": "success"})
    def standing(self, row: DeviceConfirmation) -> tuple[str, Any]:
        return ("waits", _("waits")) if _waits(row) else ("confirmed", row.get_how_display())
