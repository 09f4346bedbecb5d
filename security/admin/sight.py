"""Who sees what besides their regions: the whole list, by person and by object, and taking it back (PM-3)."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from security.access import Access
from security.actions.sight import sight_rows, take_sight
from security.admin.acts import ReasonForm
from security.admin.base import by, show_refusal
from security.admin.freshness import ask_for_factor
from security.admin.sight_forms import name_of
from security.errors import NotFound, Refusal, Words
from security.grantable import find_object, grantable_kinds
from security.models import User
from security.policies import people_below

_MOST = 500


@dataclass(frozen=True)
class Seen:
    """One line: whose sight, of what. ``name`` is empty where the admin does not see the object themselves."""

    row_id: int
    person: User
    kind: Words
    name: str
    object_url: str
    person_url: str
    take_url: str


def seen_by_others(who: Access, *, person: str = "", label: str = "", pk: str = "") -> list[Seen]:
    """What people ``who`` may give rights to were given to see, all or one person's or one object's."""
    rows = sight_rows().filter(user__in=people_below(who).values("pk"))
    if person:
        rows = rows.filter(user_id=int(person)) if person.isascii() and person.isdecimal() else rows.none()
    if label:
        app, _dot, model = label.partition(".")
        rows = rows.filter(content_type__app_label=app, content_type__model=model)
    if pk:
        rows = rows.filter(object_pk=pk)
    return [_seen(who, row) for row in rows[:_MOST]]


def _seen(who: Access, row: Any) -> Seen:
    label = f"{row.content_type.app_label}.{row.content_type.model}"
    kind = next((one for one in grantable_kinds() if one.label == label), None)
    try:
        name = name_of(kind, find_object(who, label, row.object_pk)) if kind is not None else ""
    except NotFound:
        name = ""
    page = f"admin:{label.replace('.', '_')}_change"
    return Seen(
        row_id=row.pk,
        person=row.user,
        kind=kind.title if kind is not None else label,
        name=name,
        object_url=reverse(page, args=(row.object_pk,)) if name else "",
        person_url=reverse("admin:security_user_change", args=(row.user_id,)),
        take_url=reverse("admin:sight_take", args=(row.pk,)),
    )


class SightPages:
    def __init__(self, site: Any) -> None:
        self.site = site

    def listed(self, request: HttpRequest) -> HttpResponse:
        kinds = [(kind.label, kind.title) for kind in grantable_kinds()]
        label, person = request.GET.get("kind", ""), request.GET.get("person", "")
        context = {
            **self.site.each_context(request),
            "title": _("Sight one by one"),
            "seen": seen_by_others(by(request), label=label if label in dict(kinds) else "", person=person),
            "kinds": kinds,
            "people": people_below(by(request)),
            "kind": label,
            "person": person,
        }
        return TemplateResponse(request, "kefu_admin/sight.html", context)

    def take(self, request: HttpRequest, row_id: int) -> HttpResponse:
        who, back = by(request), reverse("admin:sight")
        seen = next((one for one in seen_by_others(who) if one.row_id == row_id), None)
        if seen is None:
            raise NotFound
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                ask_for_factor(request, who)
                take_sight(by=who, row_id=row_id, reason=form.cleaned_data["reason"])
            except Refusal as refusal:
                show_refusal(form, refusal, {})
            else:
                messages.success(request, _("They see it no longer."))
                return HttpResponseRedirect(back)
        context = {
            **self.site.each_context(request),
            "title": _("Take sight back…"),
            "act": {
                "title": _("Take sight back"), "danger": True, "name": "take",
                "explains": _("They see it no longer, unless their regions show it."),
            },
            "form": form,
            "media": form.media,
            "rows": [f"{seen.person}: {seen.kind} {seen.name}".strip()],
            "back": back,
        }  # fmt: skip
        return TemplateResponse(request, "kefu_admin/act.html", context, status=400 if form.errors else 200)
