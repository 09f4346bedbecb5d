"""A finished case is judged; whose it was reads it and answers (PM-4)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.coaching.criteria import BEST, Criterion, criteria_of, is_passed, percent_of
from inbox.coaching.events import ReviewChanged
from inbox.coaching.notices import notify_people
from inbox.coaching.policies import REVIEW
from inbox.coaching.policy import CoachingPolicy
from inbox.models import Conversation, Message, QaRemark, QaReview, QaScore
from inbox.policies import BINNED
from security.access import Access
from security.errors import AlreadyDecided, Invalid, Missing, NotFound, require
from security.writing import write

_WHY = "a review of a case"
_TEXT_MAX, _MOST_REMARKS = 2000, 50
Remark = tuple[UUID, str]


def score_case(
    *, by: Access, review_id: object, marks: Mapping[str, int], summary: str = "", remarks: Sequence[Remark] = ()
) -> QaReview:
    """Judge it by the region's criteria, all of them. ``remarks``: (message, words). Whose case it was is told."""
    from inbox.tasks import look_at_progress  # tasks import actions

    _refuse_long(summary, "summary")
    with write(by=by) as change:
        row, conversation = _opened(by, review_id)
        require(by.can(REVIEW) and row.person_id != by.user_id)
        if row.state == "done":
            raise AlreadyDecided
        form = criteria_of(row.region_id)
        _refuse_marks(form, marks)
        row.percent = percent_of(form, marks)
        row.passed = is_passed(form, marks, least_percent=CoachingPolicy.current().pass_percent)
        row.summary = summary.strip() or None
        row.state, row.reviewer_id, row.scored_at = "done", by.user_id, timezone.now()
        row.save()
        QaScore.objects.bulk_create(
            QaScore(review=row, key=one.key, name=one.name, kind=one.kind, position=place, score=marks[one.key])
            for place, one in enumerate(form)
        )
        for message_id, text in _few(remarks):
            _remark(by, row, message_id, text)
        change.record("qa.scored", row.person, region_id=row.region_id, passed=row.passed, percent=row.percent)
        change.announce(ReviewChanged.of(row))
        notify_people(change, to=[row.person_id], kind="qa.scored", conversation=conversation, passed=row.passed)
        change.enqueue(look_at_progress, row.person_id)
    return row


def remark_on(*, by: Access, review_id: object, message_id: UUID, text: str) -> QaReview:
    """A word on one message of the case, before or after judging it."""
    with write(by=by) as change:
        row, conversation = _opened(by, review_id)
        require(by.can(REVIEW) and row.person_id != by.user_id)
        _remark(by, row, message_id, text)
        change.record("qa.remarked", row.person, region_id=row.region_id)
        change.announce(ReviewChanged.of(row))
        if row.state == "done":
            notify_people(change, to=[row.person_id], kind="qa.scored", conversation=conversation, passed=row.passed)
    return row


def acknowledge_review(*, by: Access, review_id: object, answer: str = "") -> QaReview:
    """Whose case it was has read it, and may say something to it. What was said stays."""
    _refuse_long(answer, "answer")
    with write(by=by) as change:
        row, conversation = _opened(by, review_id)
        require(row.person_id == by.user_id)
        if row.acknowledged_at is None or (answer.strip() and row.answer is None):
            row.acknowledged_at = row.acknowledged_at or timezone.now()
            row.answer = answer.strip() or None
            row.save(update_fields=["acknowledged_at", "answer"])
            change.record("qa.acknowledged", row.person, region_id=row.region_id)
            change.announce(ReviewChanged.of(row))
            if row.answer:
                notify_people(
                    change, to=[row.reviewer_id], kind="qa.answered", conversation=conversation, note=row.answer
                )
    return row


def _opened(by: Access, review_id: object) -> tuple[QaReview, Conversation]:
    """Locked, its conversation first: it cannot go into the bin meanwhile. The person it is about reads it also where
    they no longer see the conversation."""
    seen: QaReview = QaReview.objects.visible_to(by).get_or_404(review_id)
    talks = Conversation.objects.for_system(_WHY).select_related("contact")
    conversation: Conversation = talks.locked().get_or_404(seen.conversation_id)
    require(conversation.state != BINNED, NotFound)
    row: QaReview = QaReview.objects.for_system(_WHY).locked().select_related("person").get(pk=seen.pk)
    row.conversation = conversation
    return row, conversation


def _remark(by: Access, row: QaReview, message_id: UUID, text: str) -> None:
    if not text.strip():
        raise Missing(field="text")
    _refuse_long(text, "text")
    there = Message.objects.visible_to(by).filter(conversation_id=row.conversation_id, pk=message_id)
    if not there.exists():
        raise NotFound(field="message")
    QaRemark(
        review=row, message_id=message_id, key_id=row.key_id, text=text.strip(), author_id=by.user_id,
        at=timezone.now(),
    ).save(force_insert=True)  # fmt: skip


def _few(remarks: Sequence[Remark]) -> Sequence[Remark]:
    if len(remarks) > _MOST_REMARKS:
        raise Invalid(field="remarks", message=_("At most %(n)s.") % {"n": _MOST_REMARKS})
    return remarks


def _refuse_marks(form: Sequence[Criterion], marks: Mapping[str, int]) -> None:
    for one in form:
        least, most = (1, BEST) if one.kind == "scale" else (0, 1)
        if one.key not in marks:
            raise Missing(field=f"marks.{one.key}")
        if not least <= marks[one.key] <= most:
            raise Invalid(field=f"marks.{one.key}")
    if strange := set(marks) - {one.key for one in form}:
        raise Invalid(field=f"marks.{min(strange)}", message=_("The form was changed. Load it again."))


def _refuse_long(text: str, field: str) -> None:
    if len(text) > _TEXT_MAX:
        raise Invalid(field=field, message=_("At most %(n)s characters.") % {"n": _TEXT_MAX})
