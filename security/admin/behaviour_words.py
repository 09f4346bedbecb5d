"""What pages say of rules and alarms: how much it is, and the lines that are the evidence."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from security.access import Access
from security.admin.deeds import deed_words
from security.models import BehaviourRule, Operation
from security.policies import visible_operations


def measured_words(rule: BehaviourRule, count: int) -> str:
    words = _("rows: %(n)s") if rule.measure == "rows" else _("deeds: %(n)s")
    return words % {"n": count}


def evidence(who: Access, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Those lines, newest first, as far as ``who`` may read them."""
    rows = list(Operation.objects.filter(visible_operations(who), pk__in=list(ids)).order_by("-id"))
    return [{"line": line, "words": words} for line, words in deed_words(who, rows)]
