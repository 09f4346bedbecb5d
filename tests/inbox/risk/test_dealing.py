"""Taking, escalating, flagging and closing what is risky: who may, once, and what is told (TS-7)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from inbox.actions.locks import lock_conversation
from inbox.actions.risk_lists import Step
from inbox.actions.risks import close_risk, escalate_due, flag_risk, take_risk
from inbox.actions.snoozes import snooze_conversation
from inbox.errors import Locked, NotRisky, RiskTaken
from inbox.models import Channel, Conversation, Notification
from inbox.models.conversation import PRIORITIES
from inbox.sweeping import sweep
from security.actions.traineeships import start_traineeship
from security.errors import NotAllowed, NotFound
from tests.conftest import BY, Cast
from tests.inbox.risk.conftest import cases, only_case, settings
from tests.inbox.together.conftest import call
from tests.worlds.customers import customer
from tests.worlds.duty import at_work, holder
from tests.worlds.threads import fresh, logged, thread
from tests.worlds.webhooks import message, says

_WHY = "the test looks"


@pytest.fixture
def risky(cast: Cast, shop: Channel) -> Conversation:
    settings(cast, minutes=5, steps=[Step(10, "risk", ()), Step(20, "", (cast.ben.pk,))])
    return thread(shop, text="我不想活了")


def told(kind: str) -> list[int]:
    rows = Notification.objects.for_system(_WHY).filter(kind=kind).order_by("created_at", "to_id")
    return list(rows.values_list("to_id", flat=True))


# --- nobody takes it


def test_level_after_level_is_told_and_then_nobody_more(cast: Cast, risky: Conversation):
    began = timezone.now()
    for minutes, done in ((9, 0), (11, 1), (12, 0), (30, 0), (32, 1), (38, 1), (44, 1), (90, 0)):
        with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
            assert escalate_due() == done
    assert told("risk.escalated") == [cast.ben.pk, cast.dee.pk, cast.ana.pk]
    case = only_case()
    assert (case.state, case.due_at, case.level) == ("escalated", None, 3)
    assert [row.details["level"] for row in logged("risk.escalated")] == [1, 2, 3]
    assert len(logged("risk.untaken")) == 1
    take_risk(by=cast.access("ana"), conversation_id=risky.pk)
    assert only_case().state == "taken"


def test_what_was_taken_is_not_escalated(cast: Cast, risky: Conversation):
    take_risk(by=cast.access("fay"), conversation_id=risky.pk)
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        assert escalate_due() == 0
    assert told("risk.escalated") == []


def test_it_wakes_when_it_is_escalated(cast: Cast, risky: Conversation):
    until = timezone.now() + timedelta(days=3)
    snooze_conversation(by=cast.access("dee"), conversation_id=risky.pk, until=until, wakes_on_reply=False)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        sweep()
        row = fresh(risky)
    assert (row.state, row.woken_how, only_case().state) == ("open", "risk", "escalated")


def test_resolving_silences_nothing(cast: Cast, risky: Conversation):
    from inbox.actions.resolutions import resolve_conversation

    resolve_conversation(by=cast.access("ben"), conversation_id=risky.pk)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert escalate_due() == 1


def test_the_one_who_is_there_and_has_least_is_named(cast: Cast, shop: Channel):
    settings(cast, steps=[Step(10, "", (cast.ben.pk, cast.fay.pk))])
    at_work(cast.ben, cast.fay)
    first, second, third = (thread(shop, text="不想活") for _ in range(3))
    take_risk(by=cast.access("ben"), conversation_id=first.pk)
    fourth = thread(shop, text="不想活")
    assert holder(first) == cast.ben.pk
    assert holder(second) == cast.fay.pk
    assert {holder(third), holder(fourth)} == {cast.ben.pk, cast.fay.pk}


# --- somebody does


def test_taking_is_once_and_the_second_is_told(cast: Cast, risky: Conversation):
    take_risk(by=cast.access("fay"), conversation_id=risky.pk)
    take_risk(by=cast.access("fay"), conversation_id=risky.pk)
    with pytest.raises(RiskTaken):
        take_risk(by=cast.access("dee"), conversation_id=risky.pk)
    case = only_case()
    assert (case.taken_by_id, case.due_at, holder(risky)) == (cast.fay.pk, None, cast.fay.pk)
    assert len(logged("risk.taken")) == 1


def test_agents_who_are_no_specialists_do_not_take_it(cast: Cast, shop: Channel):
    settings(cast)
    talk = thread(shop, text="不想活")
    with pytest.raises(NotAllowed):
        take_risk(by=cast.access("ben"), conversation_id=talk.pk)
    with pytest.raises(NotFound):
        take_risk(by=cast.access("cho"), conversation_id=talk.pk)
    assert call(cast.browser("eli"), "post", f"conversations/{talk.pk}/risk/take").status_code == 403


def test_closing_gives_the_priority_back_and_says_why(cast: Cast, risky: Conversation):
    assert fresh(risky).priority == PRIORITIES["urgent"]
    take_risk(by=cast.access("fay"), conversation_id=risky.pk)
    close_risk(by=cast.access("fay"), conversation_id=risky.pk, reason="Called them", false_alarm=False)
    row = fresh(risky)
    assert (row.priority, row.risk_severity) == (PRIORITIES["normal"], 0)
    seen = cast.browser("ben").get(f"/api/v1/conversations/{risky.pk}/risk").json()["results"][0]
    assert (seen["state"], seen["reason"], seen["closed_by"]["name"]) == ("closed", "Called them", "Fay")
    with pytest.raises(NotRisky):
        close_risk(by=cast.access("fay"), conversation_id=risky.pk, reason="Again", false_alarm=False)
    assert logged("risk.closed")[0].details["how"] == "closed"


def test_a_locked_one_is_not_closed_by_others_but_may_be_flagged(cast: Cast, shop: Channel):
    talk = thread(shop)
    lock_conversation(by=cast.access("dee"), conversation_id=talk.pk, reason="A refund")
    flag_risk(by=cast.access("ben"), conversation_id=talk.pk, kind="threat", reason="He said it on the phone")
    with pytest.raises(Locked):
        close_risk(by=cast.access("fay"), conversation_id=talk.pk, reason="No", false_alarm=True)


def test_a_false_alarm_is_counted_for_its_words(cast: Cast, shop: Channel):
    settings(cast)
    for alarm in (True, False):
        talk = thread(shop, text="詐騙詐騙詐騙")
        close_risk(by=cast.access("dee"), conversation_id=talk.pk, reason="Read it", false_alarm=alarm)
    shown = next(
        row for row in cast.browser("dee").get("/api/v1/risk-settings").json()["results"] if row["name"] == "亞洲"
    )
    assert {row["text"]: (row["cases"], row["false_alarms"]) for row in shown["words"]} == {
        "詐騙": (2, 1), "不想活": (0, 0)
    }  # fmt: skip


# --- by hand


def test_any_agent_flags_with_a_reason_and_takes_it_back(cast: Cast, shop: Channel):
    settings(cast)
    talk = thread(shop)
    answer = call(
        cast.browser("ben"), "post", f"conversations/{talk.pk}/risk", {"kind": "threat", "reason": " On the phone "}
    )
    assert answer.json()["risk"]["kind"] == "threat"
    seen = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}/risk").json()["results"][0]
    assert (seen["note"], seen["raised_by"]["name"], seen["may_close"], seen["may_take"]) == (
        "On the phone", "Ben", True, False
    )  # fmt: skip
    done = call(
        cast.browser("ben"), "post", f"conversations/{talk.pk}/risk/close", {"reason": "Misheard", "false_alarm": True}
    )
    assert done.status_code == 200 and done.json()["risk"] is None


def test_a_trainee_who_flags_sees_it_no_longer(cast: Cast, shop: Channel):
    from inbox.actions.assignments import assign_conversation

    talk = thread(shop)
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    start_traineeship(by=BY, user=cast.ben)
    answer = call(
        cast.browser("ben"), "post", f"conversations/{talk.pk}/risk", {"kind": "self_harm", "reason": "Sounds low"}
    )
    assert answer.status_code == 204
    assert cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}").status_code == 404
    assert set(told("risk.raised")) == {cast.fay.pk}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "threat", "reason": " "}, "reason"),
        ({"kind": "threat"}, "reason"),
        ({"kind": "weather", "reason": "Rain"}, "kind"),
        ({"kind": "threat", "reason": "x" * 501}, "reason"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, shop: Channel, body: dict[str, Any], field: str):
    talk = thread(shop)
    answer = call(cast.browser("ben"), "post", f"conversations/{talk.pk}/risk", body)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert cases() == []


def test_words_of_messages_that_are_too_old_are_not_shown_to_agents(cast: Cast, shop: Channel):
    settings(cast)
    who = customer()
    says(shop, who, message(who, "text", "不想活", ago=8 * 86400))
    talk = only_case().conversation
    seen = {
        name: cast.browser(name).get(f"/api/v1/conversations/{talk.pk}/risk").json()["results"]
        for name in ("ben", "dee")
    }
    assert ([one["words"] for one in seen["ben"]], len(seen["dee"][0]["words"])) == ([[]], 1)
