"""Two colleagues do not answer one customer twice without knowing of each other (PM-11)."""

import threading
from typing import Any

import pytest
from django.db import connections

from inbox.actions.replies import react, send, send_text
from inbox.errors import AnsweredMeanwhile
from inbox.models import Conversation, Message
from security.access import Access
from tests.conftest import Cast
from tests.inbox.together.conftest import call
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, messages, thread


def answer(by: Access, talk: Conversation, ref: str, seen: int | None) -> Message:
    return send(
        by=by, conversation_id=talk.pk, client_ref=ref, kind="text", content={"text": ref}, answers_seen=seen
    )  # fmt: skip


def test_who_does_not_know_of_a_colleagues_answer_is_stopped_until_they_do(cast: Cast, talk: Conversation):
    send_text(by=cast.access("dee"), conversation_id=talk.pk, client_ref="first", text="It is on its way")
    body = {"type": "text", "text": "Which parcel?", "client_ref": "mine", "answers_seen": 0}
    fay, path = cast.browser("fay"), f"conversations/{talk.pk}/messages"
    refused = call(fay, "post", path, body)
    told = refused.json()
    assert (refused.status_code, told["code"], told["field"]) == (409, "answered_meanwhile", "answers_seen")
    assert "Dee" in told["message"] and told["remedy"]
    assert len(messages(talk, direction="out")) == 1
    count = fay.get(f"/api/v1/conversations/{talk.pk}").json()["answer_count"]
    assert call(fay, "post", path, {**body, "answers_seen": count}).status_code == 201, "sent anyway, knowingly"
    assert call(fay, "post", path, {**body, "answers_seen": 0}).status_code == 200, "and never twice"
    assert len(messages(talk, direction="out")) == 2


def test_a_client_that_does_not_ask_is_not_stopped(cast: Cast, talk: Conversation):
    send_text(by=cast.access("dee"), conversation_id=talk.pk, client_ref="first", text="On its way")
    for more in ({}, {"answers_seen": None}):
        body = {"type": "text", "text": "Hi", "client_ref": f"{more}", **more}
        assert call(cast.browser("fay"), "post", f"conversations/{talk.pk}/messages", body).status_code == 201


def test_ones_own_answers_cross_nothing(cast: Cast, talk: Conversation):
    fay = cast.access("fay")
    for number in range(3):  # queued offline, all written with the same knowledge
        answer(fay, talk, f"mine {number}", 0)
    assert fresh(talk).answer_count == 3
    answer(cast.access("dee"), talk, "hers", 3)
    answer(fay, talk, "knows", 4)
    with pytest.raises(AnsweredMeanwhile):
        answer(fay, talk, "too late", 3)


def test_a_reaction_is_no_answer(cast: Cast, talk: Conversation):
    question = messages(talk, direction="in")[0]
    Message.objects.for_system("the test").filter(pk=question.pk).update(provider_ref="wamid.q")
    react(by=cast.access("dee"), conversation_id=talk.pk, client_ref="r", message_id=question.pk, emoji="👍")
    assert fresh(talk).answer_count == 0
    answer(cast.access("fay"), talk, "mine", 0)
    assert fresh(talk).answer_count == 1


@pytest.mark.parametrize("seen", [-1, "2", 2**31, 1.5, True])
def test_odd_conditions_are_refused(cast: Cast, talk: Conversation, seen: Any):
    body = {"type": "text", "text": "Hi", "client_ref": "odd", "answers_seen": seen}
    assert call(cast.browser("fay"), "post", f"conversations/{talk.pk}/messages", body).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_gets_through(cast: Cast):
    talk = thread(channel(cast.asia), customer())
    people = [cast.access(name) for name in ("fay", "dee", "ana")] * 2
    outcomes: list[str] = []
    start = threading.Barrier(len(people))

    def try_one(by: Access, ref: str) -> None:
        start.wait()
        try:
            answer(by, talk, ref, 0)
            outcomes.append(by.name)
        except AnsweredMeanwhile:
            outcomes.append("stopped")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=try_one, args=(by, f"{n}")) for n, by in enumerate(people)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    through = {name for name in outcomes if name != "stopped"}
    assert len(outcomes) == len(people) and len(through) == 1, "all of one person's, nobody else's"
    assert len(messages(talk, direction="out")) == outcomes.count(through.pop()) == fresh(talk).answer_count
