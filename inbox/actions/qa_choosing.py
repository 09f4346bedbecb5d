"""Which finished cases are reviewed (PM-4): drawn at random, or chosen by hand; and by what a region judges."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.coaching.criteria import SHIPPED_NAMES, Criterion, criteria_of, drawn
from inbox.coaching.errors import NotFinished, NothingToDraw, ReviewedAlready
from inbox.coaching.events import ReviewChanged
from inbox.coaching.policies import REVIEW
from inbox.models import Conversation, QaCriterion, QaDraw, QaReview, Resolution
from security.access import Access
from security.errors import Invalid, NotFound, require
from security.models import Region, User
from security.policies import colleagues_of
from security.writing import Change, write

_WHY = "cases to be reviewed"
_MOST_DRAWN, _MOST_CRITERIA, _LONGEST_DAYS = 100, 20, 366
_KEY = re.compile(r"[a-z0-9_]{1,24}")


def draw_cases(
    *, by: Access, person_id: int, region_id: int, since: datetime, until: datetime, count: int, seed: str = ""
) -> QaDraw:
    """A random sample of what somebody finished in a region within a span and nobody has reviewed. The seed is kept:
    whoever doubts the draw draws again."""
    person = _reviewable(by, person_id)
    if region_id not in by.region_ids:
        raise NotFound
    _refuse_span(since, until, count)
    with write(by=by) as change:
        User.objects.select_for_update().get(pk=person.pk)  # two draws at once would draw the same
        cases = {row.case_id: row for row in _finished(by, person.pk, region_id, since, until)}
        reviewed = QaReview.objects.for_system(_WHY).filter(person=person, case__in=cases)
        for case_id in list(reviewed.values_list("case_id", flat=True)):
            cases.pop(case_id)
        if not cases:
            raise NothingToDraw
        now = timezone.now()
        made = QaDraw(
            region_id=region_id, person=person, since=since, until=until, seed=seed or secrets.token_hex(16),
            wanted=count, candidates=len(cases), drawn_by_id=by.user_id, drawn_at=now,
        )  # fmt: skip
        made.save(force_insert=True)
        for case_id in drawn(cases, seed=made.seed, count=count):
            _open(change, by, cases[case_id], person.pk, draw=made)
        taken = min(count, len(cases))
        change.record("qa.drawn", person, region_id=region_id, seed=made.seed, candidates=len(cases), drawn=taken)
    return made


def choose_case(*, by: Access, conversation_id: object, person_id: int | None = None) -> QaReview:
    """The latest finished case of a conversation, of whoever resolved it."""
    with write(by=by) as change:
        rows = Conversation.objects.visible_to(by).select_related("contact")
        conversation: Conversation = rows.locked().get_or_404(conversation_id)
        standing = Resolution.objects.for_system(_WHY).filter(conversation=conversation, reopened_at=None)
        if person_id is not None:
            standing = standing.filter(resolved_by_id=person_id)
        row = (
            standing.exclude(resolved_by=None).select_related("conversation__contact").order_by("-resolved_at").first()
        )
        if row is None or row.resolved_by_id == by.user_id:
            raise NotFinished
        _reviewable(by, row.resolved_by_id)
        if QaReview.objects.for_system(_WHY).filter(case_id=row.case_id, person_id=row.resolved_by_id).exists():
            raise ReviewedAlready
        return _open(change, by, row, row.resolved_by_id, draw=None)


def drop_review(*, by: Access, review_id: object) -> None:
    """Not to be reviewed after all; one that is done stays."""
    with write(by=by) as change:
        row = QaReview.objects.visible_to(by).filter(state="open").locked().get_or_404(review_id)
        require(by.can(REVIEW))
        change.record("qa.dropped", row.person, region_id=row.region_id)
        row.delete()


def set_criteria(*, by: Access, region_id: int, criteria: Sequence[Criterion]) -> list[Criterion]:
    """Replace what a region judges by. Reviews that are done keep theirs."""
    require(by.can(REVIEW))
    region = Region.objects.filter(pk=region_id, pk__in=by.region_ids).first()
    if region is None:
        raise NotFound
    _refuse_odd(criteria)
    with write(by=by) as change:
        Region.objects.select_for_update(no_key=True).get(pk=region.pk)
        before = [one.key for one in criteria_of(region.pk)]
        QaCriterion.objects.for_system(_WHY).filter(region=region).delete()
        QaCriterion.objects.bulk_create(
            QaCriterion(region=region, key=one.key, name=one.name, hint=one.hint, kind=one.kind, position=place)
            for place, one in enumerate(criteria)
        )
        change.record("qa.criteria_set", region, before=before, after=[one.key for one in criteria])
    return criteria_of(region.pk)


def _open(change: Change, by: Access, resolution: Resolution, person_id: int, *, draw: QaDraw | None) -> QaReview:
    conversation = resolution.conversation
    row = QaReview(
        region_id=conversation.region_id,
        person_id=person_id,
        case_id=resolution.case_id,
        conversation=conversation,
        key_id=conversation.contact.key_id,
        draw=draw,
        resolved_at=resolution.resolved_at,
        created_by_id=by.user_id,
        created_at=timezone.now(),
    )
    row.save(force_insert=True)
    if draw is None:
        change.record("qa.chosen", row.person, region_id=row.region_id)
    change.announce(ReviewChanged.of(row))
    return row


def _finished(by: Access, person_id: int, region_id: int, since: datetime, until: datetime) -> list[Resolution]:
    rows = Resolution.objects.visible_to(by).filter(
        resolved_by_id=person_id,
        resolved_at__gte=since,
        resolved_at__lt=until,
        reopened_at=None,
        conversation__region_id=region_id,
    )
    return list(rows.select_related("conversation__contact").order_by("case_id"))


def _reviewable(by: Access, person_id: int | None) -> User:
    """A colleague of a shared region, not oneself."""
    require(by.can(REVIEW) and person_id != by.user_id)
    person = colleagues_of(by).filter(pk=person_id or 0).first()
    if person is None:
        raise NotFound(field="person")
    return person


def _refuse_span(since: datetime, until: datetime, count: int) -> None:
    if not since < until <= since + timedelta(days=_LONGEST_DAYS):
        raise Invalid(field="until", message=_("The span must end after it begins, and be no longer than a year."))
    if not 1 <= count <= _MOST_DRAWN:
        raise Invalid(field="count", message=_("At most %(n)s.") % {"n": _MOST_DRAWN})


def _refuse_odd(criteria: Sequence[Criterion]) -> None:
    keys = [one.key for one in criteria]
    if not criteria:
        raise Invalid(field="criteria", message=_("Keep at least one."))
    if len(criteria) > _MOST_CRITERIA:
        raise Invalid(field="criteria", message=_("At most %(n)s.") % {"n": _MOST_CRITERIA})
    if len(set(keys)) < len(keys) or not all(_KEY.fullmatch(key) for key in keys):
        raise Invalid(field="criteria", message=_("Each needs a key of its own."))
    if any(not one.name.strip() and one.key not in SHIPPED_NAMES for one in criteria):
        raise Invalid(field="criteria", message=_("Each needs a name."))
