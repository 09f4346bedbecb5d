"""Behaviour rules (SE-8): switched, changed, and tried on the log before they are."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.enums import ActionVariant

from security.access import Access
from security.actions.behaviour import FIELDS, save_rule
from security.admin.acts import Act, ActingAdmin
from security.admin.base import by
from security.admin.behaviour_forms import BehaviourRuleForm
from security.admin.behaviour_words import evidence, measured_words
from security.behaviour.shipped import EXPLAINED, called
from security.behaviour.trying import MOST_DAYS, try_rule
from security.models import BehaviourRule, SelfcheckPolicy

_COLOURS = {"notice": "info", "warning": "warning", "critical": "danger"}
_LINES_SHOWN = 5


def _switch(*, on: bool) -> Any:
    def run(who: Access, row: BehaviourRule, given: dict[str, Any]) -> None:
        row.is_on = on
        save_rule(by=who, rule=row, reason=given["reason"])

    return run


@admin.register(BehaviourRule)
class BehaviourRuleAdmin(ActingAdmin):
    form = BehaviourRuleForm
    grave = True
    list_display = ("called_", "switched", "severity_words", "watches_words", "when", "follows", "waiting")
    list_display_links = ("called_",)
    list_filter = ("is_on", "severity", "follows")
    search_fields = ("name",)
    ordering = ("pk",)
    fieldsets = (
        (None, {"fields": ("name", "is_on", "severity", "follows")}),
        (_("Who does what"), {"fields": ("watches", "watched", "actions")}),
        (_("How much, and when"), {"fields": (
            "measure", "threshold", "window_minutes", "from_hour", "until_hour", "days",
        )}),
        (_("Reason"), {"fields": ("reason",)}),
    )  # fmt: skip
    change_form_outer_before_template = "kefu_admin/rule.html"
    acts: ClassVar[Sequence[Act]] = (
        Act(
            "switch-on", _("Switch on…"), _("It looks at what is done from now on."), _switch(on=True),
            _("It is on."), icon="toggle_on", many=True, offered=lambda row: not row.is_on,
        ),
        Act(
            "switch-off", _("Switch off…"), _("It raises no alarm any more; those that are there stay."),
            _switch(on=False), _("It is off."), icon="toggle_off", danger=True, many=True,
            offered=lambda row: row.is_on,
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(open_ones=Count("alarms", filter=Q(alarms__state="open")))

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.try_page)
        return [path("<int:rule_id>/try/", page, name="security_behaviourrule_try"), *super().get_urls()]

    def _get_actions_navigation(self, provided: Any, allowed: Any, object_id: str | None = None) -> Any:
        buttons = list(super()._get_actions_navigation(provided, allowed, object_id))
        row = self._row(str(object_id)) if object_id else None
        if row is None or not row.actions:
            return buttons
        trial = {
            "title": _("Try on the log"),
            "icon": "experiment",
            "variant": ActionVariant.DEFAULT,
            "attrs": {},
            "dialog": None,
            "path": reverse("admin:security_behaviourrule_try", args=(row.pk,)),
        }
        return [trial, *buttons]

    def try_page(self, request: HttpRequest, rule_id: int) -> HttpResponse:
        """What it would have raised: reading, and nothing else."""
        rule = self.get_object(request, str(rule_id))
        if rule is None:
            return cast(HttpResponse, self._get_obj_does_not_exist_redirect(request, self.model._meta, str(rule_id)))
        asked = request.GET.get("days", "")
        standard = SelfcheckPolicy.current().try_days
        days = min(MOST_DAYS, max(1, int(asked))) if asked.isdecimal() and len(asked) < 5 else standard
        trial = try_rule(rule, days=days)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Tried on the log: %(rule)s") % {"rule": called(rule)},
            "rule": rule,
            "trial": trial,
            "most": MOST_DAYS,
            "found": [
                {
                    "measured": measured_words(rule, burst.measured),
                    "lines": evidence(by(request), [line.id for line in burst.lines[-_LINES_SHOWN:]]),
                    "more": max(0, len(burst.lines) - _LINES_SHOWN),
                }
                for burst in trial.bursts[:50]
            ],
            "back": reverse("admin:security_behaviourrule_change", args=(rule.pk,)),
        }
        return TemplateResponse(request, "kefu_admin/try_rule.html", context)

    def around(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"explained": EXPLAINED.get(row.shipped, "")}

    def called(self, who: Access, row: Any) -> str:
        return called(row)

    def perform(self, who: Access, obj: BehaviourRule, form: Any, *, change: bool) -> None:
        given = form.cleaned_data
        for name in FIELDS:
            if not form.fields[name].disabled:
                setattr(obj, name, given[name])
        save_rule(by=who, rule=obj, reason=given["reason"])

    @display(description=_("rule"), ordering="name")
    def called_(self, row: BehaviourRule) -> str:
        return called(row)

    @display(description=_("switched on"), ordering="is_on", label={"on": "success", "off": ""})
    def switched(self, row: BehaviourRule) -> tuple[str, Any]:
        return ("on", _("on")) if row.is_on else ("off", _("off"))

    @display(description=_("severity"), ordering="severity", label=_COLOURS)
    def severity_words(self, row: BehaviourRule) -> tuple[str, Any]:
        return row.severity, row.get_severity_display()

    @display(description=_("watches"), ordering="watches")
    def watches_words(self, row: BehaviourRule) -> str:
        return f"{row.get_watches_display()} · {row.watched}" if row.watched else str(row.get_watches_display())

    @display(description=_("when"))
    def when(self, row: BehaviourRule) -> str:
        if not row.actions:
            return gettext("as soon as Kefu notices it")
        words = gettext("%(measured)s within %(minutes)s minutes")
        told = words % {"measured": measured_words(row, row.threshold), "minutes": row.window_minutes}
        return told if row.from_hour is None else f"{told} · {row.from_hour:02}:00–{row.until_hour:02}:00"

    @display(description=_("alarms that wait"), ordering="open_ones")
    def waiting(self, row: Any) -> str:
        return str(row.open_ones) if row.open_ones else "—"
