"""Finished cases, as many as one likes, without playing them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from inbox.actions.qa_choosing import choose_case
from inbox.actions.qa_reviews import score_case
from inbox.models import (
    Case,
    Channel,
    Conversation,
    HeldComment,
    HeldReply,
    QaRemark,
    QaReview,
    QaScore,
    Resolution,
)
from security.access import Access
from security.models import User
from tests.conftest import Cast
from tests.worlds.customers import customer
from tests.worlds.threads import thread

GOOD = {"correctness": 5, "tone": 4, "speed": 4, "policy": 1}
BAD = {"correctness": 1, "tone": 2, "speed": 2, "policy": 1}


def finished(shop: Channel, person: User, *, minutes: int = 5, ago: timedelta = timedelta(0)) -> Conversation:
    """A conversation whose case ``person`` finished, first answered after so many minutes."""
    talk = thread(shop, customer())
    finish(talk, person, minutes=minutes, ago=ago)
    return talk


def finish(talk: Conversation, person: User, *, minutes: int = 5, ago: timedelta = timedelta(0)) -> Resolution:
    case = Case.objects.for_system("the test").filter(conversation=talk).order_by("-number").first()
    assert case is not None
    case.first_reply_at = case.opened_at + timedelta(minutes=minutes)
    case.save()
    rows = Conversation.objects.for_system("the test").filter(pk=talk.pk)
    rows.update(state="resolved", waiting_since=None)
    return Resolution.objects.create(conversation=talk, case=case, resolved_by=person, resolved_at=timezone.now() - ago)


def many_cases(talk: Conversation, person: User, count: int) -> None:
    """So many more finished cases in one conversation."""
    now = timezone.now()
    made = Case.objects.bulk_create(
        Case(conversation=talk, number=1000 + number, opened_at=now, first_reply_at=now) for number in range(count)
    )
    Resolution.objects.bulk_create(
        Resolution(conversation=talk, case=case, resolved_by=person, resolved_at=now) for case in made
    )


def reviewed(by: Access, talk: Conversation, marks: dict[str, Any] = GOOD) -> QaReview:
    row = choose_case(by=by, conversation_id=talk.pk)
    return score_case(by=by, review_id=row.pk, marks=marks)


def held_and_reviewed(row: Conversation, cast: Cast) -> None:
    """A reply of Ben's or Cho's that waits, and a reviewed or open case of theirs."""
    now = timezone.now()
    key, said = row.contact.key_id, row.last_message
    author = cast.ben if row.assignee_id else cast.cho
    held = HeldReply(message=said, conversation=row, trainee=author, key_id=key, held_at=now)
    held.save(force_insert=True)
    HeldComment.objects.create(held=held, key_id=key, text="Which one?", at=now)
    case = Case.objects.for_system("the test prepares").filter(conversation=row).first()
    about = {"conversation": row, "case": case, "key_id": key, "resolved_at": now, "created_at": now}
    for person, state in ((cast.ben, "done"), (cast.cho, "open")):
        review = QaReview.objects.create(region_id=row.region_id, person=person, state=state, **about)
        QaRemark.objects.create(review=review, message=said, key_id=key, text="Good", at=now)
        QaScore.objects.create(review=review, key="tone", kind="scale", position=0, score=5)
