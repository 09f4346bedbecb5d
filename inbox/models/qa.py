from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inbox.coaching.policies import REVIEW, visible_reviews
from inbox.models.case import Case
from inbox.models.conversation import Conversation
from inbox.models.message import Message
from inbox.models.sla import OfRegion
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet

SCORE_KINDS = (("scale", _("1 to 5")), ("pass", _("passed or not")))
REVIEW_STATES = (("open", _("to be reviewed")), ("done", _("reviewed")))


class ReviewQuerySet(ScopedQuerySet[Any]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_reviews(access))


class DrawQuerySet(ScopedQuerySet[Any]):
    """Who was drawn is for those who review: nobody learns beforehand of their own."""

    def _seen_by(self, access: Access) -> Self:
        if not access.can(REVIEW):
            return self.none()
        return self.filter(region_id__in=access.region_ids).exclude(person_id=access.user_id)


class OfReview(ScopedQuerySet[Any]):
    """Rows that are seen by whoever sees the review they belong to."""

    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_reviews(access, of="review__"))


class QaCriterion(models.Model):
    """What a region judges a case by. A region without any judges by those that Kefu brings along."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=24)
    name = models.CharField(max_length=60)
    hint = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=5, choices=SCORE_KINDS)
    position = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("region", "key"), name="qa_criterion_once")]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.name}"


class QaDraw(models.Model):
    """A random sample of the cases somebody finished within a span. The same ``seed`` draws the same of the same."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    seed = models.CharField(max_length=64)
    wanted = models.PositiveSmallIntegerField()
    candidates = models.PositiveIntegerField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    drawn_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(DrawQuerySet)()

    def __str__(self) -> str:
        return f"{self.wanted} of {self.candidates} of {self.person_id}"


class QaReview(models.Model):
    """One finished case of one person, to be judged or judged. ``draw`` is null where it was chosen by hand.

    ``summary`` and ``answer`` are sealed under the contact's key, since they may quote what was said.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    key_id = models.UUIDField()
    draw = models.ForeignKey(QaDraw, null=True, on_delete=models.SET_NULL, related_name="reviews")
    state = models.CharField(max_length=4, choices=REVIEW_STATES, default="open")
    passed = models.BooleanField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    summary = EncryptedField(null=True)
    resolved_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    scored_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answer = EncryptedField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(ReviewQuerySet)()

    class Meta:
        permissions = (("review_case", "Can review finished cases"),)
        constraints = [models.UniqueConstraint(fields=("case", "person"), name="qa_review_once")]
        indexes = [
            models.Index(fields=("person", "state", "-resolved_at"), name="qa_of_person"),
            models.Index(fields=("region", "-created_at"), name="qa_of_region"),
            models.Index(fields=("region", "created_at"), condition=Q(state="open"), name="qa_open"),
        ]

    def __str__(self) -> str:
        return f"review of case {self.case_id}"


class QaScore(models.Model):
    """A mark for one criterion as it was named then: 1 to 5, or for passed or not 1 or 0."""

    review = models.ForeignKey(QaReview, on_delete=models.CASCADE, related_name="scores")
    key = models.CharField(max_length=24)
    name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=5, choices=SCORE_KINDS)
    position = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfReview)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("review", "key"), name="qa_score_once"),
            models.CheckConstraint(condition=Q(score__lte=5), name="qa_score_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.score}"


class QaRemark(models.Model):
    """A reviewer's word on one message."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(QaReview, on_delete=models.CASCADE, related_name="remarks")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    key_id = models.UUIDField()
    text = EncryptedField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfReview)()

    def __str__(self) -> str:
        return f"remark on {self.message_id}"
