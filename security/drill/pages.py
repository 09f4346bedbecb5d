"""What a link of a drill leads to: a page that teaches, and one that thanks for reporting. Neither has a field to fill
in, and what is sent to them is not read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import translation
from django.views.decorators.http import require_safe

from security.actions.drills import note_opened, note_reported
from security.drill.links import opened_mail, reported_mail
from security.drill.mails import KINDS
from security.models import DrillMail


@require_safe
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """They followed the link. A program that only looks at the address (HEAD) has not."""
    row = opened_mail(token)
    if row is None:
        raise Http404
    if request.method == "GET":
        note_opened(row.pk)
    return _page(request, "kefu_drill/opened.html", row)


def reported(request: HttpRequest, token: str) -> HttpResponse:
    """Reporting takes a press of the button: programs that open every link of a mail report nothing."""
    row = reported_mail(token)
    if row is None or request.method not in ("GET", "HEAD", "POST"):
        raise Http404
    if request.method == "POST":
        note_reported(row.pk)
    return _page(request, "kefu_drill/reported.html", row, thanks=request.method == "POST")


def _page(request: HttpRequest, template: str, row: DrillMail, *, thanks: bool = False) -> HttpResponse:
    with translation.override(row.person.language):
        words = {"kind": KINDS[row.drill.kind], "language": row.person.language, "thanks": thanks}
        answer = TemplateResponse(request, template, words).render()
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


urlpatterns = [
    path("<str:token>", opened, name="drill_open"),
    path("<str:token>/report", reported, name="drill_report"),
]
