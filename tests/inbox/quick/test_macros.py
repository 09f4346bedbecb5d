"""Macros: several steps in order, all or none, each with its own rules and the runner's rights (CM-7)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from contacts.models import Note
from inbox.actions.assignments import assign_conversation
from inbox.actions.canned_replies import add_canned_reply, delete_canned_reply
from inbox.actions.locks import lock_conversation
from inbox.actions.macro_runs import forget_macro_runs
from inbox.actions.payment_marks import mark_payment
from inbox.actions.snoozes import snooze_conversation
from inbox.models import Channel, Conversation, MacroRun, ScheduledReply, Snooze
from security.actions.duties import give_duty
from security.actions.teams import add_team
from security.actions.traineeships import start_traineeship
from tests.conftest import BY, Cast
from tests.inbox.together.conftest import call
from tests.worlds.threads import fresh, logged, messages

REPLY = {"kind": "reply", "text": "Your order {order.number}, {contact.name}"}
ALL_DONE = [REPLY, {"kind": "note", "text": "Told {contact.name}"}, {"kind": "priority", "priority": "low"}]


def macro(cast: Cast, who: str, steps: list[Any], **more: Any) -> Any:
    return call(cast.browser(who), "post", "macros", {"name": "Done", "steps": steps, **more})


def run(cast: Cast, name: str, talk: Conversation, made: Any, ref: str = "1", **values: str) -> Any:
    path = f"conversations/{talk.pk}/macros/{made['id']}/run"
    return call(cast.browser(name), "post", path, {"client_ref": ref, "values": {"order.number": "7", **values}})


def look(cast: Cast, name: str, talk: Conversation, made: Any) -> Any:
    return call(cast.browser(name), "post", f"conversations/{talk.pk}/macros/{made['id']}/look", {})


def undo(cast: Cast, name: str, done: Any) -> Any:
    return call(cast.browser(name), "post", f"macro-runs/{done['id']}/undo")


def notes() -> list[str]:
    return [note.text for note in Note.objects.for_system("the test").all()]


def test_its_steps_are_done_in_order_with_variables(cast: Cast, talk: Conversation):
    made = macro(cast, "ben", [*ALL_DONE, {"kind": "resolve"}]).json()
    done = run(cast, "ben", talk, made)
    assert done.status_code == 200 and set(done.json()["undoable"]) == {"priority", "resolve"}
    assert messages(talk)[-1].content["text"] == "Your order 7, Mei Lin"
    assert notes() == ["Told Mei Lin"]
    assert (fresh(talk).state, fresh(talk).priority) == ("resolved", 0)
    (line,) = logged("macro.ran")
    assert (line.details["macro"], line.details["steps"]) == ("Done", "reply, note, priority, resolve")


def test_a_step_that_loses_sight_of_it_refuses_the_whole_run(cast: Cast, talk: Conversation):
    """Finance sees what is marked payment."""
    give_duty(by=BY, user=cast.fay, duty="finance")
    mark_payment(by=cast.access("dee"), conversation_id=talk.pk)
    made = macro(cast, "fay", [{"kind": "payment", "marked": False}, {"kind": "assign", "to": "me"}]).json()
    refused = run(cast, "fay", talk, made)
    assert (refused.status_code, refused.json()["field"]) == (404, "steps.1")
    assert fresh(talk).payment_marked_at is not None


def test_a_repeated_run_does_nothing_again(cast: Cast, talk: Conversation):
    made = macro(cast, "ben", ALL_DONE).json()
    first, again = run(cast, "ben", talk, made).json(), run(cast, "ben", talk, made).json()
    assert first["id"] == again["id"] and len(messages(talk)) == 2 and len(notes()) == 1
    run(cast, "ben", talk, made, ref="2")
    assert len(messages(talk)) == 3


def test_one_refused_step_takes_the_earlier_ones_with_it(cast: Cast, talk: Conversation):
    steps = [*ALL_DONE, {"kind": "resolve"}, {"kind": "snooze", "minutes": 5}]
    made = macro(cast, "ben", steps).json()
    answer = run(cast, "ben", talk, made)
    told = answer.json()
    assert (answer.status_code, told["code"], told["field"]) == (409, "not_open", "steps.4")
    assert told["message"].startswith("Step 5: ") and told["remedy"]
    assert len(messages(talk)) == 1 and notes() == [] and fresh(talk).state == "open"
    assert not MacroRun.objects.for_system("the test").exists() and logged("message.queued") == []


def test_a_missing_variable_is_asked_for_before_anything_is_done(cast: Cast, talk: Conversation):
    made = macro(cast, "ben", ALL_DONE).json()
    answer = run(cast, "ben", talk, made, **{"order.number": " "})
    assert (answer.status_code, answer.json()["field"]) == (400, "values.order.number")
    assert len(messages(talk)) == 1 and notes() == []


def test_looking_says_what_it_would_do_and_keeps_nothing(cast: Cast, talk: Conversation):
    made = macro(cast, "ben", ALL_DONE).json()
    seen = look(cast, "ben", talk, made).json()
    assert seen["variables"] == ["order.number", "contact.name"]
    assert seen["values"] == {"contact.name": "Mei Lin"} and seen["refusal"] is None
    assert len(messages(talk)) == 1 and notes() == [] and fresh(talk).version == talk.version
    bad = macro(cast, "ben", [{"kind": "resolve"}, {"kind": "snooze", "minutes": 5}]).json()
    refusal = look(cast, "ben", talk, bad).json()["refusal"]
    assert (refusal["code"], refusal["field"]) == ("not_open", "steps.1")
    assert look(cast, "cho", talk, made).status_code == 404


def test_what_can_be_taken_back_is(cast: Cast, talk: Conversation):
    steps = [
        {"kind": "assign", "to": "me"}, {"kind": "priority", "priority": "urgent"},
        {"kind": "payment"}, {"kind": "snooze", "days": 2},
    ]  # fmt: skip
    made = macro(cast, "ben", steps).json()
    before = fresh(talk)
    done = run(cast, "ben", talk, made).json()
    now = fresh(talk)
    assert (now.assignee_id, now.priority, now.state) == (cast.ben.pk, 3, "snoozed") and now.payment_marked_at
    assert undo(cast, "fay", done).status_code == 404
    assert undo(cast, "ben", done).json()["undo_until"] is None
    now = fresh(talk)
    for name in ("assignee_id", "priority", "state", "payment_marked_at"):
        assert getattr(now, name) == getattr(before, name)
    assert not Snooze.objects.for_system("the test").filter(ended_at=None).exists()
    assert undo(cast, "ben", done).status_code == 200 and len(logged("macro.taken_back")) == 1


def test_it_is_too_late_after_a_while_and_changes_of_others_stay(cast: Cast, talk: Conversation):
    made = macro(cast, "ben", [{"kind": "priority", "priority": "urgent"}]).json()
    done = run(cast, "ben", talk, made).json()
    call(cast.browser("fay"), "post", f"conversations/{talk.pk}/priority", {"priority": "low"})
    assert undo(cast, "ben", done).json()["code"] == "changed_meanwhile"
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert undo(cast, "ben", done).json()["code"] == "too_late"
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert forget_macro_runs() == 1


def test_a_snooze_that_was_running_runs_on(cast: Cast, talk: Conversation):
    until = timezone.now() + timedelta(days=3)
    snooze_conversation(by=cast.access("ben"), conversation_id=talk.pk, until=until)
    done = run(cast, "ben", talk, macro(cast, "ben", [{"kind": "snooze", "minutes": 5}]).json()).json()
    undo(cast, "ben", done)
    assert Snooze.objects.for_system("the test").get(ended_at=None).until == until


def test_the_morning_is_that_of_the_region(cast: Cast, talk: Conversation):
    with time_machine.travel("2026-03-02T20:00:00Z", tick=False):  # four in the morning of the third in Taipei
        run(cast, "ben", talk, macro(cast, "ben", [{"kind": "snooze", "days": 1}]).json())
        until = Snooze.objects.for_system("the test").get().until
    assert until.isoformat() == "2026-03-04T01:00:00+00:00"


def test_a_shared_one_is_seniors_to_share_and_everybodys_to_run(cast: Cast, talk: Conversation):
    assert macro(cast, "ben", ALL_DONE, region_id=cast.asia.pk).status_code == 403
    made = macro(cast, "fay", ALL_DONE, region_id=cast.asia.pk).json()
    assert run(cast, "ben", talk, made).status_code == 200
    assert run(cast, "eli", talk, made).status_code == 403
    assert run(cast, "cho", talk, made).status_code == 404
    assert call(cast.browser("ben"), "delete", f"macros/{made['id']}").status_code == 403
    own = macro(cast, "ben", ALL_DONE).json()
    assert run(cast, "fay", talk, own, ref="3").status_code == 404


def test_each_step_has_the_runners_rights(cast: Cast, talk: Conversation):
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.fay.pk)
    made = macro(cast, "fay", [{"kind": "assign", "to": cast.ben.pk}], region_id=cast.asia.pk).json()
    answer = run(cast, "ben", talk, made)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (403, "not_allowed", "steps.0")
    assert run(cast, "fay", talk, made).status_code == 200


def test_a_trainee_sends_no_template_by_a_macro_either(cast: Cast, talk: Conversation):
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    start_traineeship(by=BY, user=cast.ben)
    template = {"name": "hello_world", "language": "en", "components": [], "text": "Hi"}
    made = macro(cast, "ben", [{"kind": "template", "template": template}]).json()
    assert run(cast, "ben", talk, made).json()["code"] == "not_allowed"
    done = macro(cast, "ben", [{"kind": "assign", "to": "me"}, {"kind": "resolve"}]).json()
    assert run(cast, "ben", talk, done).status_code == 200


def test_a_template_is_sent_with_its_variables(cast: Cast, talk: Conversation):
    parameter = {"type": "text", "text": "{contact.name}"}
    template = {
        "name": "order_update", "language": "en", "text": "Hello {contact.name}",
        "components": [{"type": "body", "parameters": [parameter]}],
    }  # fmt: skip
    made = macro(cast, "ben", [{"kind": "template", "template": template}]).json()
    assert run(cast, "ben", talk, made).status_code == 200
    sent = messages(talk)[-1]
    assert sent.kind == "template" and sent.content["components"][0]["parameters"][0]["text"] == "Mei Lin"


def test_a_locked_conversation_is_left_alone(cast: Cast, talk: Conversation):
    lock_conversation(by=cast.access("dee"), conversation_id=talk.pk, reason="Refund")
    answer = run(cast, "ben", talk, macro(cast, "ben", ALL_DONE).json())
    assert (answer.status_code, answer.json()["code"]) == (409, "conversation_locked") and notes() == []


def test_a_canned_reply_is_what_it_says_when_it_runs(cast: Cast, shop: Channel, talk: Conversation):
    reply = add_canned_reply(by=cast.access("ben"), shortcut="hi", text="Hello {contact.name}", buttons=["Yes", "No"])
    made = macro(cast, "ben", [{"kind": "reply", "reply_id": str(reply.pk)}]).json()
    assert run(cast, "ben", talk, made).status_code == 200
    sent = messages(talk)[-1]
    assert (sent.kind, sent.content["text"]) == ("interactive", "Hello Mei Lin")
    assert [button["title"] for button in sent.content["buttons"]] == ["Yes", "No"]
    delete_canned_reply(by=cast.access("ben"), reply_id=reply.pk)
    assert run(cast, "ben", talk, made, ref="2").json()["code"] == "canned_reply_gone"
    assert look(cast, "ben", talk, made).json()["refusal"]["code"] == "canned_reply_gone"


def test_a_shared_one_sends_nobodys_own_reply(cast: Cast):
    reply = add_canned_reply(by=cast.access("fay"), shortcut="hi", text="Hello")
    answer = macro(cast, "fay", [{"kind": "reply", "reply_id": str(reply.pk)}], region_id=cast.asia.pk)
    assert (answer.status_code, answer.json()["field"]) == (400, "steps.0.reply_id")


def test_one_step_may_be_for_later_and_one_for_a_team(cast: Cast, talk: Conversation):
    team = add_team(by=BY, region=cast.asia, name="Returns", people=[cast.ben.pk])
    steps = [{"kind": "later", "text": "Any news, {contact.name}?", "minutes": 60}, {"kind": "team", "team": team.pk}]
    done = run(cast, "ben", talk, macro(cast, "ben", steps).json()).json()
    waits = ScheduledReply.objects.for_system("the test").get()
    assert waits.content["content"]["text"] == "Any news, Mei Lin?" and fresh(talk).team_id == team.pk
    undo(cast, "ben", done)
    assert fresh(talk).team_id is None and done["undoable"] == ["team"]


NESTED: list[Any] = []
for _ in range(40):
    NESTED = [NESTED]
WRONG = [
    ([], "steps"),
    ([{"kind": "reply"}], "steps.0.text"),
    ([{"kind": "resolve"}, {"kind": "priority"}], "steps.1.priority"),
    ([{"kind": "priority", "priority": "huge"}], "steps.0.priority"),
    ([{"kind": "assign", "to": "you"}], "steps.0.to"),
    ([{"kind": "assign", "to": True}], "steps.0.to"),
    ([{"kind": "assign", "to": -1}], "steps.0.to"),
    ([{"kind": "note", "text": "{nobody.knows}"}], "steps.0.text"),
    ([{"kind": "snooze", "minutes": 0}], "steps.0.minutes"),
    ([{"kind": "template", "template": {}}], "steps.0.template"),
    ([{"kind": "template", "template": {"name": "a", "language": "en", "text": "{oh.no}"}}], "steps.0.template"),
    ([{"kind": "template", "template": {"name": "a", "language": "en", "text": "\x00"}}], "steps.0.template"),
    ([{"kind": "template", "template": {"name": "a", "language": "en", "x": NESTED}}], "template"),
    ([{"kind": "resolve"}] * 13, "steps"),
]


@pytest.mark.parametrize(("steps", "field"), WRONG)
def test_what_is_odd_is_refused_at_its_step(cast: Cast, steps: list[Any], field: str):
    answer = macro(cast, "ben", steps)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_it_is_changed_ordered_deleted_and_restored(cast: Cast):
    ben = cast.browser("ben")
    first, second = (macro(cast, "ben", [{"kind": "resolve"}], name=name).json()["id"] for name in "AB")
    call(ben, "put", "macros/order", {"ids": [second, first]})
    names = [row["name"] for row in ben.get("/api/v1/macros").json()["results"]]
    assert names == ["B", "A"]
    changed = call(ben, "put", f"macros/{first}", {"name": "C", "steps": ALL_DONE}).json()
    assert (changed["name"], len(changed["steps"])) == ("C", 3)
    assert call(ben, "delete", f"macros/{first}").status_code == 204
    assert [row["name"] for row in ben.get("/api/v1/macros").json()["results"]] == ["B"]
    assert call(ben, "post", f"macros/{first}/restore").json()["name"] == "C"
    assert call(cast.browser("fay"), "post", f"macros/{first}/restore").status_code == 404
