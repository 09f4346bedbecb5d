"""How long each region keeps what, and what the next nights would delete."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inbox.actions.retention_rules import set_retention
from inbox.models import RetentionRule
from inbox.retention import overdue
from security.access import Access
from security.admin import fields as admin_fields
from security.admin.base import KefuAdmin, RefusableForm, by
from security.admin.person_panels import Panel
from security.models import Region


class RetentionForm(RefusableForm):
    region = forms.ModelChoiceField(Region.objects.none(), label=_("region"))
    reason = admin_fields.reason()

    class Meta:
        model = RetentionRule
        fields = ("region", "message_days", "file_days", "webhook_days", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Region.objects.filter(pk__in=self.by.region_ids)
        ruled = RetentionRule.objects.visible_to(self.by).values("region_id")
        there = self.instance.region_id if not self.instance._state.adding else None
        self.fields["region"].queryset = (  # type: ignore[attr-defined]
            mine.exclude(pk__in=ruled) if there is None else mine.filter(pk=there)
        )
        self.fields["region"].disabled = there is not None

    def validate_unique(self) -> None:
        """The choice of regions is without those that have a rule; the table's key holds it."""


@admin.register(RetentionRule)
class RetentionAdmin(KefuAdmin):
    form = RetentionForm
    list_display = ("region", "message_days", "file_days", "webhook_days", "active", "begins_at")
    fields = ("region", "message_days", "file_days", "webhook_days", "active", "begins_at", "reason")
    readonly_fields = ("begins_at",)
    grave = always_fresh = True
    change_form_outer_after_template = "kefu_admin/person_panels.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return RetentionRule.objects.visible_to(by(request)).select_related("region").order_by("region_id")

    def around(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"panels": [_dry_run(row)]}

    def perform(self, who: Access, obj: RetentionRule, form: Any, *, change: bool) -> None:
        given = form.cleaned_data
        set_retention(
            by=who,
            region_id=given["region"].pk,
            message_days=given["message_days"],
            file_days=given["file_days"],
            webhook_days=given["webhook_days"],
            active=given["active"],
            reason=given["reason"],
        )


def _dry_run(rule: RetentionRule) -> Panel:
    found = overdue(rule)
    cells = [
        (gettext("Messages"), _told(found.messages), _day(found.before.messages)),
        (gettext("of contacts"), _told(found.contacts), ""),
        (gettext("Internal notes"), _told(found.internal_notes), _day(found.before.messages)),
        (gettext("Other words of people"), _told(sum(found.words.values())), _day(found.before.messages)),
        (gettext("Files"), _told(found.files), _day(found.before.files)),
        (gettext("Raw webhooks"), _told(found.webhooks), _day(found.before.webhooks)),
    ]
    title = gettext("The next nights delete") if rule.active else gettext("Would be deleted, if it were on")
    return Panel(title, (gettext("what"), gettext("how many"), gettext("older than")), cells)


def _told(count: int) -> str:
    return f"{count:,}"


def _day(moment: Any) -> str:
    return gettext("is kept") if moment is None else formats.date_format(moment, "DATE_FORMAT")
