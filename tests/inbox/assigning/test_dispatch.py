"""What waits at a number is given out: to whom, when, and what is left of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.models import Contact
from inbox.actions.assignments import assign_conversation, assign_to_team
from inbox.actions.dispatch import give_waiting
from inbox.actions.replies import send_text
from inbox.actions.resolutions import resolve_conversation
from inbox.models import Assignment, Channel, Conversation
from inbox.sweeping import sweep
from inbox.tasks import assign_waiting
from security.actions.people import change_own_settings
from security.actions.traineeships import start_traineeship
from security.models import Presence
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.duty import at_work, can_take, given, holder, policy, rule, team
from tests.worlds.threads import fresh, logged, thread
from tests.worlds.webhooks import message, says


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def hints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The channels that workers were told of."""
    told: list[str] = []
    monkeypatch.setattr(assign_waiting, "apply_async", lambda args, **how: told.append(args[0]))
    return told


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    return django_capture_on_commit_callbacks


def test_each_in_turn_the_longest_waiting_first(cast: Cast, shop: Channel):
    rule(cast, shop)
    at_work(cast.ben, cast.fay)
    newest, oldest, middle = thread(shop, ago=10), thread(shop, ago=300), thread(shop, ago=60)
    assert give_waiting(channel_id=shop.pk) == 3
    assert [holder(talk) for talk in (oldest, middle, newest)] == [cast.ben.pk, cast.fay.pk, cast.ben.pk]
    (row,) = given(oldest)
    assert (row.method, row.assigned_by_id, row.why["rule"], row.ended_at) == ("round_robin", None, "turn", None)
    assert {one[0]: one[1:] for one in row.why["candidates"]} == {cast.ben.pk: [0, 20, ""], cast.fay.pk: [0, 20, ""]}
    line = logged("conversation.assigned")[-1]
    assert (line.actor_kind, line.details["how"], line.details["rule"]) == ("system", "round_robin", "turn")


def test_the_turn_is_remembered_between_two_times(cast: Cast, shop: Channel):
    rule(cast, shop)
    at_work(cast.ben, cast.fay)
    talks = []
    for _ in range(4):
        talks.append(thread(shop))
        give_waiting(channel_id=shop.pk)
    assert [holder(talk) for talk in talks] == [cast.ben.pk, cast.fay.pk] * 2


def test_whoever_has_least_gets_the_next(cast: Cast, shop: Channel):
    for person in (cast.ben, cast.ben, cast.fay):
        assign_conversation(by=cast.access("dee"), conversation_id=thread(shop).pk, to=person.pk)
    rule(cast, shop, "least_loaded")
    at_work(cast.ben, cast.fay)
    talk = thread(shop)
    give_waiting(channel_id=shop.pk)
    assert (holder(talk), given(talk)[0].why["rule"]) == (cast.fay.pk, "least")


def test_only_people_who_are_there_available_allowed_and_of_the_region_are_on_duty(cast: Cast, shop: Channel):
    rule(cast, shop)
    at_work(cast.ben, cast.cho, cast.eli)  # Cho is elsewhere, Eli only reads, Fay has no tab open
    change_own_settings(by=cast.access("ben"), availability="away")
    talk = thread(shop)
    assert give_waiting(channel_id=shop.pk) == 0
    change_own_settings(by=cast.access("ben"), availability="available")
    assert give_waiting(channel_id=shop.pk) == 1 and holder(talk) == cast.ben.pk


def test_somebody_whose_tab_fell_silent_is_not_on_duty(cast: Cast, shop: Channel):
    rule(cast, shop)
    at_work(cast.ben)
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    thread(shop)
    assert give_waiting(channel_id=shop.pk) == 0


def test_nobody_gets_more_than_their_capacity_and_the_rest_waits_until_somebody_has_room(cast: Cast, shop: Channel):
    rule(cast, shop)
    at_work(cast.ben)
    can_take(cast.ben, capacity=2)
    talks = [thread(shop, ago=seconds) for seconds in (300, 200, 100)]
    assert give_waiting(channel_id=shop.pk) == 2
    assert [holder(talk) for talk in talks] == [cast.ben.pk, cast.ben.pk, None]
    assert given(talks[1])[0].why["candidates"] == [[cast.ben.pk, 1, 2, ""]]
    resolve_conversation(by=cast.access("ben"), conversation_id=talks[0].pk)
    assert give_waiting(channel_id=shop.pk) == 1 and holder(talks[2]) == cast.ben.pk


def test_a_trainee_is_given_little_unless_more_was_set(cast: Cast, shop: Channel):
    policy(trainee_capacity=1)
    start_traineeship(by=BY, user=cast.ben)
    rule(cast, shop)
    at_work(cast.ben)
    talks = [thread(shop) for _ in range(3)]
    assert give_waiting(channel_id=shop.pk) == 1
    can_take(cast.ben, capacity=2)
    assert give_waiting(channel_id=shop.pk) == 1
    theirs = Conversation.objects.visible_to(cast.access("ben"))
    assert theirs.count() == 2 and {row.pk for row in theirs} < {talk.pk for talk in talks}


def test_what_nobody_free_can_be_given_holds_up_nothing_behind_it(cast: Cast, shop: Channel):
    others = team(cast, cast.fay)
    rule(cast, shop)
    at_work(cast.ben)
    theirs, anybodys = thread(shop, ago=300), thread(shop, ago=10)
    assign_to_team(by=cast.access("dee"), conversation_id=theirs.pk, team_id=others.pk)
    assert give_waiting(channel_id=shop.pk) == 1
    assert (holder(theirs), holder(anybodys)) == (None, cast.ben.pk)
    at_work(cast.fay)
    assert give_waiting(channel_id=shop.pk) == 1 and holder(theirs) == cast.fay.pk


