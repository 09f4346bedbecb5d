"""What becomes of a risk that runs already: more is said of it, or whoever took it is gone (TS-7)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.requeue import requeue_absent
from inbox.actions.risks import flag_risk, take_risk
from inbox.errors import RiskTaken
from inbox.models import Assignment, Channel, Conversation, Notification
from security.models import User
from tests.conftest import Cast
from tests.inbox.risk.conftest import only_case, settings
from tests.worlds.duty import at_work, can_take
from tests.worlds.threads import logged, thread

_WHY = "the test looks"


@pytest.fixture
def risky(cast: Cast, shop: Channel) -> Conversation:
    settings(cast)
    return thread(shop, text="我不想活了")


def told(kind: str = "risk.raised") -> list[int]:
    rows = Notification.objects.for_system(_WHY).filter(kind=kind).order_by("created_at", "id")
    return list(rows.values_list("to_id", flat=True))


def test_what_an_agent_adds_is_kept_beside_what_was_said_and_told(cast: Cast, risky: Conversation):
    for name, word in (("ben", "He cries on the phone"), ("dee", "His sister called")):
        flag_risk(by=cast.access(name), conversation_id=risky.pk, kind="fraud", reason=word)
    case = only_case()
    assert (case.kind, case.note) == ("self_harm", "He cries on the phone\n\nHis sister called")
    assert told() == [cast.fay.pk] * 3 and len(logged("risk.flagged")) == 2


def test_whoever_took_it_hears_what_is_added(cast: Cast, risky: Conversation):
    take_risk(by=cast.access("fay"), conversation_id=risky.pk)
    flag_risk(by=cast.access("ben"), conversation_id=risky.pk, kind="legal", reason="A lawyer wrote")
    assert told() == [cast.fay.pk] * 2


def test_somebody_else_takes_what_its_taker_no_longer_has(cast: Cast, risky: Conversation):
    can_take(cast.dee, skills=("risk",))
    take_risk(by=cast.access("fay"), conversation_id=risky.pk)
    with pytest.raises(RiskTaken):
        take_risk(by=cast.access("dee"), conversation_id=risky.pk)
    assign_conversation(by=cast.access("dee"), conversation_id=risky.pk, to=cast.dee.pk)
    take_risk(by=cast.access("dee"), conversation_id=risky.pk)
    assert only_case().taken_by_id == cast.dee.pk


def test_what_its_taker_left_waits_for_somebody_again(cast: Cast, risky: Conversation):
    at_work(cast.fay)
    take_risk(by=cast.access("fay"), conversation_id=risky.pk)
    long_ago = timezone.now() - timedelta(hours=1)
    Assignment.objects.for_system(_WHY).update(assigned_at=long_ago)
    User.objects.filter(pk=cast.fay.pk).update(availability="away", away_since=long_ago)
    assert requeue_absent() == 1
    case = only_case()
    assert (case.state, case.taken_by_id, case.taken_at) == ("open", None, None) and case.due_at is not None
    assert len(logged("risk.let_go")) == 1
