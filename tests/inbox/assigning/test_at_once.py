"""Many workers give out many conversations at once: each to exactly one, nobody beyond their capacity, all fairly."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from inbox.actions.assignments import assign_conversation
from inbox.actions.dispatch import give_waiting
from inbox.models import Assignment, Channel, Conversation
from security.errors import Refusal
from security.models import User
from tests.conftest import BY, PASSWORD, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.duty import at_work, can_take, rule
from tests.worlds.threads import conversations
from tests.worlds.webhooks import arrive, message, value

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 8


def at_once(*works: Callable[[], object]) -> None:
    """Each in a thread and with a connection of its own; what one raises fails the test."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait()
            work()
        except BaseException as error:  # noqa: BLE001
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert raised == []


def crowd(shop: Channel, count: int) -> None:
    who = [customer(f"Customer {number}") for number in range(count)]
    arrive(shop, *(value(shop, people=[one], messages=[message(one)]) for one in who))


def staff(cast: Cast, count: int) -> list[User]:
    from security.actions.people import add_person

    people = []
    for number in range(count):
        who: dict[str, Any] = {"email": f"agent{number}@kefu.test", "name": f"Agent {number}", "password": PASSWORD}
        people.append(add_person(by=BY, **who, level="agent", regions=[cast.asia]))
    at_work(*people)
    return people


def running() -> Counter[int]:
    """Who has how many running assignments; each conversation has one, and says the same itself."""
    rows = list(Assignment.objects.for_system("the test").filter(ended_at=None))
    assert len({row.conversation_id for row in rows}) == len(rows), "a conversation was given twice"
    assert {row.conversation_id: row.assignee_id for row in rows} == {
        row.pk: row.assignee_id for row in conversations() if row.assignee_id
    }
    return Counter(row.assignee_id for row in rows)


def test_every_conversation_is_given_once_and_nobody_gets_more_than_a_fair_share(cast: Cast):
    shop = channel(cast.asia)
    people = staff(cast, 6)
    rule(cast, shop)
    crowd(shop, 90)
    at_once(*[lambda: give_waiting(channel_id=shop.pk)] * WORKERS)
    assert running() == {person.pk: 15 for person in people}
    assert Assignment.objects.for_system("the test").count() == 90, "none was given and taken back"


def test_capacity_holds_over_several_numbers_whose_queues_are_given_out_at_once(cast: Cast):
    shops = [channel(cast.asia) for _ in range(4)]
    people = staff(cast, 5)
    for person in people:
        can_take(person, capacity=7)
    for shop in shops:
        rule(cast, shop, "least_loaded")
        crowd(shop, 20)
    at_once(*[lambda shop=shop: give_waiting(channel_id=shop.pk) for shop in shops * 2])
    assert running() == {person.pk: 7 for person in people}
    assert Conversation.objects.for_system("the test").filter(assignee=None).count() == 80 - 35


def test_people_who_take_what_is_being_given_out_keep_it_and_nothing_is_lost(cast: Cast):
    """The agents grab from the same queue: whatever comes first stands, a conversation has one owner at any time."""
    shop = channel(cast.asia)
    people = staff(cast, 4)
    rule(cast, shop)
    crowd(shop, 60)
    ids = [row.pk for row in conversations(shop)]
    by_hand: list[tuple[object, int]] = []

    def grab(person: User) -> None:
        from security.access import access_of

        for pk in ids[:: len(people)]:
            try:
                assign_conversation(by=access_of(person), conversation_id=pk, to=person.pk)
                by_hand.append((pk, person.pk))
            except Refusal:  # somebody has it already
                continue

    works = [lambda person=person: grab(person) for person in people]
    at_once(*works, *[lambda: give_waiting(channel_id=shop.pk)] * 4)
    assert sum(running().values()) == 60
    assert Assignment.objects.for_system("the test").count() == 60
    for pk, person in by_hand:
        assert Conversation.objects.for_system("the test").get(pk=pk).assignee_id == person


def test_new_messages_come_in_while_the_queue_is_given_out(cast: Cast):
    shop = channel(cast.asia)
    staff(cast, 3)
    rule(cast, shop)
    crowd(shop, 20)
    at_once(
        lambda: crowd(shop, 20),
        *[lambda: give_waiting(channel_id=shop.pk)] * 3,
    )
    give_waiting(channel_id=shop.pk)
    assert sum(running().values()) == 40
