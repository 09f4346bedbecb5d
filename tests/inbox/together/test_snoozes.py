"""Conversations put aside: out of the open views, and back by themselves (PM-11)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.replies import send_text
from inbox.actions.resolutions import resolve_conversation
from inbox.actions.snoozes import snooze_conversation, wake_conversation
from inbox.actions.waking import wake_due
from inbox.models import Channel, Conversation, InboxPolicy, Message, Snooze
from inbox.sweeping import sweep
from security.errors import NotAllowed, NotFound
from tests.conftest import Cast
from tests.inbox.together.conftest import call, listed
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, logged, thread
from tests.worlds.webhooks import message, says

HOUR = timedelta(hours=1)


def soon(hours: float = 1) -> str:
    return (timezone.now() + timedelta(hours=hours)).isoformat()


def put_aside(cast: Cast, talk: Conversation, hours: float = 1, **more: object) -> Conversation:
    until = timezone.now() + timedelta(hours=hours)
    return snooze_conversation(by=cast.access("ben"), conversation_id=talk.pk, until=until, **more)  # type: ignore[arg-type]


def rows() -> list[Snooze]:
    return list(Snooze.objects.for_system("the test").order_by("snoozed_at"))


def test_it_leaves_the_open_views_for_one_of_its_own(cast: Cast, talk: Conversation):
    ben = cast.browser("ben")
    shown = call(ben, "post", f"conversations/{talk.pk}/snooze", {"until": soon(), "reason": "Warehouse asked"}).json()
    assert (shown["state"], shown["snooze"]["reason"], shown["snooze"]["by"]["name"]) == (
        "snoozed", "Warehouse asked", "Ben"
    )  # fmt: skip
    assert listed(ben) == listed(ben, "?view=unassigned") == listed(ben, "?view=resolved") == []
    assert listed(ben, "?view=snoozed") == [str(talk.pk)]
    counts = ben.get("/api/v1/conversations/counts").json()
    assert (counts["all"], counts["snoozed"]) == (0, 1)
    assert "Warehouse" not in str(Snooze.objects.for_system("the test").values_list("reason", flat=True)[0][:])


def test_it_comes_back_on_top_at_its_time_and_says_why(cast: Cast, shop: Channel, talk: Conversation):
    put_aside(cast, talk, 2)
    other = thread(shop)
    assert wake_due() == 0
    with time_machine.travel(timezone.now() + 3 * HOUR):
        sweep()
        ben = cast.browser("ben")
        first, second = ben.get("/api/v1/conversations").json()["results"]
        assert (first["id"], first["woken_how"], first["snooze"]) == (str(talk.pk), "due", None)
        assert (second["id"], second["woken_how"]) == (str(other.pk), None)
        assert (rows()[0].ended_how, len(logged("conversation.woken"))) == ("due", 1)
        assert wake_due() == 0


def test_the_customers_answer_wakes_it_in_the_same_case_for_the_same_agent(cast: Cast, shop: Channel):
    who = customer()
    talk = thread(shop, who)
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    put_aside(cast, talk)
    says(shop, who, message(who, "text", "Any news?"))
    row = fresh(talk)
    assert (row.state, row.assignee_id, row.case_count) == ("open", cast.ben.pk, 1)
    shown = cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}").json()
    assert (shown["woken_how"], rows()[0].ended_how) == ("reply", "reply")
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Tomorrow")
    assert cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}").json()["woken_how"] is None


def test_the_answer_does_not_wake_one_that_shall_sleep(cast: Cast, shop: Channel):
    who = customer()
    talk = thread(shop, who)
    put_aside(cast, talk, wakes_on_reply=False)
    says(shop, who, message(who, "text", "Any news?"))
    assert fresh(talk).state == "snoozed" and rows()[0].ended_at is None
    assert fresh(talk).waiting_since is not None


def test_it_wakes_before_the_window_closes(cast: Cast, talk: Conversation):
    put_aside(cast, talk, 60)
    before = timedelta(hours=24, minutes=-InboxPolicy.current().snooze_window_minutes)
    heard = talk.last_inbound_at
    assert heard is not None
    with time_machine.travel(heard + before - timedelta(minutes=1), tick=False):
        assert wake_due() == 0
    with time_machine.travel(heard + before + timedelta(minutes=1), tick=False):
        assert wake_due() == 1
        assert (fresh(talk).state, fresh(talk).woken_how) == ("open", "window")


def test_it_sleeps_on_when_the_window_has_moved(cast: Cast, shop: Channel):
    who = customer()
    talk = thread(shop, who)
    put_aside(cast, talk, 60, wakes_on_reply=False)
    with time_machine.travel(timezone.now() + 20 * HOUR):
        says(shop, who, message(who, "text", "Hello?"))
    with time_machine.travel(timezone.now() + 23.5 * HOUR):
        assert wake_due() == 0
        assert rows()[0].wake_at > timezone.now() + 15 * HOUR


def test_it_sleeps_through_the_window_where_an_admin_wants_that(cast: Cast, talk: Conversation):
    InboxPolicy.objects.create(pk=1, snooze_wakes_before_window=False)
    InboxPolicy.forget()
    put_aside(cast, talk, 60)
    assert rows()[0].wake_at == rows()[0].until


def test_it_is_taken_back_to_where_it_was(cast: Cast, shop: Channel, talk: Conversation):
    newer = thread(shop)
    put_aside(cast, talk)
    ben = cast.browser("ben")
    shown = call(ben, "delete", f"conversations/{talk.pk}/snooze").json()
    assert (shown["state"], shown["snooze"], shown["woken_how"]) == ("open", None, None)
    assert listed(ben) == [str(newer.pk), str(talk.pk)]
    assert call(ben, "delete", f"conversations/{talk.pk}/snooze").status_code == 200
    assert len(logged("conversation.woken")) == 1


def test_another_time_replaces_the_first(cast: Cast, talk: Conversation):
    put_aside(cast, talk, 1)
    put_aside(cast, talk, 2)
    assert [row.ended_how for row in rows()] == ["again", ""]
    with time_machine.travel(timezone.now() + 1.5 * HOUR):
        assert wake_due() == 0


def test_resolving_ends_it_and_what_is_resolved_cannot_be_put_aside(cast: Cast, talk: Conversation):
    put_aside(cast, talk)
    resolve_conversation(by=cast.access("ben"), conversation_id=talk.pk)
    assert (fresh(talk).state, rows()[0].ended_how) == ("resolved", "resolved")
    answer = call(cast.browser("ben"), "post", f"conversations/{talk.pk}/snooze", {"until": soon()})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_open")


@pytest.mark.parametrize(("until", "field"), [(-1, "until"), (24 * 91, "until")])
def test_a_time_that_makes_no_sense_is_refused(cast: Cast, talk: Conversation, until: float, field: str):
    answer = call(cast.browser("ben"), "post", f"conversations/{talk.pk}/snooze", {"until": soon(until)})
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert fresh(talk).state == "open"


def test_only_who_may_close_it_may_put_it_aside(cast: Cast, talk: Conversation):
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.fay.pk)
    until = timezone.now() + HOUR
    for name, refusal in (("ben", NotAllowed), ("eli", NotAllowed), ("cho", NotFound)):
        with pytest.raises(refusal):
            snooze_conversation(by=cast.access(name), conversation_id=talk.pk, until=until)
        with pytest.raises(refusal):
            wake_conversation(by=cast.access(name), conversation_id=talk.pk)
    assert not rows()


def test_a_message_that_was_said_before_the_waking_is_still_the_newest(cast: Cast, shop: Channel):
    """Its webhook comes after the waking, which moved the conversation up."""
    who = customer()
    talk = thread(shop, who)
    put_aside(cast, talk, 1)
    with time_machine.travel(timezone.now() + 2 * HOUR):
        late = message(who, "text", "Are you there?", ago=30)
        wake_due()
        woken_at = fresh(talk).last_activity_at
        says(shop, who, late)
        row = Conversation.objects.for_system("the test").select_related("last_message").get(pk=talk.pk)
        assert row.last_message.content["text"] == "Are you there?"
        assert row.last_activity_at == woken_at


def test_waking_shows_nobody_an_old_line(cast: Cast, talk: Conversation):
    """The newest message is older than what agents read (SE-5); that it woke now does not make it younger."""
    put_aside(cast, talk, 24 * 10)
    old = timezone.now() - timedelta(days=9)
    Message.objects.for_system("the test").filter(conversation=talk).update(at=old)
    with time_machine.travel(timezone.now() + timedelta(days=11)):
        wake_due()
        assert cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}").json()["last_message"] is None
        assert cast.browser("fay").get(f"/api/v1/conversations/{talk.pk}").json()["last_message"] is not None
