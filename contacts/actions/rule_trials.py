"""Dry runs: what a rule would have done. In the background, a batch at a time, with progress; nothing is done."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from contacts.actions.rules import Draft, checked, said_by, trial_from, version_of
from contacts.models import Rule, RuleTrial, RuleVersion
from contacts.rules.book import written_of
from contacts.rules.errors import StillTrying
from contacts.rules.policy import RulesPolicy
from contacts.rules.trying import Tried, try_out
from security.access import ALL, Access, System
from security.errors import NotFound, require
from security.one_by_one import each_alone
from security.writing import write

_WHY = "dry runs"
_BY = System("dry runs of rules")
_KEPT = timedelta(days=7)


def begin_trial(
    *, by: Access, region_id: int, days: int, rule_id: UUID | None = None, draft: Draft | None = None
) -> RuleTrial:
    """Of a rule as it stands, or of a draft. It counts all that happened, so it is for whoever sees all of it."""
    from contacts.tasks import try_rule  # tasks import actions

    require(by.can("contacts.manage_rule") and by.sight == ALL)
    trial_from(days)
    if region_id not in by.region_ids:
        raise NotFound(field="region")
    with write(by=by) as change:
        rule: Rule | None = None
        if rule_id is not None:
            rule = Rule.objects.visible_to(by).filter(region_id=region_id, archived_at=None).get_or_404(rule_id)
        if draft is None:
            if rule is None:
                raise NotFound(field="rule")
            said = said_by(version_of(rule))
        else:
            said = checked(draft, region_id)
        mine = RuleTrial.objects.for_system(_WHY).filter(asked_by_id=by.user_id)
        require(not mine.filter(state__in=("waiting", "running")).exists(), StillTrying)
        mine.filter(asked_at__lt=timezone.now() - _KEPT).delete()
        trial = RuleTrial(
            region_id=region_id, rule=rule, asked_by_id=by.user_id, asked_at=timezone.now(), days=days, draft=said
        )
        trial.save(force_insert=True)
        change.record("rule.tried", trial, days=days, name=said["name"])
        change.enqueue(try_rule, str(trial.pk))
    return trial


def run_trial(trial_id: UUID) -> None:
    """For one worker at a time; one that died begins anew."""
    rows = RuleTrial.objects.for_system(_WHY).filter(pk=trial_id, state__in=("waiting", "running"))
    now = timezone.now()
    stale = now - timedelta(seconds=RulesPolicy.current().sweep_seconds * 3)
    with write(by=_BY):
        if not rows.filter(Q(claimed_at=None) | Q(claimed_at__lt=stale)).update(claimed_at=now, state="running"):
            return
    trial = rows.get()
    try:
        for tried in try_out(_as_written(trial), trial.region_id, trial.asked_at - timedelta(days=trial.days)):
            _note(trial, tried)
        _end(trial, "done")
    except Exception:
        _end(trial, "failed")
        raise


def sweep_trials() -> int:
    """Go on with dry runs whose worker died."""
    stale = timezone.now() - timedelta(seconds=RulesPolicy.current().sweep_seconds * 3)
    rows = RuleTrial.objects.for_system(_WHY).filter(state__in=("waiting", "running"), asked_at__lt=stale)
    rows = rows.filter(Q(claimed_at=None) | Q(claimed_at__lt=stale))
    return each_alone(_again, [(pk,) for pk in rows.values_list("pk", flat=True)[:5]], what="dry run")


def _again(trial_id: UUID) -> bool:
    run_trial(trial_id)
    return True


def _as_written(trial: RuleTrial) -> Any:
    return written_of(RuleVersion(rule_id=trial.rule_id or trial.pk, **trial.draft))


def _note(trial: RuleTrial, tried: Tried) -> None:
    trial.looked, trial.total, trial.fired = tried.looked, tried.total, tried.fired
    trial.contacts, trial.of_today = len(tried.people), sorted(tried.of_today)
    trial.found = [_found(one) for one in reversed(tried.found)]
    _save(trial, claimed_at=timezone.now())


def _found(subject: Any) -> dict[str, Any]:
    at: datetime = subject.at
    talk = str(subject.conversation_id) if subject.conversation_id is not None else None
    return {"contact": str(subject.contact_id), "conversation": talk, "at": at.isoformat()}


def _end(trial: RuleTrial, state: str) -> None:
    trial.state = state
    _save(trial, state=state, finished_at=timezone.now())


def _save(trial: RuleTrial, **more: Any) -> None:
    names = ("looked", "total", "fired", "contacts", "of_today", "found")
    with write(by=_BY):
        rows = RuleTrial.objects.for_system(_WHY).filter(pk=trial.pk)
        rows.update(**{name: getattr(trial, name) for name in names}, **more)
