"""What hangs on an object, on its page: for a region its people and service hours, for all who sees it besides."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from security.access import Access
from security.admin.person_panels import Panel
from security.admin.sight import seen_by_others
from security.models import Region, Team, User

_MOST = 200
# Floors above add what they know of an object: label → panel.
_more: dict[str, list[Callable[[Access, Any], Panel | None]]] = {}


def register_panel(label: str, panel: Callable[[Access, Any], Panel | None]) -> None:
    _more.setdefault(label, []).append(panel)


def panels_of_object(who: Access, row: Any) -> list[Panel]:
    label = row._meta.label_lower
    makers = [*([_people, _teams] if isinstance(row, Region) else []), *_more.get(label, []), sight_panel]
    return [panel for maker in makers if (panel := maker(who, row)) is not None]


def sight_panel(who: Access, row: Any) -> Panel:
    seen = seen_by_others(who, label=row._meta.label_lower, pk=str(row.pk))
    cells = [
        (
            format_html('<a href="{}">{}</a>', one.person_url, one.person),
            format_html('<a class="kefu-danger" href="{}">{}</a>', one.take_url, _("Take back…")),
        )
        for one in seen
    ]
    words = "" if cells else _("Nobody besides those of its region.")
    return Panel(_("Who sees it besides"), (_("person"), "") if cells else (), cells, words=words)


def _people(who: Access, row: Region) -> Panel:
    people = User.objects.filter(memberships__region=row, is_active=True).order_by("name")[:_MOST]
    cells = [
        (
            format_html('<a href="{}">{}</a>', reverse("admin:security_user_change", args=(one.pk,)), one.name),
            one.email,
        )
        for one in people
    ]
    return Panel(_("People"), (_("name"), _("e-mail address")), cells, words="" if cells else _("Nobody yet."))


def _teams(who: Access, row: Region) -> Panel | None:
    teams = [
        (format_html('<a href="{}">{}</a>', reverse("admin:security_team_change", args=(team.pk,)), team.name),)
        for team in Team.objects.filter(region=row)
        if row.pk in who.region_ids
    ]
    return Panel(_("Teams"), (_("team name"),), teams) if teams else None
