"""Duties: who has which, and how many seats are taken."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from security.access import Access
from security.actions.duties import give_duty, take_duty
from security.admin import fields
from security.admin.acts import Act, ActingAdmin
from security.admin.base import RefusableForm
from security.admin.person_forms import seats_taken
from security.errors import HasItAlready
from security.models import DutyHolding, User
from security.models.duty import DUTIES


class DutyForm(RefusableForm):
    called: ClassVar[Mapping[str, str]] = {}
    user = fields.person(_("Person"))
    duty = fields.choice(_("Duty"), DUTIES)
    reason = fields.reason()

    class Meta:
        model = DutyHolding
        fields = ("user", "duty")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]
        self.fields["duty"].help_text = seats_taken()

    def _post_clean(self) -> None:
        """The action gives the seat, and says when there is none."""


def _take(who: Access, row: Any, given: dict[str, Any]) -> None:
    take_duty(by=who, user=row.user, duty=row.duty, reason=given["reason"])


@admin.register(DutyHolding)
class DutyAdmin(ActingAdmin):
    form = DutyForm
    fields = ("user", "duty", "reason")
    grave = True
    list_display = ("user", "duty", "seat", "given_by", "given_at")
    list_filter = ("duty",)
    list_select_related = ("user", "given_by")
    search_fields = ("user__name", "user__email")
    list_before_template = "kefu_admin/seats.html"
    called_by: ClassVar[Sequence[str]] = ("user", "get_duty_display")
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "take", _("Take the duty…"), _("They lose what the duty gives at once."), _take, _("The duty is taken."),
            icon="remove_moderator", danger=True, many=True,
        ),
    )  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None  # the list's deeds; a holding itself is given and taken, not changed

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "seats": seats_taken()})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("user", "duty", "seat", "given_by", "given_at") if obj is not None else self.fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        if obj is not None:
            kwargs["form"] = RefusableForm
        return super().get_form(request, obj, change=change, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """The action made the holding, not the form: Django's own sentence would have no name to say."""
        self.message_user(request, _("The duty is given."), messages.SUCCESS)
        return self.response_post_save_add(request, obj)

    def perform(self, who: Access, obj: DutyHolding, form: Any, *, change: bool) -> None:
        given = form.cleaned_data
        if DutyHolding.objects.filter(user=given["user"], duty=given["duty"]).exists():
            raise HasItAlready(field="duty")
        give_duty(by=who, user=given["user"], duty=given["duty"], reason=given["reason"])
        obj.pk = DutyHolding.objects.get(user=given["user"], duty=given["duty"]).pk
        obj.user = given["user"]