def test_a_returning_customer_comes_to_whoever_looked_after_them_last(cast: Cast, shop: Channel):
    rule(cast, shop, returning=True)
    at_work(cast.ben, cast.fay)
    who = customer()
    talk = thread(shop, who, ago=300)
    assign_conversation(by=cast.access("dee"), conversation_id=talk.pk, to=cast.fay.pk)
    resolve_conversation(by=cast.access("fay"), conversation_id=talk.pk)
    says(shop, who, message(who, "text", "One more thing"))
    thread(shop)  # Ben's turn, which the returning one leaves alone
    give_waiting(channel_id=shop.pk)
    assert holder(talk) == cast.fay.pk
    first, again = given(talk)
    assert (first.ended_how, again.method, again.why["rule"]) == ("case", "returning", "returning")


def test_a_contact_s_language_finds_who_speaks_it(cast: Cast, shop: Channel):
    rule(cast, shop, language="require")
    at_work(cast.ben, cast.fay)
    can_take(cast.fay, languages=("en", "ja"))
    talk = thread(shop)
    Contact.objects.for_system("the test").filter(pk=talk.contact_id).update(language="en")
    give_waiting(channel_id=shop.pk)
    assert holder(talk) == cast.fay.pk
    assert given(talk)[0].why["language"] == "en"
    assert [cast.ben.pk, 0, 20, "language"] in given(talk)[0].why["candidates"], "he uses Kefu in Chinese"


def test_who_put_it_back_is_not_given_it_again_until_the_customer_waits_anew(cast: Cast, shop: Channel):
    rule(cast, shop)
    at_work(cast.ben)
    who = customer()
    talk = thread(shop, who, ago=60)
    give_waiting(channel_id=shop.pk)
    assign_conversation(by=cast.access("ben"), conversation_id=talk.pk, to=None)
    assert give_waiting(channel_id=shop.pk) == 0 and holder(talk) is None
    send_text(by=cast.access("fay"), conversation_id=talk.pk, client_ref="1", text="Yes")
    assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=None)
    Conversation.objects.for_system("she was answered").update(waiting_since=None)
    says(shop, who, message(who, ago=-1))
    assert give_waiting(channel_id=shop.pk) == 1 and holder(talk) == cast.ben.pk


def test_nothing_is_given_out_where_nobody_wants_it(cast: Cast, shop: Channel):
    at_work(cast.ben)
    talk = thread(shop)
    assert give_waiting(channel_id=shop.pk) == 0
    rule(cast, shop, "off")
    assert give_waiting(channel_id=shop.pk) == 0 and holder(talk) is None


def test_what_nobody_waits_for_is_left_alone(cast: Cast, shop: Channel):
    rule(cast, shop)
    at_work(cast.ben)
    resolved, quiet = thread(shop), thread(shop)
    resolve_conversation(by=cast.access("fay"), conversation_id=resolved.pk)
    Conversation.objects.for_system("we spoke last").filter(pk=quiet.pk).update(waiting_since=None)
    assert give_waiting(channel_id=shop.pk) == 0


def test_workers_hear_of_what_came_in_what_was_put_back_and_who_has_room(
    cast: Cast, shop: Channel, hints: list[str], commits
):
    rule(cast, shop)
    with commits(execute=True):
        talk = thread(shop)
    assert hints == [str(shop.pk)]
    ben = cast.access("ben")
    for deed in (
        lambda: assign_conversation(by=ben, conversation_id=talk.pk, to=ben.user_id),
        lambda: assign_conversation(by=ben, conversation_id=talk.pk, to=None),
        lambda: resolve_conversation(by=ben, conversation_id=talk.pk),
    ):
        hints.clear()
        with commits(execute=True):
            deed()
        assert hints == [str(shop.pk)]


def test_nobody_is_told_of_what_comes_to_somebody_who_has_it_already(
    cast: Cast, shop: Channel, hints: list[str], commits
):
    rule(cast, shop)
    who = customer()
    talk = thread(shop, who)
    assign_conversation(by=cast.access("ben"), conversation_id=talk.pk, to=cast.ben.pk)
    with commits(execute=True):
        says(shop, who)
    assert hints == []


def test_a_lost_hint_costs_one_sweep(cast: Cast, shop: Channel, hints: list[str]):
    rule(cast, shop)
    other = channel(cast.asia)
    thread(shop)
    thread(other)
    hints.clear()
    sweep()
    assert hints == [str(shop.pk)], "the other number is not given out"


def test_what_comes_in_costs_no_query_more_where_nothing_is_given_out(cast: Cast, shop: Channel):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            thread(shop)
        assert not any("assignmentrule" in one["sql"] and "JOIN" not in one["sql"] for one in queries)
        return len(queries)

    thread(shop)
    off = cost()
    rule(cast, shop)
    assert cost() == off


def test_a_new_case_waits_for_everybody_again(cast: Cast, shop: Channel):
    who, ours = customer(), team(cast, cast.ben)
    talk = thread(shop, who)
    assign_to_team(by=cast.access("dee"), conversation_id=talk.pk, team_id=ours.pk)
    resolve_conversation(by=cast.access("fay"), conversation_id=talk.pk)
    says(shop, who)
    assert fresh(talk).team_id is None
    assert not Assignment.objects.for_system("the test").exists()
