"""A conversation passes on with what its taker needs to know, and stays on top until they have read it (PM-11)."""

from typing import Any

import pytest
from django.db import connection

from inbox.actions.handovers import acknowledge_handover, hand_over
from inbox.actions.locks import lock_conversation
from inbox.actions.resolutions import resolve_conversation
from inbox.errors import AssigneeUnfit, HandoverOver, Locked, SummaryMissing, TeamUnfit
from inbox.models import Conversation, Handover, InboxPolicy, Notification
from security.actions.teams import add_team
from security.errors import Invalid, NotAllowed, NotFound
from security.models import StreamEvent
from security.policy import Policy
from tests.conftest import BY, Cast
from tests.inbox.together.conftest import call
from tests.worlds.threads import fresh, logged

SUMMARY = {"asked": "Where is the parcel?", "done": "Asked the carrier", "open": "Call back on Monday"}


def hand(cast: Cast, talk: Conversation, name: str = "fay", **to: Any) -> Handover:
    return hand_over(by=cast.access(name), conversation_id=talk.pk, **{"summary": SUMMARY, **to})


def notified(kind: str) -> list[tuple[int, str | None]]:
    rows = Notification.objects.for_system("the test").filter(kind=kind).order_by("to_id")
    return [(row.to_id, row.note) for row in rows]


def test_a_person_takes_over_with_the_summary_and_acknowledges_it(cast: Cast, talk: Conversation):
    body = {**SUMMARY, "person": cast.ben.pk}
    answer = call(cast.browser("fay"), "post", f"conversations/{talk.pk}/handovers", body)
    assert answer.status_code == 201 and answer.json()["summary"] == SUMMARY
    assert fresh(talk).assignee_id == cast.ben.pk
    assert notified("handover.given") == [(cast.ben.pk, "Call back on Monday")]
    assert notified("conversation.assigned") == [], "told once, not twice"
    ben, handover_id = cast.browser("ben"), answer.json()["id"]
    done = call(ben, "post", f"handovers/{handover_id}/acknowledge").json()
    assert (done["ended_how"], done["ended_by"]["name"]) == ("acknowledged", "Ben")
    assert call(ben, "post", f"handovers/{handover_id}/acknowledge").status_code == 200, "twice is once"
    assert notified("handover.acknowledged") == [(cast.fay.pk, None)]
    kept = ben.get(f"/api/v1/conversations/{talk.pk}/handovers").json()["results"]
    assert [one["id"] for one in kept] == [handover_id], "it stays in the thread"
    assert StreamEvent.objects.filter(kind="handover.changed").count() == 2
    assert len(logged("conversation.handed_over")) == len(logged("conversation.handover_acknowledged")) == 1


def test_a_team_takes_over_and_anybody_of_it_acknowledges(cast: Cast, talk: Conversation):
    team = add_team(by=BY, region=cast.asia, name="Returns", people=[cast.ben.pk, cast.dee.pk])
    row = hand(cast, talk, team=team.pk)
    now = fresh(talk)
    assert (now.team_id, now.assignee_id) == (team.pk, None)
    assert [to for to, _ in notified("handover.given")] == sorted((cast.ben.pk, cast.dee.pk))
    with pytest.raises(NotAllowed):
        acknowledge_handover(by=cast.access("fay"), handover_id=row.pk)
    acknowledge_handover(by=cast.access("ben"), handover_id=row.pk)
    with pytest.raises(HandoverOver):
        acknowledge_handover(by=cast.access("dee"), handover_id=row.pk)


def test_the_summary_is_sealed(cast: Cast, talk: Conversation):
    hand(cast, talk, person=cast.ben.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT summary FROM inbox_handover")
        assert b"parcel" not in bytes(cursor.fetchone()[0])


def test_handing_on_and_resolving_end_the_one_that_waits(cast: Cast, talk: Conversation):
    first = hand(cast, talk, person=cast.ben.pk)
    second = hand(cast, talk, person=cast.dee.pk)
    assert (fresh(first).ended_how, fresh(second).ended_at) == ("passed_on", None)
    with pytest.raises(HandoverOver):
        acknowledge_handover(by=cast.access("ben"), handover_id=first.pk)
    resolve_conversation(by=cast.access("dee"), conversation_id=talk.pk)
    assert fresh(second).ended_how == "resolved"


@pytest.mark.parametrize("missing", ["asked", "open"])
def test_the_summary_is_needed_where_the_policy_says_so(cast: Cast, talk: Conversation, missing: str):
    bare = {**SUMMARY, missing: " "}
    with pytest.raises(SummaryMissing) as refused:
        hand(cast, talk, person=cast.ben.pk, summary=bare)
    assert refused.value.field == missing and fresh(talk).assignee_id is None
    InboxPolicy.objects.create(pk=1, handover_needs_summary=False)
    Policy.forget()
    hand(cast, talk, person=cast.ben.pk, summary={})
    assert fresh(talk).assignee_id == cast.ben.pk


def test_odd_handovers_are_refused_and_change_nothing(cast: Cast, talk: Conversation):
    foreign = add_team(by=BY, region=cast.europe, name="Elsewhere")
    for to, refusal in (
        ({}, Invalid),
        ({"person": cast.ben.pk, "team": foreign.pk}, Invalid),
        ({"person": cast.fay.pk}, Invalid),
        ({"person": cast.cho.pk}, AssigneeUnfit),
        ({"person": cast.eli.pk}, AssigneeUnfit),
        ({"team": foreign.pk}, TeamUnfit),
        ({"person": cast.ben.pk, "summary": {**SUMMARY, "done": "x" * 1001}}, Invalid),
    ):
        with pytest.raises(refusal):
            hand(cast, talk, **to)
    assert fresh(talk).assignee_id is None and not Handover.objects.for_system("the test").exists()


def test_only_who_may_assign_hands_over(cast: Cast, talk: Conversation):
    for name, refusal in (("eli", NotAllowed), ("cho", NotFound)):
        with pytest.raises(refusal):
            hand(cast, talk, name, person=cast.dee.pk)
    with pytest.raises(NotAllowed):
        hand(cast, talk, "ben", person=cast.dee.pk)  # nobody's: Ben may take it, not give it
    hand(cast, talk, "fay", person=cast.ben.pk)
    hand(cast, talk, "ben", person=cast.dee.pk)
    lock_conversation(by=cast.access("dee"), conversation_id=talk.pk, reason="A refund")
    with pytest.raises(Locked):
        hand(cast, talk, "fay", person=cast.ben.pk)
