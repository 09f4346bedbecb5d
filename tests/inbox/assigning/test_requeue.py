"""What customers wait for goes back to the queue when the person who has it is not there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inbox.actions.assignments import assign_conversation
from inbox.actions.dispatch import give_waiting
from inbox.actions.replies import send_text
from inbox.actions.requeue import requeue_absent
from inbox.models import Channel, Conversation
from inbox.sweeping import sweep
from security.actions.people import change_own_settings, leave_region
from security.actions.sight import give_sight
from security.models import StreamEvent, User
from tests.conftest import BY, Cast
from tests.worlds.channels import channel
from tests.worlds.duty import at_work, given, given_long_ago, holder, left, policy, rule
from tests.worlds.threads import logged, thread


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def talk(cast: Cast, shop: Channel) -> Conversation:
    """Ben's, since an hour; the customer waits."""
    made = thread(shop)
    assign_conversation(by=cast.access("fay"), conversation_id=made.pk, to=cast.ben.pk)
    given_long_ago(made)
    return made


def test_tabs_closed_for_long_enough_let_go_what_waits(cast: Cast, talk: Conversation):
    left(cast.ben, minutes=9)
    assert requeue_absent() == 0 and holder(talk) == cast.ben.pk
    left(cast.ben, minutes=11)
    sweep()
    assert holder(talk) is None
    assert given(talk)[0].ended_how == "absent"
    line = logged("conversation.assigned")[-1]
    assert (line.actor_kind, line.details) == ("system", {"before": cast.ben.pk, "after": None, "how": "absent"})


def test_being_away_for_long_enough_does_the_same(cast: Cast, talk: Conversation):
    at_work(cast.ben)
    change_own_settings(by=cast.access("ben"), availability="away")
    assert requeue_absent() == 0
    User.objects.filter(pk=cast.ben.pk).update(away_since=timezone.now() - timedelta(minutes=11))
    assert requeue_absent() == 1 and holder(talk) is None


def test_coming_back_in_time_keeps_everything(cast: Cast, talk: Conversation):
    change_own_settings(by=cast.access("ben"), availability="away")
    User.objects.filter(pk=cast.ben.pk).update(away_since=timezone.now() - timedelta(minutes=11))
    change_own_settings(by=cast.access("ben"), availability="available")
    assert requeue_absent() == 0 and holder(talk) == cast.ben.pk


def test_what_waits_for_the_customer_stays(cast: Cast, talk: Conversation):
    send_text(by=cast.access("ben"), conversation_id=talk.pk, client_ref="1", text="Which colour?")
    left(cast.ben)
    assert requeue_absent() == 0 and holder(talk) == cast.ben.pk


def test_what_was_given_to_somebody_absent_just_now_stays_for_a_while(cast: Cast, shop: Channel):
    left(cast.ben)
    made = thread(shop)
    assign_conversation(by=cast.access("fay"), conversation_id=made.pk, to=cast.ben.pk)
    assert requeue_absent() == 0 and holder(made) == cast.ben.pk


def test_whoever_left_the_company_lets_go_too_and_programs_never_do(cast: Cast, talk: Conversation):
    assert requeue_absent() == 0, "he never had a tab open: it is a program that answers in his name"
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)
    assert requeue_absent() == 1


def test_the_policy_switches_it_off_and_says_how_long(cast: Cast, talk: Conversation):
    left(cast.ben, minutes=30)
    policy(requeue_absent=False)
    assert requeue_absent() == 0
    policy(requeue_absent=True, requeue_minutes=60)
    assert requeue_absent() == 0
    policy(requeue_absent=True, requeue_minutes=20)
    assert requeue_absent() == 1


def test_their_region_and_they_themselves_hear_of_it(cast: Cast, talk: Conversation):
    left(cast.ben)
    requeue_absent()
    (told,) = StreamEvent.objects.filter(kind="waiting.requeued")
    assert (told.stream, told.audience, told.scope["region_id"]) == (
        f"region:{cast.asia.pk}", "region", cast.asia.pk)  # fmt: skip


def test_somebody_who_is_there_is_given_it_next(cast: Cast, shop: Channel, talk: Conversation):
    rule(cast, shop, returning=True)
    left(cast.ben)
    at_work(cast.fay)
    requeue_absent()
    assert give_waiting(channel_id=shop.pk) == 1 and holder(talk) == cast.fay.pk


def test_what_somebody_had_in_a_region_they_leave_goes_back_at_once(cast: Cast, shop: Channel):
    """They could not see it any more: whoever waits would wait for nobody."""
    waiting, answered = thread(shop), thread(shop)
    for talk in (waiting, answered):
        assign_conversation(by=cast.access("fay"), conversation_id=talk.pk, to=cast.ben.pk)
    send_text(by=cast.access("ben"), conversation_id=answered.pk, client_ref="1", text="Yes")
    at_work(cast.ben)
    elsewhere = thread(channel(cast.europe))
    assign_conversation(by=cast.access("dee"), conversation_id=elsewhere.pk, to=cast.cho.pk)
    leave_region(by=cast.access("ana"), user=cast.ben, region=cast.asia, reason="Moves to Europe")
    assert holder(waiting) is None and holder(answered) is None and holder(elsewhere) == cast.cho.pk
    assert logged("conversation.assigned")[-1].details["before"] == cast.ben.pk


def test_what_they_still_see_one_by_one_stays_theirs(cast: Cast, talk: Conversation):
    give_sight(by=BY, user=cast.ben, on=talk, reason="Ends what he began")
    leave_region(by=cast.access("ana"), user=cast.ben, region=cast.asia, reason="Moves to Europe")
    assert holder(talk) == cast.ben.pk
