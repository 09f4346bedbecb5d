"""Many sweepers look at the same replies: each leaves once."""

import contextlib
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from inbox.actions.scheduled import cancel_scheduled, schedule_reply
from inbox.actions.scheduled_due import send_due_replies
from inbox.errors import NotWaiting
from inbox.models import ScheduledReply
from tests.conftest import Cast
from tests.inbox.assigning.test_at_once import at_once
from tests.worlds.channels import channel
from tests.worlds.threads import messages, thread

pytestmark = pytest.mark.django_db(transaction=True)
SWEEPERS = 6


def test_parallel_sweepers_send_each_once(cast: Cast):
    shop = channel(cast.asia)
    talks = [thread(shop) for _ in range(3)]
    by, send_at = cast.access("fay"), timezone.now() + timedelta(minutes=1)
    for talk in talks:
        for ref in ("1", "2"):
            where: dict[str, Any] = {"conversation_id": talk.pk, "client_ref": ref}
            schedule_reply(by=by, **where, send_at=send_at, kind="text", content={"text": ref})
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        at_once(*[send_due_replies] * SWEEPERS)
    for talk in talks:
        assert [one.content["text"] for one in messages(talk, direction="out")] == ["1", "2"]
    assert set(ScheduledReply.objects.for_system("the test").values_list("state", flat=True)) == {"sent"}


def test_cancelling_while_it_leaves_is_one_or_the_other(cast: Cast):
    shop = channel(cast.asia)
    by = cast.access("fay")
    waits = []
    for _ in range(6):
        send_at = timezone.now() + timedelta(minutes=1)
        made = schedule_reply(
            by=by,
            conversation_id=thread(shop).pk,
            client_ref="1",
            send_at=send_at,
            kind="text",
            content={"text": "Now"},
        )
        waits.append(made.pk)

    def cancel() -> None:
        for pk in waits:
            with contextlib.suppress(NotWaiting):
                cancel_scheduled(by=by, scheduled_id=pk)

    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        at_once(cancel, send_due_replies, send_due_replies)
    rows = list(ScheduledReply.objects.for_system("the test").all())
    assert {row.state for row in rows} <= {"sent", "cancelled"}
    assert len(messages(direction="out")) == sum(row.state == "sent" for row in rows)
