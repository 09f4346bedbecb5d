from typing import Any

import pytest

from inbox.actions.risk_lists import Rule, Step, Word, lay_risk_lists, set_risk
from inbox.models import Channel, RiskCase
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.duty import can_take

_WHY = "the test looks"


@pytest.fixture
def shop(cast: Cast) -> Channel:
    """With the shipped lists. Fay is the specialist."""
    lay_risk_lists()
    can_take(cast.fay, skills=("risk",))
    return channel(cast.asia)


def rules(**change: Any) -> list[Rule]:
    """Fraud from three mentions within a day on, self-harm at once."""
    return [
        Rule("fraud", 2, change.get("mentions", 3), change.get("hours", 24), "撥打 165", "Call 165"),
        Rule("self_harm", 3, 1, 24, "撥打 1925", "Call 1925"),
    ]


def settings(cast: Cast, by: str = "dee", **change: Any) -> None:
    """A small list of words, and Fay's skill as the only step."""
    usual: dict[str, Any] = {
        "watches": True,
        "minutes": 10,
        "rules": rules(),
        "words": [Word("fraud", "zh", "詐騙"), Word("self_harm", "zh", "不想活")],
        "steps": [Step(10, "risk", ())],
    }
    set_risk(by=cast.access(by), region_id=cast.asia.pk, **{**usual, **change})


def cases(**which: Any) -> list[RiskCase]:
    return list(RiskCase.objects.for_system(_WHY).filter(**which).order_by("raised_at", "pk"))


def only_case() -> RiskCase:
    (found,) = cases()
    return found
