"""From where Kefu may be used (SE-4): rows by group, and what they mean for an address."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.allowlist import allow_address, disallow_address
from security.admin import fields
from security.admin.acts import Act, ActingAdmin
from security.admin.base import RefusableForm
from security.models import AllowedAddress
from security.models.allowed_address import EVERYBODY, EXECUTIVES, GROUPS
from security.network.allowlist import lets_in, read_lists
from security.origin import current_origin

_TRIED = "address"
_TRIED_MAX = 60


class AddressForm(RefusableForm):
    called: ClassVar[Mapping[str, str]] = {}
    name = fields.words(_("Place"), longest=80, help_text=_("What lies there: the office in Taipei, the VPN."))
    network = fields.words(
        _("Addresses"), longest=60, help_text=_("One address or a network: 203.0.113.7, 203.0.113.0/24, 2001:db8::/32.")
    )
    group = fields.choice(
        _("For whom"), GROUPS, help_text=_("The first row of a group shuts out every other address for it.")
    )
    ends_at = fields.moment(
        _("Until"), required=False, help_text=_("Empty: for good. An end needs a row for good beside it.")
    )
    reason = fields.reason()

    class Meta:
        model = AllowedAddress
        fields = ()

    def _post_clean(self) -> None:
        """The action checks it."""


def _remove(who: Access, row: AllowedAddress, given: dict[str, Any]) -> None:
    disallow_address(by=who, row_id=row.pk, reason=given["reason"])


@admin.register(AllowedAddress)
class AllowedAddressAdmin(ActingAdmin):
    grave = True
    list_display = ("name", "network", "group", "standing", "added_by", "added_at")
    list_filter = ("group",)
    list_select_related = ("added_by",)
    search_fields = ("name", "network")
    ordering = ("group", "name", "pk")
    list_before_template = "kefu_admin/addresses.html"
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "remove", _("Remove…"),
            _("Without its last row a group is let in from anywhere that everybody is; executives from nowhere."),
            _remove, _("The addresses are removed."), icon="delete", danger=True, many=True,
        ),
    )  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("name", "network", "group", "ends_at", "reason")
        return ("name", "network", "group", "standing", "ends_at", "added_by", "added_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj is not None else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        kwargs["form"] = AddressForm if obj is None else RefusableForm
        return super().get_form(request, obj, change=change, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Says what the rows mean for one's own address, and for any that is asked for."""
        query = request.GET.copy()
        tried = query.pop(_TRIED, [""])[0].strip()[:_TRIED_MAX]
        request.GET = query  # type: ignore[assignment]  # the list takes no question that is not its own
        address = tried or current_origin().ip
        told = {"tried": tried, "own_address": current_origin().ip, "verdicts": _verdicts(address)}
        return super().changelist_view(request, {**(extra_context or {}), **told})

    @display(description=_("state"), label={"running": "success", "over": ""})
    def standing(self, row: AllowedAddress) -> tuple[str, Any]:
        over = row.ends_at is not None and row.ends_at <= timezone.now()
        return ("over", _("over")) if over else ("running", _("in force"))

    def perform(self, who: Access, obj: AllowedAddress, form: Any, *, change: bool) -> None:
        given = form.cleaned_data
        made = allow_address(
            by=who,
            name=given["name"],
            network=given["network"],
            group=given["group"],
            ends_at=given["ends_at"],
            reason=given["reason"],
        )
        obj.pk, obj.name, obj.network, obj.group, obj.ends_at = (
            made.pk, made.name, made.network, made.group, made.ends_at,
        )  # fmt: skip


def _verdicts(address: str) -> list[dict[str, Any]]:
    """For each group whether it is let in from ``address``, and whether any row says so."""
    lists = read_lists()
    return [
        {
            "group": words,
            "restricted": bool(lists.get(group)),
            "shut": group == EXECUTIVES,
            "everybody": group == EVERYBODY,
            "let_in": lets_in(lists, group, address),
        }
        for group, words in GROUPS
    ]
