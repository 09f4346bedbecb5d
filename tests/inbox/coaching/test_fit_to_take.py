"""Whose a conversation becomes by an answer, or again: only whoever could be given it (PM-4, TS-7)."""

import pytest
from guardian.shortcuts import assign_perm

from inbox.actions.assignments import assign_conversation
from inbox.actions.held_decisions import approve_held
from inbox.actions.replies import send_text
from inbox.models import Conversation
from security.actions.traineeships import start_traineeship
from security.models import User
from tests.conftest import BY, Cast
from tests.inbox.coaching.conftest import Learning
from tests.inbox.together.conftest import call
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, thread

_WHY = "the test"


def risky(talk: Conversation) -> None:
    Conversation.objects.for_system(_WHY).filter(pk=talk.pk).update(risk_severity=2)


def free(learning: Learning) -> None:
    assign_conversation(by=learning.by("dee"), conversation_id=learning.talk.pk, to=None)


@pytest.mark.parametrize("unfit", ["risky", "gone", "moved"])
def test_an_approved_reply_gives_it_to_nobody_who_could_not_have_it(learning: Learning, unfit: str):
    held = learning.writes()
    free(learning)
    if unfit == "risky":
        risky(learning.talk)
    elif unfit == "gone":
        User.objects.filter(pk=learning.cast.ben.pk).update(is_active=False)
    else:
        learning.cast.ben.memberships.all().delete()
    approve_held(by=learning.by("dee"), held_id=held.pk, revision=1)
    assert learning.now().assignee_id is None and learning.message(held).status == "queued"


def test_an_approved_reply_gives_it_to_its_author_otherwise(learning: Learning):
    held = learning.writes()
    free(learning)
    approve_held(by=learning.by("dee"), held_id=held.pk, revision=1)
    assert learning.now().assignee_id == learning.cast.ben.pk


def test_a_trainee_who_answers_a_risky_one_does_not_take_it(cast: Cast):
    talk = thread(channel(cast.asia))
    start_traineeship(by=BY, user=cast.ben, mentors=[cast.fay], holds_replies=False)
    assign_perm("inbox.see_conversation", cast.ben, talk)
    risky(talk)
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="One moment")
    assert fresh(talk).assignee_id is None


def test_what_was_theirs_is_not_given_back_to_who_could_not_have_it(cast: Cast):
    talk = thread(channel(cast.asia))
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.ben.pk)
    body = {"client_ref": "1", "ids": [str(talk.pk)], "deed": "assign", "assignee": cast.fay.pk}
    done = call(cast.browser("dee"), "post", "conversations/bulk", body).json()
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    undone = call(cast.browser("dee"), "post", f"conversations/bulk/{done['id']}/undo").json()
    assert [row["code"] for row in undone["refused"]] == ["changed_meanwhile"]
    assert fresh(talk).assignee_id == cast.fay.pk
