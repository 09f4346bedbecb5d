"""Many workers at the same moment: each level is told once, one person has it (TS-7)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inbox.actions.risk_lists import lay_risk_lists
from inbox.actions.risks import escalate_due, take_risk
from inbox.errors import RiskTaken
from inbox.models import Notification, RiskCase
from tests.conftest import Cast
from tests.inbox.assigning.test_at_once import at_once
from tests.inbox.risk.conftest import cases
from tests.worlds.channels import channel
from tests.worlds.duty import can_take
from tests.worlds.threads import logged, thread

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, CASES = 6, 5
_WHY = "the test looks"


def test_many_sweepers_escalate_each_once(cast: Cast):
    lay_risk_lists()
    can_take(cast.fay, skills=("risk",))
    shop = channel(cast.asia)
    for _ in range(CASES):
        thread(shop, text="我不想活了")
    RiskCase.objects.for_system(_WHY).update(due_at=timezone.now() - timedelta(seconds=1))
    at_once(*[escalate_due] * WORKERS)
    assert [row.level for row in cases()] == [1] * CASES
    assert len(logged("risk.escalated")) == CASES
    told = Notification.objects.for_system(_WHY).filter(kind="risk.escalated")
    assert list(told.values_list("to_id", flat=True)) == [cast.dee.pk] * CASES


def test_of_many_who_take_it_one_has_it(cast: Cast):
    lay_risk_lists()
    talk = thread(channel(cast.asia), text="我不想活了")
    taken: list[str] = []

    def take(name: str) -> None:
        try:
            take_risk(by=cast.access(name), conversation_id=talk.pk)
            taken.append(name)
        except RiskTaken:
            pass

    at_once(*[lambda name=name: take(name) for name in ("ana", "dee", "fay")])
    (case,) = cases()
    assert len(taken) == 1 and case.taken_by_id == getattr(cast, taken[0]).pk
    assert len(logged("risk.taken")) == 1


def test_new_regions_get_their_lists_once(cast: Cast):
    at_once(*[lay_risk_lists] * WORKERS)
    assert len(logged("risk.lists_laid")) == 2
