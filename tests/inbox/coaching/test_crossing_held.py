"""A colleague has answered while a trainee's reply waited, or before a macro ran: nobody is answered twice unasked."""

from typing import Any

import pytest

from inbox.actions.held_alarms import raise_held_alarms
from inbox.actions.held_decisions import approve_held
from inbox.actions.holding import revise_held
from inbox.actions.replies import send_text
from inbox.errors import AnsweredMeanwhile
from inbox.models import HeldReply
from tests.conftest import Cast
from tests.inbox.assigning.test_at_once import at_once
from tests.inbox.coaching.conftest import Learning
from tests.inbox.together.conftest import call
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, messages, thread


def approved(learning: Learning, held: HeldReply, seen: int | None, by: str = "fay") -> Any:
    body = {"revision": fresh(held).revision, "answers_seen": seen}
    return call(learning.cast.browser(by), "post", f"held-replies/{held.pk}/approve", body)


def dee_answers(learning: Learning, ref: str = "d") -> None:
    send_text(by=learning.by("dee"), conversation_id=learning.talk.pk, client_ref=ref, text="It comes tomorrow")


def test_the_mentor_is_asked_and_may_approve_all_the_same(learning: Learning):
    held = learning.writes()
    dee_answers(learning)
    (shown,) = learning.cast.browser("fay").get("/api/v1/held-replies?box=waiting").json()["results"]
    assert (shown["answers_seen"], shown["answer_count"]) == (0, 1)
    refused = approved(learning, held, shown["answers_seen"])
    assert (refused.status_code, refused.json()["code"]) == (409, "answered_meanwhile")
    assert "Dee" in refused.json()["message"] and learning.message(held).status == "held"
    dee_answers(learning, "d2")
    assert approved(learning, held, shown["answer_count"]).status_code == 409, "a third one is noticed too"
    assert approved(learning, held, 2).status_code == 200 and learning.message(held).status == "queued"


def test_the_authors_and_the_mentors_own_answers_cross_nothing(learning: Learning):
    first, second = learning.writes(), learning.writes("And it is blue", "2")
    send_text(by=learning.by("fay"), conversation_id=learning.talk.pk, client_ref="f", text="One moment")
    assert approved(learning, first, 0).status_code == 200
    assert approved(learning, second, 0).status_code == 200


def test_a_program_that_does_not_ask_is_not_stopped(learning: Learning):
    held = learning.writes()
    dee_answers(learning)
    approve_held(by=learning.by("fay"), held_id=held.pk, revision=1)
    assert learning.message(held).status == "queued"


def test_an_answer_is_one_of_the_alarms_until_it_is_written_anew(learning: Learning):
    held = learning.writes()
    assert raise_held_alarms() == 0
    dee_answers(learning)
    assert raise_held_alarms() == 1 and raise_held_alarms() == 0
    assert fresh(held).alarms == ["answered"]
    revise_held(by=learning.by("ben"), held_id=held.pk, revision=1, text="As Dee says")
    assert fresh(held).answers_seen == 1
    assert approved(learning, held, fresh(held).answers_seen).status_code == 200


def macro_for(cast: Cast, steps: list[dict[str, Any]]) -> str:
    return call(cast.browser("fay"), "post", "macros", {"name": "Bye", "steps": steps}).json()["id"]


def test_a_macro_that_says_something_asks_the_same(cast: Cast):
    talk = thread(channel(cast.asia))
    made = macro_for(cast, [{"kind": "reply", "text": "Done"}])
    send_text(by=cast.access("dee"), conversation_id=talk.pk, client_ref="d", text="It comes tomorrow")
    path, body = f"conversations/{talk.pk}/macros/{made}/run", {"client_ref": "m", "answers_seen": 0}
    refused = call(cast.browser("fay"), "post", path, body)
    assert (refused.status_code, refused.json()["code"]) == (409, "answered_meanwhile")
    assert len(messages(talk, direction="out")) == 1
    assert call(cast.browser("fay"), "post", path, {**body, "answers_seen": 1}).status_code == 200
    assert call(cast.browser("fay"), "post", path, body).status_code == 200, "repeated, it is the first run"
    assert len(messages(talk, direction="out")) == 2


def test_one_that_says_nothing_asks_nothing(cast: Cast):
    talk = thread(channel(cast.asia))
    made = macro_for(cast, [{"kind": "priority", "priority": "low"}])
    send_text(by=cast.access("dee"), conversation_id=talk.pk, client_ref="d", text="It comes tomorrow")
    path, body = f"conversations/{talk.pk}/macros/{made}/run", {"client_ref": "m", "answers_seen": 0}
    assert call(cast.browser("fay"), "post", path, body).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_an_approval_and_an_answer_at_once_the_second_learns_of_the_first(learning: Learning):
    held = learning.writes()
    done: list[str] = []

    def mentor() -> None:
        try:
            approve_held(by=learning.by("fay"), held_id=held.pk, revision=1, answers_seen=0)
            done.append("approved")
        except AnsweredMeanwhile:
            done.append("stopped")

    at_once(mentor, lambda: dee_answers(learning))
    said = [one.status for one in messages(learning.talk, direction="out")]
    assert done and said.count("held") == (done == ["stopped"])
