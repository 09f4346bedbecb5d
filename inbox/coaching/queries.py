"""Reads of held replies, reviews and traineeships, opened for the reader."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from inbox.coaching.criteria import Criterion, criteria_of
from inbox.coaching.policies import REVIEW
from inbox.coaching.shapes import SummaryShape
from inbox.models import Conversation, HeldReply, QaRemark, QaReview
from security.access import Access
from security.cursors import time_and_id
from security.errors import Invalid, NotFound, require
from security.models import Traineeship
from security.trainees import LEAD, visible_traineeships

_MOST_OF_A_THREAD = 200
_MOST_TRAINEES = 200
_TOLD_AFTERWARDS = timedelta(days=90)
BOXES = ("waiting", "decided", "mine")


def held_page(*, access: Access, box: str, after: list[Any] | None, limit: int) -> list[HeldReply]:
    """``waiting``: those the reader may decide on, the oldest first. ``decided``: by anybody, and ``mine``: what the
    reader wrote; both newest first."""
    if box not in BOXES:
        raise Invalid(field="box")
    rows = _with_what_is_told(HeldReply.objects.visible_to(access))
    rising = box == "waiting"
    if box == "mine":
        rows = rows.filter(trainee_id=access.user_id)
    else:
        rows = rows.exclude(trainee_id=access.user_id)
        rows = rows.filter(state="waiting") if rising else rows.exclude(state="waiting")
    if after is not None:
        at, pk = time_and_id(after)
        side = "gt" if rising else "lt"
        rows = rows.filter(Q(**{f"held_at__{side}": at}) | Q(held_at=at, **{f"pk__{side}": pk}))
    order = ("held_at", "pk") if rising else ("-held_at", "-pk")
    return list(rows.order_by(*order)[: limit + 1])


def held_reply(*, access: Access, held_id: object) -> HeldReply:
    found: HeldReply = _with_what_is_told(HeldReply.objects.visible_to(access)).get_or_404(held_id)
    return found


def coaching_of(*, access: Access, conversation_id: object) -> tuple[list[HeldReply], list[QaRemark]]:
    """What is said of the messages of a thread, the newest of it."""
    if not Conversation.objects.visible_to(access).filter(pk=conversation_id).exists():
        raise NotFound
    held = _with_what_is_told(HeldReply.objects.visible_to(access)).filter(conversation_id=conversation_id)
    remarks = QaRemark.objects.visible_to(access).filter(review__conversation_id=conversation_id)
    newest = list(held.order_by("-held_at")[:_MOST_OF_A_THREAD])
    return newest, list(remarks.order_by("-at")[:_MOST_OF_A_THREAD])


def _with_what_is_told(rows: Any) -> Any:
    return rows.select_related("message__conversation", "conversation__contact", "conversation__channel")


def review_page(
    *, access: Access, state: str | None, person: int | None, after: list[Any] | None, limit: int
) -> list[QaReview]:
    """Reviews the reader may see, newest first; their own are among them once they are done."""
    rows = QaReview.objects.visible_to(access).select_related("case", "draw")
    if state is not None:
        rows = rows.filter(state=state)
    if person is not None:
        rows = rows.filter(person_id=person)
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk))
    return list(rows.order_by("-created_at", "-pk")[: limit + 1])


def review(*, access: Access, review_id: object) -> QaReview:
    found: QaReview = QaReview.objects.visible_to(access).select_related("case", "draw").get_or_404(review_id)
    return found


def forms(*, access: Access) -> dict[int, list[Criterion]]:
    """What each of the reader's regions judges by."""
    return {region_id: criteria_of(region_id) for region_id in sorted(access.region_ids)}


def traineeships(*, access: Access) -> list[Traineeship]:
    """Those that run, and those that ended lately, as far as the reader may see them: the earliest last day first."""
    lately = Q(ended_at=None) | Q(ended_at__gte=timezone.now() - _TOLD_AFTERWARDS)
    rows = Traineeship.objects.filter(visible_traineeships(access) & lately, user__is_active=True)
    told = rows.select_related("user").prefetch_related("mentors", "user__groups", "user__memberships")
    return list(told.order_by("ends_on", "pk")[:_MOST_TRAINEES])


def summary(*, access: Access) -> SummaryShape:
    """What waits for the reader: five counts over indexes."""
    waiting = HeldReply.objects.visible_to(access).filter(state="waiting")
    reviews, mine = QaReview.objects.visible_to(access), Q(person_id=access.user_id)
    concerned = access.can(LEAD) or bool(access.mentor_of)
    return SummaryShape(
        waiting=waiting.exclude(trainee_id=access.user_id).count() if concerned else 0,
        own=waiting.filter(trainee_id=access.user_id).count() if access.trainee else 0,
        unread=reviews.filter(mine, state="done", acknowledged_at=None).count(),
        to_review=reviews.filter(state="open").count() if access.can(REVIEW) else 0,
        promotions=_proposed(access).count() if concerned else 0,
    )


def _proposed(access: Access) -> Any:
    rows = Traineeship.objects.filter(visible_traineeships(access), ended_at=None, prompted_at__isnull=False)
    return rows.exclude(user_id=access.user_id)


def require_knows(access: Access, person_id: int) -> None:
    """Whether the reader may read somebody's progress: their own, their trainees', or as one who reviews."""
    require(person_id == access.user_id or person_id in access.mentor_of or access.can(REVIEW))
