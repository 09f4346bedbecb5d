"""Finished cases are drawn or chosen, judged, read and answered (PM-4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inbox.actions.qa_choosing import choose_case, draw_cases, drop_review, set_criteria
from inbox.actions.qa_reviews import acknowledge_review, remark_on, score_case
from inbox.actions.resolutions import reopen_conversation
from inbox.coaching.criteria import Criterion, criteria_of, drawn
from inbox.coaching.errors import NotFinished, NothingToDraw, ReviewedAlready
from inbox.models import Case, Notification, QaRemark, QaReview, QaScore
from security.actions.people import leave_region
from security.errors import AlreadyDecided, Invalid, Missing, NotAllowed, NotFound
from tests.conftest import BY, Cast
from tests.inbox.coaching.cases import BAD, GOOD, finish, finished, reviewed
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, logged, messages, thread

SPAN = timedelta(days=30)


def draw(cast: Cast, *, count: int = 3, seed: str = "", by: str = "dee", person: str = "ben"):
    until = timezone.now() + timedelta(minutes=1)
    return draw_cases(
        by=cast.access(by), person_id=getattr(cast, person).pk, region_id=cast.asia.pk,
        since=until - SPAN, until=until, count=count, seed=seed,
    )  # fmt: skip


def cases_of(made) -> set[int]:
    return set(QaReview.objects.for_system("the test").filter(draw=made).values_list("case_id", flat=True))


def test_a_draw_can_be_repeated_by_its_seed(cast: Cast):
    shop = channel(cast.asia)
    for _ in range(8):
        finished(shop, cast.ben)
    first = cases_of(draw(cast, seed="stone"))
    QaReview.objects.for_system("the test").all().delete()
    assert cases_of(draw(cast, seed="stone")) == first and len(first) == 3
    assert drawn(range(20), seed="a", count=5) == drawn(range(20), seed="a", count=5)
    assert drawn(range(20), seed="a", count=5) != drawn(range(20), seed="b", count=5)


def test_what_was_drawn_is_what_the_seed_says(cast: Cast):
    shop = channel(cast.asia)
    talks = [finished(shop, cast.ben) for _ in range(8)]
    made = draw(cast, count=3)
    candidates = Case.objects.for_system("the test").filter(conversation__in=talks).values_list("pk", flat=True)
    assert cases_of(made) == set(drawn(candidates, seed=made.seed, count=3)) and made.candidates == 8


def test_only_finished_unreviewed_cases_of_the_person_and_the_span_are_drawn(cast: Cast):
    shop = channel(cast.asia)
    old, other, mine = finished(shop, cast.ben, ago=SPAN * 2), finished(shop, cast.fay), finished(shop, cast.ben)
    again = finished(shop, cast.ben)
    reopen_conversation(by=cast.access("fay"), conversation_id=again.pk)
    made = draw(cast, count=10)
    rows = QaReview.objects.for_system("the test").filter(draw=made)
    assert [row.conversation_id for row in rows] == [mine.pk] and old.pk != other.pk
    with pytest.raises(NothingToDraw):
        draw(cast)


def test_by_hand_the_latest_finished_case_is_chosen(cast: Cast):
    talk = thread(channel(cast.asia))
    with pytest.raises(NotFinished):
        choose_case(by=cast.access("dee"), conversation_id=talk.pk)
    finish(talk, cast.ben)
    row = choose_case(by=cast.access("dee"), conversation_id=talk.pk)
    assert (row.person_id, row.state, row.draw_id) == (cast.ben.pk, "open", None)
    with pytest.raises(ReviewedAlready):
        choose_case(by=cast.access("dee"), conversation_id=talk.pk)


def test_a_case_is_judged_and_its_agent_is_told(cast: Cast):
    talk = finished(channel(cast.asia), cast.ben)
    row = reviewed(cast.access("dee"), talk)
    assert (row.state, row.passed, row.percent, row.reviewer_id) == ("done", True, 87, cast.dee.pk)
    assert QaScore.objects.for_system("the test").filter(review=row).count() == 4
    notice = Notification.objects.for_system("the test").get(kind="qa.scored")
    assert notice.to_id == cast.ben.pk and logged("qa.scored")
    with pytest.raises(AlreadyDecided):
        score_case(by=cast.access("dee"), review_id=row.pk, marks=GOOD)


@pytest.mark.parametrize(
    ("marks", "passed"),
    [
        (GOOD, True),
        (BAD, False),
        ({**GOOD, "policy": 0}, False),
        ({"correctness": 4, "tone": 4, "speed": 4, "policy": 1}, True),
        ({"correctness": 3, "tone": 4, "speed": 4, "policy": 1}, False),
    ],
)
def test_what_passes(cast: Cast, marks: dict[str, int], passed: bool):
    assert reviewed(cast.access("dee"), finished(channel(cast.asia), cast.ben), marks).passed is passed


@pytest.mark.parametrize(
    "marks",
    [
        {},
        {**GOOD, "tone": 6},
        {**GOOD, "tone": 0},
        {**GOOD, "policy": 2},
        {**GOOD, "charm": 5},
        {name: mark for name, mark in GOOD.items() if name != "tone"},
    ],
)
def test_odd_marks_are_refused(cast: Cast, marks: dict[str, int]):
    row = choose_case(by=cast.access("dee"), conversation_id=finished(channel(cast.asia), cast.ben).pk)
    with pytest.raises((Missing, Invalid)) as refused:
        score_case(by=cast.access("dee"), review_id=row.pk, marks=marks)
    assert str(refused.value.field).startswith("marks.")
    assert fresh(row).state == "open"


def test_a_remark_stands_at_a_message_of_the_case(cast: Cast):
    shop = channel(cast.asia)
    talk, elsewhere = finished(shop, cast.ben), thread(shop)
    row = choose_case(by=cast.access("dee"), conversation_id=talk.pk)
    said, other = messages(talk)[0], messages(elsewhere)[0]
    score_case(by=cast.access("dee"), review_id=row.pk, marks=GOOD, remarks=[(said.pk, "Well asked")])
    remark_on(by=cast.access("dee"), review_id=row.pk, message_id=said.pk, text="And friendly")
    assert {one.text for one in QaRemark.objects.visible_to(cast.access("ben"))} == {"Well asked", "And friendly"}
    with pytest.raises(NotFound):
        remark_on(by=cast.access("dee"), review_id=row.pk, message_id=other.pk, text="Not here")
    with pytest.raises(Missing):
        remark_on(by=cast.access("dee"), review_id=row.pk, message_id=said.pk, text=" ")


def test_the_agent_reads_it_and_answers_once(cast: Cast):
    row = reviewed(cast.access("dee"), finished(channel(cast.asia), cast.ben))
    acknowledge_review(by=cast.access("ben"), review_id=row.pk)
    acknowledge_review(by=cast.access("ben"), review_id=row.pk, answer="Thank you")
    acknowledge_review(by=cast.access("ben"), review_id=row.pk, answer="Something else")
    assert fresh(row).answer == "Thank you" and fresh(row).acknowledged_at
    with pytest.raises(NotAllowed):
        acknowledge_review(by=cast.access("dee"), review_id=row.pk, answer="Mine")


def test_who_sees_a_review(cast: Cast):
    """Its person once it is done, those who review in the region, and nobody else."""
    row = choose_case(by=cast.access("dee"), conversation_id=finished(channel(cast.asia), cast.ben).pk)

    def seen() -> set[str]:
        names = ("ana", "ben", "cho", "dee", "eli", "fay")
        return {name for name in names if QaReview.objects.visible_to(cast.access(name)).exists()}

    assert seen() == {"ana", "dee"}
    score_case(by=cast.access("dee"), review_id=row.pk, marks=GOOD)
    assert seen() == {"ana", "ben", "dee"}


def test_nobody_reviews_themselves_and_seniors_nobody(cast: Cast):
    shop = channel(cast.asia)
    with pytest.raises(NotFinished):
        choose_case(by=cast.access("dee"), conversation_id=finished(shop, cast.dee).pk)
    with pytest.raises(NotAllowed):
        choose_case(by=cast.access("fay"), conversation_id=finished(shop, cast.ben).pk)
    with pytest.raises(NotAllowed):
        draw(cast, person="dee")
    row = choose_case(by=cast.access("ana"), conversation_id=finished(shop, cast.dee).pk)
    with pytest.raises(NotFound):
        score_case(by=cast.access("dee"), review_id=row.pk, marks=GOOD)


def test_other_regions_do_not_exist(cast: Cast):
    talk = finished(channel(cast.europe), cast.cho)
    leave_region(by=BY, user=cast.dee, region=cast.europe)
    with pytest.raises(NotFound):
        choose_case(by=cast.access("dee"), conversation_id=talk.pk)
    with pytest.raises(NotFound):
        draw(cast, person="cho")


def test_an_open_one_can_be_dropped(cast: Cast):
    row = choose_case(by=cast.access("dee"), conversation_id=finished(channel(cast.asia), cast.ben).pk)
    drop_review(by=cast.access("dee"), review_id=row.pk)
    assert not QaReview.objects.for_system("the test").exists()
    done = reviewed(cast.access("dee"), finished(channel(cast.asia), cast.ben))
    with pytest.raises(NotFound):
        drop_review(by=cast.access("dee"), review_id=done.pk)


def test_a_region_judges_by_its_own_form_and_done_reviews_keep_theirs(cast: Cast):
    shop = channel(cast.asia)
    done = reviewed(cast.access("dee"), finished(shop, cast.ben))
    assert [one.key for one in criteria_of(cast.asia.pk)] == ["correctness", "tone", "speed", "policy"]
    form = [Criterion("greeting", "Greeting", "By name", "pass"), Criterion("tone", "", "", "scale")]
    set_criteria(by=cast.access("dee"), region_id=cast.asia.pk, criteria=form)
    assert criteria_of(cast.asia.pk) == form and len(criteria_of(cast.europe.pk)) == 4
    other = choose_case(by=cast.access("dee"), conversation_id=finished(shop, cast.ben).pk)
    score_case(by=cast.access("dee"), review_id=other.pk, marks={"greeting": 0, "tone": 5})
    assert fresh(other).passed is False
    assert QaScore.objects.for_system("the test").filter(review=done).count() == 4


@pytest.mark.parametrize(
    "form",
    [
        [],
        [Criterion("a", "A", "", "pass")] * 2,
        [Criterion("a b", "A", "", "pass")],
        [Criterion("own", " ", "", "pass")],
        [Criterion(f"k{number}", "A", "", "scale") for number in range(21)],
    ],
)
def test_an_odd_form_is_refused(cast: Cast, form: list[Criterion]):
    with pytest.raises(Invalid):
        set_criteria(by=cast.access("dee"), region_id=cast.asia.pk, criteria=form)
    with pytest.raises(NotAllowed):
        set_criteria(by=cast.access("fay"), region_id=cast.asia.pk, criteria=form)
