"""The mails to the security team: alarms, and the monthly self-check."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from security.behaviour.shipped import called
from security.mail.letters import Letter, register_gathered, register_letter
from security.mail.moments import moment
from security.models import BehaviourAlarm, SelfcheckRun, User
from security.models.behaviour import DONE, SEVERITIES
from security.selfcheck.base import BAD, WARN
from security.selfcheck.running import answers_of

MOST = 20


def _alarms(user: User, each: Sequence[Mapping[str, Any]]) -> Letter | None:
    """``alarm``: its id. Of what a rule saw, the mail says nothing: that stands in Kefu."""
    ids = [one["alarm"] for one in each]
    rows = list(BehaviourAlarm.objects.filter(pk__in=ids).select_related("rule", "person").order_by("raised_at", "pk"))
    if not rows:
        return None
    more = len(rows) - MOST
    page = reverse("admin:security_behaviouralarm_changelist")
    if len(rows) == 1:
        page = reverse("admin:security_behaviouralarm_change", args=(rows[0].pk,))
    return Letter(
        subject=_("Kefu has raised an alarm")
        if len(rows) == 1
        else _("Kefu has raised %(n)s alarms") % {"n": len(rows)},
        lead=(
            _("Somebody did what a behaviour rule looks out for. Look at it, and decide whether it was a false alarm."),
        ),
        facts=[(moment(row.raised_at), _alarm_words(row)) for row in rows[:MOST]],
        link=(_("Open it in Kefu"), f"{settings.KEFU_PUBLIC_URL}{page}"),
        closing=(
            *([_("And %(n)s more.") % {"n": more}] if more > 0 else []),
            _("Further alarms come together, in one mail."),
        ),
    )


def _alarm_words(row: BehaviourAlarm) -> str:
    facts = (called(row.rule), row.person.name, dict(SEVERITIES).get(row.severity), dict(DONE).get(row.done))
    return " · ".join(str(words) for words in facts if words)


def _selfcheck(user: User, context: Mapping[str, Any]) -> Letter | None:
    """``run``: its id."""
    run = SelfcheckRun.objects.filter(pk=context["run"]).first()
    if run is None:
        return None
    answers = answers_of(run)
    found = {state: [str(one.title) for one in answers if one.state == state] for state in (BAD, WARN)}
    return Letter(
        subject=_("Kefu’s self-check of this month: %(score)s of 100") % {"score": run.score},
        lead=(_("Once a month Kefu looks at how safely it is set up."),),
        facts=(
            *((_("Bad"), title) for title in found[BAD]),
            *((_("Worth a look"), title) for title in found[WARN]),
        ),
        link=(_("See what to do"), f"{settings.KEFU_PUBLIC_URL}{reverse('admin:selfcheck')}"),
        closing=() if found[BAD] or found[WARN] else (_("There is nothing to do."),),
    )


def register() -> None:
    register_gathered("alarm.raised", _alarms)
    register_letter("selfcheck.monthly", _selfcheck)
