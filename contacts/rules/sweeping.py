"""What comes round for rules."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from contacts.actions.rule_trials import sweep_trials
from contacts.actions.shipped_rules import lay_rules
from contacts.models import RuleRun
from contacts.rules.policy import RulesPolicy
from contacts.rules.running import sweep_rules
from security.access import System
from security.writing import write

logger = logging.getLogger(__name__)
_AT_ONCE = 1000


def keep_rules() -> None:
    """All of them, whatever becomes of one."""
    parts: tuple[Callable[[], object], ...] = (lay_rules, sweep_rules, sweep_trials, forget_runs)
    for part in parts:
        try:
            part()
        except Exception:
            logger.exception("%s failed", part.__name__)


def forget_runs() -> int:
    """Delete firings past their time; returns how many."""
    oldest = timezone.now() - timedelta(days=RulesPolicy.current().run_days)
    rows = RuleRun.objects.for_system("retention of firings")
    gone = list(rows.filter(fired_at__lt=oldest).order_by("fired_at").values_list("pk", flat=True)[:_AT_ONCE])
    if gone:
        with write(by=System("retention of firings")):
            rows.filter(pk__in=gone).delete()
    return len(gone)
