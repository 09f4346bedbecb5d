"""The mail to those who follow a term that has risen."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from inbox.models import KeywordRise
from security.mail.letters import Letter, register_letter
from security.models import User


def usual_of(rise: KeywordRise) -> list[tuple[str, str]]:
    """How many there would be usually; of a term that nobody wrote before, nothing."""
    shown = f"{rise.expected:.1f}"
    return [] if float(shown) == 0 else [(_("usual would be"), shown)]


def _rose(user: User, context: Mapping[str, Any]) -> Letter | None:
    """``rise``: its id. A term that is ignored meanwhile is no news any more."""
    rises = KeywordRise.objects.for_system("the mail about it").select_related("term__region")
    rise = rises.filter(pk=context["rise"], term__ignored_at=None).first()
    if rise is None:
        return None
    term = rise.term
    said = {"term": term.text, "percent": rise.percent}
    subject = _("Customers write more often about “%(term)s”: +%(percent)s %%") % said
    page = f"/keywords?region={term.region_id}&term={term.pk}"
    return Letter(
        subject=subject if rise.expected else _("Customers begin to write about “%(term)s”") % said,
        lead=(_("The share of conversations with this term is clearly above what was usual before."),),
        facts=[
            (_("region"), term.region.name),
            (_("day"), rise.began_on.isoformat()),
            (_("conversations"), _("%(n)s of %(of)s") % {"n": rise.conversations, "of": rise.of}),
            *usual_of(rise),
        ],
        link=(_("See the trend"), f"{settings.KEFU_PUBLIC_URL}{page}"),
        closing=(_("You get this because you follow the term. You are told again when it is over and comes back."),),
    )


def register() -> None:
    register_letter("keyword.rose", _rose)
