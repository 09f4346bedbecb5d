"""Who does not see all of their region: trainees (PM-4), finance and the last seven days (SE-5). By every way in."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.payment_marks import mark_payment, unmark_payment
from inbox.actions.replies import send
from inbox.models import Conversation, Message
from security.access import READ_HISTORY
from security.actions.duties import give_duty
from security.actions.grants import give_grant
from security.actions.traineeships import start_traineeship
from security.errors import NotAllowed
from security.levels import rank
from security.live.batch import Batch
from security.live.store import events_after
from security.models import Grant
from tests.conftest import BY, Cast
from tests.contracts.routes import CALLS
from tests.contracts.test_permission_matrix import answer_to
from tests.worlds.asia import Asia, asia
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, thread

_ITS = ("<uuid:conversation_id>", "<uuid:contact_id>", "<uuid:message_id>", "<uuid:media_id>")
OF_A_CONVERSATION = [call for call in CALLS if any(part in call.route for part in _ITS)]
_TAKING = ("/assign", "/team", "/assignees", "/handovers")  # no trainee takes or hands on
# Ben has the duty of data protection as well; an export is asked for with a code before anything is looked up.
_BY_DUTY = ("/lock", "/hold", "/exports")
OLD = timedelta(days=8)


@pytest.fixture
def world(cast: Cast) -> Asia:
    return asia(cast)


def told(cast: Cast, name: str, kind: str) -> list[Any]:
    """The payloads of one kind that ``name`` was told in Asia, oldest first."""
    stream = f"region:{cast.asia.pk}"
    frames = Batch(stream, 0, events_after(stream, 0)).frames_for(cast.access(name), after=0)
    lines = [line for frame in frames for line in orjson.loads(frame.text)["events"]]
    return [line["payload"] for line in lines if line["kind"] == kind]


def get(cast: Cast, name: str, path: str) -> Any:
    return cast.browser(name).get(f"/api/v1/{path}").json()


def age(message: Message, by: timedelta) -> None:
    row = message.conversation_id
    Message.objects.for_system("the test").filter(pk=message.pk).update(at=timezone.now() - by)
    Conversation.objects.for_system("the test").filter(pk=row).update(
        last_activity_at=timezone.now() - by, created_at=timezone.now() - by
    )


@pytest.mark.parametrize("narrow", ["trainee", "finance"])
def test_what_is_not_theirs_does_not_exist(world: Asia, narrow: str):
    if narrow == "trainee":
        start_traineeship(by=BY, user=world.cast.ben)
    else:
        give_duty(by=BY, user=world.cast.ben, duty="finance")
    got, expected = {}, {}
    for call in OF_A_CONVERSATION:
        taking = narrow == "trainee" and call.path(world).endswith(_TAKING) and call.lowest != "observer"
        may = rank("agent") >= rank(call.lowest) and not taking
        coded = call.method == "POST" and call.path(world).endswith("/exports")
        may = may or (narrow == "finance" and call.path(world).endswith(_BY_DUTY) and not coded)
        got[f"{call}"] = answer_to(call, world, world.cast.browser("ben")).status_code
        expected[f"{call}"] = 404 if may else 403
    assert got == expected


def test_a_trainee_finds_only_what_is_assigned_to_them(world: Asia):
    cast = world.cast
    start_traineeship(by=BY, user=cast.ben)
    other = thread(world.channel, customer("Chen Yu"))
    assert get(cast, "ben", "conversations?view=any")["results"] == []
    assert set(get(cast, "ben", "conversations/counts").values()) == {0}
    assert get(cast, "ben", "contacts")["results"] == []
    assign_conversation(by=cast.access("fay"), conversation_id=other.pk, to=cast.ben.pk)
    assert [row["id"] for row in get(cast, "ben", "conversations?view=any")["results"]] == [str(other.pk)]
    assert get(cast, "ben", "conversations/counts")["all"] == 1
    assert [row["id"] for row in get(cast, "ben", "contacts")["results"]] == [str(other.contact_id)]


def test_a_trainee_learns_live_of_what_they_are_given_and_what_is_taken(world: Asia):
    cast, talk = world.cast, thread(world.channel, customer("Chen Yu"))
    start_traineeship(by=BY, user=cast.ben)

    def changes() -> list[Any]:
        return [row for row in told(cast, "ben", "conversation.changed") if row["id"] == str(talk.pk)]

    said = [row for row in told(cast, "ben", "message.changed") if row["conversation_id"] == str(talk.pk)]
    assert changes() == said == []
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    assert [row["assignee"]["name"] for row in changes()] == ["Ben"]
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.fay.pk)
    assert {"id": str(talk.pk)} in told(cast, "ben", "conversation.left")
    assert all(row["assignee"]["name"] == "Ben" for row in changes())


def test_a_trainee_sends_no_template_takes_nothing_and_hands_nothing_on(world: Asia):
    cast, talk = world.cast, world.talk
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    start_traineeship(by=BY, user=cast.ben)
    template = {"name": "hello_world", "language": "en_US", "text": "Hello"}
    with pytest.raises(NotAllowed):
        send(by=cast.access("ben"), conversation_id=talk.pk, client_ref="t", kind="template", content=template)
    refused = cast.browser("ben").post(
        f"/api/v1/conversations/{talk.pk}/assign", {"assignee": cast.fay.pk}, content_type="application/json"
    )
    assert refused.status_code == 403 and fresh(talk).assignee_id == cast.ben.pk
    assert not Message.objects.for_system("the test").filter(kind="template").exists()


def test_finance_sees_what_is_marked_from_the_moment_it_is_to_the_moment_it_is_not(world: Asia):
    cast, talk = world.cast, world.talk
    give_duty(by=BY, user=cast.ben, duty="finance")
    assert get(cast, "ben", "conversations?view=any")["results"] == []
    mark_payment(by=cast.access("fay"), conversation_id=talk.pk)
    assert [row["id"] for row in get(cast, "ben", "conversations?view=any")["results"]] == [str(talk.pk)]
    assert told(cast, "ben", "conversation.changed")[-1]["payment_marked_at"] is not None
    assert get(cast, "ben", f"contacts/{talk.contact_id}")["id"] == str(talk.contact_id)
    unmark_payment(by=cast.access("fay"), conversation_id=talk.pk)
    assert cast.browser("ben").get(f"/api/v1/conversations/{talk.pk}").status_code == 404
    assert told(cast, "ben", "conversation.left") == [{"id": str(talk.pk)}]
    assert cast.browser("ben").get(f"/api/v1/contacts/{talk.contact_id}").status_code == 404


def test_a_supervisor_with_the_finance_duty_goes_on_seeing_everything(world: Asia):
    give_duty(by=BY, user=world.cast.dee, duty="finance")
    assert len(get(world.cast, "dee", "conversations?view=any")["results"]) == 1


def test_an_agent_reads_seven_days_back_and_no_further(world: Asia):
    cast, talk, old = world.cast, world.talk, world.question
    age(old, OLD)
    shown = get(cast, "ben", f"conversations/{talk.pk}/messages")["results"]
    assert str(old.pk) not in {row["id"] for row in shown} and shown
    assert str(old.pk) in {row["id"] for row in get(cast, "fay", f"conversations/{talk.pk}/messages")["results"]}
    assert get(cast, "ben", f"conversations/{talk.pk}")["reads_back_to"] is not None
    assert get(cast, "fay", f"conversations/{talk.pk}")["reads_back_to"] is None


def test_an_old_last_message_shows_in_no_list_and_no_event(world: Asia):
    cast = world.cast
    quiet = thread(world.channel, customer("Chen Yu"), "My card number is 4111")
    age(Message.objects.for_system("the test").get(conversation=quiet), OLD)
    mark_payment(by=cast.access("fay"), conversation_id=quiet.pk)
    for name, hidden in (("ben", True), ("eli", True), ("fay", False), ("dee", False)):
        rows = {row["id"]: row for row in get(cast, name, "conversations?view=any")["results"]}
        assert (rows[str(quiet.pk)]["last_message"] is None) is hidden
        event = told(cast, name, "conversation.changed")[-1]
        assert event["id"] == str(quiet.pk) and (event["last_message"] is None) is hidden


def test_one_conversations_history_is_opened_for_a_time(world: Asia):
    cast, talk, old = world.cast, world.talk, world.question
    other = thread(world.channel, customer("Chen Yu"))
    age(old, OLD)
    age(Message.objects.for_system("the test").get(conversation=other), OLD)
    until = timezone.now() + timedelta(hours=1)
    give_grant(
        by=cast.access("dee"), user=cast.ben, permission=READ_HISTORY, on=talk, ends_at=until, reason="Complaint"
    )
    assert str(old.pk) in {row["id"] for row in get(cast, "ben", f"conversations/{talk.pk}/messages")["results"]}
    assert get(cast, "ben", f"conversations/{other.pk}/messages")["results"] == []


def test_sight_of_one_conversation_can_be_given_for_a_time(world: Asia):
    cast, talk = world.cast, world.talk
    until = timezone.now() + timedelta(hours=1)
    give_grant(by=BY, user=cast.cho, permission="inbox.see_conversation", on=talk, ends_at=until, reason="Helps out")
    assert get(cast, "cho", f"conversations/{talk.pk}")["id"] == str(talk.pk)
    assert f"region:{cast.asia.pk}" in cast.access("cho").streams()
    Grant.objects.update(ends_at=timezone.now())
    assert cast.browser("cho").get(f"/api/v1/conversations/{talk.pk}").status_code == 404


def test_who_was_given_a_single_conversation_elsewhere_sees_who_it_is_with(world: Asia):
    from guardian.shortcuts import assign_perm

    cast, talk = world.cast, world.talk
    assert cast.browser("cho").get(f"/api/v1/contacts/{talk.contact_id}").status_code == 404
    assign_perm("inbox.see_conversation", cast.cho, talk)
    assert get(cast, "cho", f"contacts/{talk.contact_id}")["id"] == str(talk.contact_id)
    assert [row["id"] for row in get(cast, "cho", "contacts")["results"]] == [str(talk.contact_id)]


def test_figures_over_all_customers_are_for_whoever_sees_all_of_them(world: Asia):
    """A senior with the duty of finance, and the rights of a supervisor for a time."""
    cast, fay = world.cast, world.cast.fay
    dee = cast.browser("dee")
    assert all(one["uses"] is not None for one in get(cast, "fay", "tags?uses=true")["results"])
    fired = get(cast, "fay", f"rules?region={cast.asia.pk}")["results"]
    assert any(one["figures"]["fired"] for one in fired)
    give_duty(by=BY, user=fay, duty="finance")
    for permission in ("inbox.see_keywords", "contacts.manage_rule"):
        give_grant(
            by=BY,
            user=fay,
            permission=permission,
            reason="Looks after them",
            ends_at=timezone.now() + timedelta(hours=1),
        )
    assert all(one["uses"] is None for one in get(cast, "fay", "tags?uses=true")["results"])
    assert not any(one["figures"]["fired"] for one in get(cast, "fay", f"rules?region={cast.asia.pk}")["results"])
    narrow, trial = cast.browser("fay"), {"region_id": cast.asia.pk, "days": 7, "rule_id": fired[0]["id"]}
    assert narrow.post("/api/v1/rule-trials", trial, content_type="application/json").status_code == 403
    for path in (f"regions/{cast.asia.pk}/keywords", f"keyword-terms/{world.term.pk}"):
        assert (dee.get(f"/api/v1/{path}").status_code, narrow.get(f"/api/v1/{path}").status_code) == (200, 404)
