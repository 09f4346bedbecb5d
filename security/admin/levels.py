"""What each level may do: the declared table, to be read. It is changed in the code only."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from security.levels import LEVEL_NAMES, LEVELS, public_name, rank, rights
from security.models import User
from security.models.duty import DUTIES


def table() -> list[dict[str, Any]]:
    """One line per permission, by the name the client uses."""
    duties = dict(DUTIES)
    lines = [
        {
            "name": public_name(name),
            "words": right.words,
            "levels": [rank(level) >= rank(right.lowest) for level in LEVEL_NAMES],
            "duties": [duties[duty] for duty in right.duties],
            "trainees": right.trainees,
            "high_risk": right.high_risk,
        }
        for name, right in rights().items()
    ]
    return sorted(lines, key=lambda line: str(line["name"]))


def levels_page(site: Any) -> Callable[[HttpRequest], HttpResponse]:
    def page(request: HttpRequest) -> HttpResponse:
        active = User.objects.filter(is_active=True)
        heads = [(name, words, active.filter(groups__name=name).count()) for name, words in LEVELS]
        context = {**site.each_context(request), "title": _("Levels"), "heads": heads, "lines": table()}
        return TemplateResponse(request, "kefu_admin/levels.html", context)

    return page
