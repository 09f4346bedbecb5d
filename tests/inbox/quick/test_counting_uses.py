"""Counting how often a canned reply is sent costs nobody's message anything."""

from typing import Any

import pytest

from inbox.actions.canned_replies import add_canned_reply
from inbox.models import Conversation, ReplyUse
from inbox.tasks import count_reply_use
from tests.conftest import Cast
from tests.inbox.together.conftest import call
from tests.worlds.threads import messages


def gone(*_args: Any, **_more: Any) -> None:
    raise ConnectionError("the broker is away")


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_away_the_message_is_queued_and_the_answer_is_no_error(
    cast: Cast, talk: Conversation, monkeypatch: pytest.MonkeyPatch
):
    made = add_canned_reply(by=cast.access("ben"), shortcut="hi", title="Hi", text="Hello")
    body = {"type": "text", "text": "Hello", "client_ref": "1", "canned_reply": str(made.pk)}
    path = f"conversations/{talk.pk}/messages"
    with monkeypatch.context() as patched:
        patched.setattr(count_reply_use, "apply_async", gone)
        assert call(cast.browser("ben"), "post", path, body).status_code == 201
    assert len(messages(talk, direction="out")) == 1 and not ReplyUse.objects.for_system("the test").exists()
    assert call(cast.browser("ben"), "post", path, body).status_code == 200
    assert not ReplyUse.objects.for_system("the test").exists(), "a repetition counts nothing"
    assert call(cast.browser("ben"), "post", path, {**body, "client_ref": "2"}).status_code == 201
