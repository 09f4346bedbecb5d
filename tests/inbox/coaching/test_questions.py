"""What a mentor is shown beside a reply that waits: what was asked, as far as they read back (SE-5)."""

from dataclasses import replace
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.replies import send_text
from inbox.coaching.queries import held_page
from inbox.coaching.shaping import held_shapes
from security.access import Access
from tests.inbox.coaching.conftest import Learning
from tests.worlds.threads import thread
from tests.worlds.webhooks import message, says


def questions(access: Access) -> list[str | None]:
    rows = held_page(access=access, box="waiting", after=None, limit=50)
    return [shape.question for shape in held_shapes(rows, reader=access)]


def test_it_is_the_last_one_before_the_reply_however_much_came_after(learning: Learning, time_machine):
    time_machine.shift(60)
    learning.writes()
    for number in range(5):
        time_machine.shift(60)
        says(learning.shop, learning.mei, message(learning.mei, "text", f"Hello? {number}"))
    assert questions(learning.by("fay")) == ["Where is my parcel?"]


def test_what_is_older_than_the_reader_reads_is_not_told(learning: Learning, time_machine):
    time_machine.shift(60)
    learning.writes()
    # Between the customer's question and the reply.
    narrow = replace(learning.by("fay"), history_from=timezone.now() - timedelta(seconds=30))
    assert questions(narrow) == [None]


def test_many_cost_no_more_statements_than_one(learning: Learning):
    ben, fay = learning.by("ben"), learning.by("fay")
    counts = []
    for round_ in range(2):
        for number in range(1 + 4 * round_):
            talk = thread(learning.shop, text=f"{round_} {number}")
            assign_conversation(by=learning.by("dee"), conversation_id=talk.pk, to=ben.user_id)
            send_text(by=ben, conversation_id=talk.pk, client_ref="1", text="One moment")
        with CaptureQueriesContext(connection) as asked:
            questions(fay)
        counts.append(len([one for one in asked.captured_queries if "inbox_message" in one["sql"]]))
    assert counts[0] == counts[1]
