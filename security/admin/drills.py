"""Phishing drills: planned, cancelled, and what came of them: numbers first, people only on a page that is logged."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from security.access import Access
from security.actions.drills import cancel_drill, plan_drill
from security.admin import fields
from security.admin.acts import Act, ActingAdmin
from security.admin.base import RefusableForm, by
from security.drill.mails import KINDS
from security.drill.results import counts_by_team, counts_of
from security.log.viewing import viewed
from security.models import PhishingDrill, User

_STATES = {"planned": "info", "running": "warning", "over": "success", "cancelled": ""}


class DrillForm(RefusableForm):
    called: ClassVar[Mapping[str, str]] = {"people": "chosen"}
    title = fields.words(_("Title"), longest=80, help_text=_("For you: whoever gets the mail does not see it."))
    kind = fields.choice(_("Mail"), [(name, kind.title) for name, kind in KINDS.items()])
    planned_at = fields.moment(_("When"), required=False, help_text=_("Empty: now."))
    everybody = fields.switch(_("To everybody"), help_text=_("Everybody who may sign in now."))
    chosen = fields.people(_("People"), required=False)

    class Meta:
        model = PhishingDrill
        fields = ("title", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = User.objects.filter(is_active=True).order_by("name")
        self.fields["chosen"].queryset = active  # type: ignore[attr-defined]


def _cancel(who: Access, row: PhishingDrill, given: dict[str, Any]) -> None:
    cancel_drill(by=who, drill_id=row.pk, reason=given["reason"])


@admin.register(PhishingDrill)
class PhishingDrillAdmin(ActingAdmin):
    form = DrillForm
    list_display = ("title", "mail", "planned_at", "state_words", "how_many")
    list_filter = ("state", "kind")
    search_fields = ("title",)
    ordering = ("-planned_at", "-pk")
    change_form_outer_after_template = "kefu_admin/drill.html"
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "cancel", _("Cancel the drill…"), _("Mails that were not sent yet stay unsent."), _cancel,
            _("It is cancelled."), icon="cancel", danger=True, grave=False,
            offered=lambda row: row.state in ("planned", "running"),
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(people=Count("mails"))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("title", "kind", "planned_at", "everybody", "chosen")
        return ("title", "mail", "planned_at", "ends_at", "state", "made_by")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return ((None, {"fields": self.get_fields(request, obj)}),)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return () if obj is None else self.get_fields(request, obj)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.people_page)
        return [path("<int:drill_id>/people/", page, name="security_phishingdrill_people"), *super().get_urls()]

    def around(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        people = reverse("admin:security_phishingdrill_people", args=(row.pk,))
        return {"counts": counts_of(row), "teams": counts_by_team(row), "people_url": people}

    def people_page(self, request: HttpRequest, drill_id: int) -> HttpResponse:
        """Who did what: looking at it is a line of the log."""
        row = self.get_object(request, str(drill_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.model._meta, str(drill_id))
        viewed(by(request), "drill.people_viewed", "security.phishingdrill", row.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": row.title,
            "mails": row.mails.select_related("person").order_by("person__name", "pk"),
            "back": reverse("admin:security_phishingdrill_change", args=(row.pk,)),
        }
        return TemplateResponse(request, "kefu_admin/drill_people.html", context)

    def perform(self, who: Access, obj: PhishingDrill, form: Any, *, change: bool) -> None:
        given = form.cleaned_data
        people = None if given["everybody"] else [person.pk for person in given["chosen"]]
        made = plan_drill(
            by=who, title=given["title"], kind=given["kind"], people=people, planned_at=given["planned_at"]
        )
        obj.pk = made.pk

    @display(description=_("mail"), ordering="kind")
    def mail(self, row: PhishingDrill) -> str:
        return str(KINDS[row.kind].title) if row.kind in KINDS else row.kind

    @display(description=_("state"), ordering="state", label=_STATES)
    def state_words(self, row: PhishingDrill) -> tuple[str, Any]:
        return row.state, row.get_state_display()

    @display(description=_("people"), ordering="people")
    def how_many(self, row: Any) -> int:
        return int(row.people)
