"""Keeping what the self-check found, and reminding the admins once a month (SE-9)."""

from django.db import IntegrityError
from django.utils import timezone

from security.access import Access, Actor, System
from security.models import SelfcheckRun
from security.security_team import tell_security_team
from security.selfcheck.base import BAD, WARN
from security.selfcheck.running import Answer, kept, run_checks, score_of
from security.writing import Change, write

_BY = System("monthly self-check")


def keep_run(*, by: Actor, answers: list[Answer]) -> SelfcheckRun:
    """What ``run_checks`` found, outside of any transaction, becomes part of the history."""
    with write(by=by) as change:
        return _keep(change, by, answers, month=None)


def remind_monthly() -> SelfcheckRun | None:
    """Once in a calendar month: check, keep, and tell the admins how it stands. ``None`` when it was done."""
    month = timezone.now().strftime("%Y-%m")
    if SelfcheckRun.objects.filter(month=month).exists():
        return None
    answers = run_checks(outside=True)
    try:
        with write(by=_BY) as change:
            run = _keep(change, _BY, answers, month=month)
            states = [one.state for one in answers]
            bad, warn = states.count(BAD), states.count(WARN)
            told = {"score": run.score, "bad": bad, "warn": warn}
            tell_security_team(change, kind="selfcheck.monthly", mailed={"run": str(run.pk)}, **told)
    except IntegrityError:
        return None  # another worker was faster
    return run


def _keep(change: Change, by: Actor, answers: list[Answer], *, month: str | None) -> SelfcheckRun:
    run = SelfcheckRun.objects.create(
        at=timezone.now(),
        score=score_of(answers),
        findings=kept(answers),
        asked_by_id=by.user_id if isinstance(by, Access) else None,
        month=month,
    )
    change.record("selfcheck.ran", run, score=run.score)
    return run
