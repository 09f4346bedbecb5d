"""How a trainee gets on, cheaply told, and when their promotion is proposed (PM-4)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inbox.actions.held_decisions import approve_held, reject_held
from inbox.actions.promotions import look_at, look_at_everybody
from inbox.actions.resolutions import reopen_conversation, resolve_conversation
from inbox.coaching.progress import Learner, Progress, progress_of
from inbox.models import CoachingPolicy, Notification
from inbox.tasks import look_at_progress
from security.actions.people import join_region, leave_region
from security.actions.traineeships import put_off_promotion, start_traineeship
from security.models import Traineeship
from security.policy import Policy
from tests.conftest import BY, Cast
from tests.inbox.coaching.cases import BAD, finished, many_cases, reviewed
from tests.inbox.coaching.conftest import Learning
from tests.worlds.channels import channel


def policy(**wanted: int) -> None:
    CoachingPolicy.objects.update_or_create(pk=1, defaults=wanted)
    Policy.forget()


def how(cast: Cast, name: str = "ben") -> Progress:
    row = Traineeship.objects.select_related("user").get(user=getattr(cast, name))
    return progress_of([Learner.of(row)])[row.user_id]


@pytest.fixture
def training(cast: Cast) -> Cast:
    start_traineeship(by=BY, user=cast.ben, mentors=[cast.fay])
    return cast


def test_finished_cases_and_the_time_to_the_first_reply(training: Cast):
    shop = channel(training.asia)
    for minutes in (2, 4, 30):
        finished(shop, training.ben, minutes=minutes)
    finished(shop, training.fay)
    told = how(training)
    assert (told.cases, told.first_reply_seconds, told.accuracy) == (3, 240, None)


def test_accuracy_is_the_share_of_reviewed_cases_passed_and_not_reopened(training: Cast):
    shop, dee = channel(training.asia), training.access("dee")
    good, again, bad = (finished(shop, training.ben) for _ in range(3))
    reviewed(dee, good), reviewed(dee, again), reviewed(dee, bad, BAD)
    assert how(training).accuracy == pytest.approx(2 / 3)
    reopen_conversation(by=training.access("fay"), conversation_id=again.pk)
    told = how(training)
    assert (told.cases, told.reopened, told.reviewed, told.correct) == (2, 1, 3, 1)


def test_what_is_taken_up_again_much_later_counts_as_correct(training: Cast, time_machine):
    time_machine.move_to(timezone.now())
    talk = finished(channel(training.asia), training.ben)
    reviewed(training.access("dee"), talk)
    time_machine.shift(timedelta(days=8).total_seconds())
    reopen_conversation(by=training.access("fay"), conversation_id=talk.pk)
    assert (how(training).reopened, how(training).correct) == (0, 1)


def test_what_was_finished_before_the_traineeship_does_not_count(training: Cast):
    finished(channel(training.asia), training.ben, ago=timedelta(days=3))
    assert how(training).cases == 0


def test_what_became_of_held_replies(learning: Learning):
    one, two, three, _four = (learning.writes(f"Answer {n}", ref=str(n)) for n in range(4))
    fay = learning.by("fay")
    approve_held(by=fay, held_id=one.pk, revision=1)
    approve_held(by=fay, held_id=two.pk, revision=1, text="Better")
    reject_held(by=fay, held_id=three.pk, revision=1, comment="No")
    held = how(learning.cast).held
    assert dict(held) == {"approved": 1, "edited": 1, "rejected": 1, "waiting": 1}


def test_it_costs_the_same_for_one_and_for_many_and_reads_no_message(training: Cast):
    shop = channel(training.asia)
    finished(shop, training.ben)

    def cost(path: str = "/api/v1/trainees") -> tuple[int, str]:
        browser = training.browser("dee")
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200
        return len(asked), " ".join(one["sql"] for one in asked)

    few, _ = cost()
    talk = finished(shop, training.ben)
    many_cases(talk, training.ben, 600)
    for name in ("fay", "cho"):
        start_traineeship(by=BY, user=getattr(training, name))
        finished(shop, getattr(training, name))
    many, sql = cost()
    assert many == few <= 20 and "inbox_message" not in sql


def test_counts_of_other_regions_are_not_told(training: Cast):
    join_region(by=BY, user=training.ben, region=training.europe)
    finished(channel(training.europe), training.ben)
    finished(channel(training.asia), training.ben)
    leave_region(by=BY, user=training.dee, region=training.europe)

    def cases(name: str) -> list[int]:
        rows = training.browser(name).get("/api/v1/trainees").json()["results"]
        return [row["progress"]["cases"] for row in rows]

    assert cases("dee") == [1] and cases("ben") == [2] and cases("fay") == [1] and cases("eli") == []


def test_promotion_is_proposed_once_when_there_is_enough_and_it_is_good_enough(training: Cast):
    policy(promotion_cases=5, promotion_percent=95, promotion_reviews=2)
    shop, dee = channel(training.asia), training.access("dee")
    talks = [finished(shop, training.ben) for _ in range(4)]
    reviewed(dee, talks[0])
    assert not look_at(training.ben.pk), "too few cases, too few reviews"
    talks.append(finished(shop, training.ben))
    assert not look_at(training.ben.pk), "one review is no accuracy"
    reviewed(dee, talks[1])
    assert look_at(training.ben.pk) and not look_at(training.ben.pk) and look_at_everybody() == 0
    told = Notification.objects.for_system("the test").filter(kind="trainee.promotable")
    assert {row.to_id for row in told} == {training.ana.pk, training.dee.pk, training.fay.pk}


def test_not_while_accuracy_is_too_low(training: Cast):
    policy(promotion_cases=2, promotion_percent=95, promotion_reviews=2)
    shop, dee = channel(training.asia), training.access("dee")
    reviewed(dee, finished(shop, training.ben)), reviewed(dee, finished(shop, training.ben), BAD)
    assert not look_at(training.ben.pk)


def test_put_off_it_is_proposed_again_later(training: Cast, time_machine):
    time_machine.move_to(timezone.now())
    policy(promotion_cases=1, promotion_percent=95, promotion_reviews=1)
    reviewed(training.access("dee"), finished(channel(training.asia), training.ben))
    assert look_at(training.ben.pk)
    put_off_promotion(by=training.access("dee"), user=training.ben, reason="Too quiet a month", days=14)
    assert not look_at(training.ben.pk)
    time_machine.shift(timedelta(days=15).total_seconds())
    assert look_at(training.ben.pk)


def test_resolving_a_case_looks_at_a_trainee_and_at_nobody_else(learning: Learning, monkeypatch):
    looked: list[tuple] = []
    monkeypatch.setattr(look_at_progress, "apply_async", lambda args, **more: looked.append(args))
    with TestCase.captureOnCommitCallbacks(execute=True):
        resolve_conversation(by=learning.by("ben"), conversation_id=learning.talk.pk)
    assert looked == [(learning.cast.ben.pk,)]
