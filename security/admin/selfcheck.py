"""The self-check as a page: the last run with what to do, each with the way to the place, and how the score went."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from security.actions.selfcheck import keep_run
from security.admin.base import by
from security.admin.policies import PolicyAdmin
from security.models import SelfcheckPolicy, SelfcheckRun
from security.selfcheck.base import BAD, OK, STATES, WARN
from security.selfcheck.running import answers_of, run_checks

_SHOWN = 24
_GOOD, _FAIR = 85, 60
_WORDS = {OK: _("all right"), WARN: _("should be better"), BAD: _("bad"), "unknown": _("not known")}

admin.site.register(SelfcheckPolicy, PolicyAdmin)


def selfcheck_page(site: Any) -> Callable[[HttpRequest], HttpResponse]:
    def page(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            run = keep_run(by=by(request), answers=run_checks(outside=True))
            messages.success(request, _("It was checked: %(score)s of 100.") % {"score": run.score})
            return HttpResponseRedirect(reverse("admin:selfcheck"))
        runs = list(SelfcheckRun.objects.order_by("-at", "-pk")[:_SHOWN])
        answers = answers_of(runs[0]) if runs else []
        context = {
            **site.each_context(request),
            "title": _("Self-check"),
            "run": runs[0] if runs else None,
            "answers": [{"one": one, "words": _WORDS[one.state]} for one in answers],
            "counts": [
                (state, _WORDS[state], sum(one.state == state for one in answers)) for state in STATES if answers
            ],
            "grade": _grade(runs[0].score) if runs else "",
            "history": [{"run": run, "grade": _grade(run.score)} for run in reversed(runs)],
        }
        return TemplateResponse(request, "kefu_admin/selfcheck.html", context)

    return page


def _grade(score: int) -> str:
    return OK if score >= _GOOD else WARN if score >= _FAIR else BAD
