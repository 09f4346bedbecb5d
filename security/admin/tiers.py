"""The tier in force, what each asks for and who does not meet it yet; switching it, and incident mode (SE-4, SE-9)."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from security.access import Access
from security.actions.incidents import begin_incident, end_incident
from security.actions.tiers import switch_tier
from security.admin.acts import ActForm
from security.admin.base import by, show_refusal
from security.admin.freshness import ask_for_factor, code_is_needed, take_code
from security.admin.policies import PolicyAdmin
from security.admin.tier_forms import EndForm, IncidentForm, SwitchForm
from security.errors import Refusal
from security.levels import held_permissions, permission_words
from security.models import Incident, TierPolicy, TierSwitch
from security.origin import current_origin
from security.tier_policy import TIER_NAMES, TIERS
from security.tiers.facts import facts_of, unready_people
from security.tiers.standing import is_at_least, read_rows, standing_of
from security.tiers.table import REQUIREMENTS, lacking

_SHOWN = 20

admin.site.register(TierPolicy, PolicyAdmin)


class TierPages:
    def __init__(self, site: Any) -> None:
        self.site = site

    def page(self, request: HttpRequest) -> HttpResponse:
        rows = read_rows()
        holds = standing_of(rows)
        words = dict(TIERS)
        context = {
            **self.site.each_context(request),
            "title": _("Tier"),
            "holds": holds,
            "tier_words": words[holds.tier],
            "without": words[standing_of((rows[0], None)).tier],
            "tiers": [(name, title, name == holds.tier) for name, title in TIERS],
            "table": _table(by(request)),
            "held": sorted(str(permission_words(name)) for name in held_permissions()),
            "switches": TierSwitch.objects.select_related("switched_by").order_by("-at", "-pk")[:_SHOWN],
            "incidents": Incident.objects.select_related("begun_by", "ended_by").order_by("-begun_at")[:_SHOWN],
        }
        return TemplateResponse(request, "kefu_admin/tier.html", context)

    def switch(self, request: HttpRequest, tier: str) -> HttpResponse:
        if tier not in TIER_NAMES:
            raise Http404
        switch = read_rows()[0]
        form = SwitchForm(_posted(request), initial={"seen": str(switch.pk) if switch else ""})
        title = _("Switch to the tier %(name)s…") % {"name": dict(TIERS)[tier]}

        def run(who: Access) -> None:
            given = form.cleaned_data
            switch_tier(by=who, tier=tier, reason=given["reason"], until=form.until_when(), seen=given["seen"])

        return self._deed(request, form, title, _asked_of(by(request), tier), run, rows=_unready_words(tier))

    def begin(self, request: HttpRequest) -> HttpResponse:
        form = IncidentForm(_posted(request))
        explains = _(
            "The tier rises, dangerous rights are held back from everybody but admins with a fresh code, and a banner "
            "says so."
        )

        def run(who: Access) -> None:
            given = form.cleaned_data
            begin_incident(by=who, reason=given["reason"], hours=given["hours"], end_sessions=given["end_sessions"])

        rows = _unready_words(TierPolicy.current().incident_tier)
        return self._deed(request, form, _("Begin incident mode…"), explains, run, rows=rows)

    def end(self, request: HttpRequest) -> HttpResponse:
        form = EndForm(_posted(request))

        def run(who: Access) -> None:
            end_incident(by=who, reason=form.cleaned_data["reason"])

        explains = _("Everybody has their rights again, and the tier is what it was switched to.")
        return self._deed(request, form, _("End incident mode…"), explains, run, rows=[])

    def _deed(
        self,
        request: HttpRequest,
        form: ActForm,
        title: Any,
        explains: Any,
        run: Callable[[Access], None],
        *,
        rows: Any,
    ) -> HttpResponse:
        back = reverse("admin:tier")
        if form.is_valid():
            try:
                take_code(request)
                ask_for_factor(request, by(request), always=True)
                run(by(request))
            except Refusal as refusal:
                show_refusal(form, refusal, {"tier": ""})
            else:
                messages.success(request, _("It is in force."))
                return HttpResponseRedirect(back)
        context = {
            **self.site.each_context(request),
            "title": title,
            "act": {"title": str(title), "danger": True, "explains": explains},
            "form": form,
            "media": form.media,
            "rows": rows,
            "back": back,
            "code_is_needed": code_is_needed(request, always=True),
        }
        return TemplateResponse(request, "kefu_admin/act.html", context, status=400 if form.errors else 200)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _table(who: Access) -> list[dict[str, Any]]:
    """Each requirement: which tiers ask for it, and whether whoever looks meets it here and now."""
    facts = facts_of(who, session_id=who.session_id, address=current_origin().ip)
    return [
        {
            "words": one.words,
            "tiers": [is_at_least(name, one.lowest) for name in TIER_NAMES],
            "met": one.is_met(facts, one.lowest),
            "guide": one.guide,
        }
        for one in REQUIREMENTS
    ]


def _asked_of(who: Access, tier: str) -> str:
    """What whoever switches lacks themselves is told before anything else."""
    facts = facts_of(who, session_id=who.session_id, address=current_origin().ip)
    mine = " ".join(str(one.guide) for one in lacking(tier, facts))
    people = len(unready_people(tier))
    told = _("%(n)s people do not meet it yet; below stands what they will be asked for.") % {"n": people}
    you = _("You yourself: %(lack)s") % {"lack": mine}
    return f"{told} {you}" if mine else told


def _unready_words(tier: str) -> list[str]:
    return [f"{one.user.name}: {' '.join(str(need.guide) for need in one.lacks)}" for one in unready_people(tier)]
