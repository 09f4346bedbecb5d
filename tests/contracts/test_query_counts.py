"""A page costs the same number of queries however many rows it shows."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inbox.actions.replies import react, send_text
from inbox.models import Channel, Message
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import messages, thread
from tests.worlds.webhooks import message, says, wamid

FEW, MANY = 2, 12


def write(shop: Channel, who: Customer, cast: Cast) -> Message:
    """A question with a photo, our quoted answer and a reaction on each: everything a row can carry."""
    photo = {"id": "700001", "mime_type": "image/jpeg", "caption": "this one"}
    asked = message(who, "image", photo)
    says(shop, who, asked, message(who, "reaction", {"message_id": asked["id"], "emoji": "🙏"}))
    (question,) = Message.objects.for_system("the test").filter(provider_ref=asked["id"])
    fay = cast.access("fay")
    send_text(by=fay, conversation_id=question.conversation_id, client_ref=wamid(), text="Yes", reply_to=question.pk)
    return react(
        by=fay, conversation_id=question.conversation_id, client_ref=wamid(), message_id=question.pk, emoji="👍"
    )


def cost(cast: Cast, path: str, expected: int) -> int:
    """The queries of one call by Ben, whose answer must hold ``expected`` rows."""
    browser = cast.browser("ben")
    browser.get(path)  # what a process remembers is read by the first call only
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer: dict[str, Any] = browser.get(path).json()
    assert len(answer["results"]) == expected
    return len(queries)


@pytest.mark.parametrize("path", ["conversations?view=any", "contacts"])
def test_a_list_costs_the_same_for_few_and_for_many(cast: Cast, path: str):
    shop = channel(cast.asia)
    for _ in range(FEW):
        write(shop, customer(), cast)
    few = cost(cast, f"/api/v1/{path}", FEW)
    for _ in range(MANY - FEW):
        write(shop, customer(), cast)
    many = cost(cast, f"/api/v1/{path}", MANY)
    assert many == few <= 25


def test_a_thread_costs_the_same_for_few_and_for_many_messages(cast: Cast):
    shop, who = channel(cast.asia), customer()
    talk = thread(shop, who)
    path = f"/api/v1/conversations/{talk.pk}/messages"
    write(shop, who, cast)
    few = cost(cast, path, 3)
    for _ in range(MANY):
        write(shop, who, cast)
    many = cost(cast, path, 3 + 2 * MANY)
    assert many == few <= 25


def test_a_batch_of_webhooks_costs_the_same_queries_per_message_or_fewer(cast: Cast):
    """Ingest works in batches: fifty messages of fifty people must not cost fifty times one."""
    from tests.worlds.webhooks import arrive, value

    shop = channel(cast.asia)

    def cost_of(count: int) -> int:
        crowd = [customer() for _ in range(count)]
        with CaptureQueriesContext(connection) as queries:
            arrive(shop, *(value(shop, people=[who], messages=[message(who)]) for who in crowd))
        return len(queries)

    cost_of(1)
    one = cost_of(1)
    assert cost_of(50) <= one + 5
    assert len(messages()) == 52
