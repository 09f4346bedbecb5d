from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from inbox.models.conversation import Conversation
from inbox.policies import visible_conversations, within_history
from security.access import Access
from security.scoping import ClosedManager, ScopedQuerySet


class OfConversation(ScopedQuerySet[Any]):
    """Rows that are seen by whoever sees their conversation."""

    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_conversations(access, of="conversation__"))


class OfMessage(OfConversation):
    """Rows that are seen by whoever sees their conversation, if their message is not too old for the reader (SE-5).
    ``at`` is the path to the message's time."""

    at = "message__at"

    def _seen_by(self, access: Access) -> Self:
        return super()._seen_by(access).filter(within_history(access, conversation="conversation_id", at=self.at))


class Case(models.Model):
    """One episode of service, from the customer's first message to its resolution. Cases are what is counted."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="cases", db_index=False)
    number = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    first_reply_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfConversation)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("conversation", "number"), name="case_number_once")]
        indexes = [
            models.Index(fields=("opened_at",), name="case_opened"),
            models.Index(
                fields=("first_reply_at",), condition=models.Q(first_reply_at__isnull=False), name="case_replied"
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.number} of {self.conversation_id}"


class Resolution(models.Model):
    """A case was resolved, by whom and when; ``reopened_at`` when that did not hold."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="resolutions")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="resolutions")
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    resolved_at = models.DateTimeField()
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reopened_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfConversation)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case",), condition=models.Q(reopened_at=None), name="resolved_once")
        ]
        indexes = [
            # Progress is told by person and time (PM-4), the day's figures by time alone.
            models.Index(fields=("resolved_by", "resolved_at"), name="resolution_of_person"),
            models.Index(fields=("resolved_at",), name="resolution_at"),
        ]

    def __str__(self) -> str:
        return f"resolution of {self.case_id}"


ASSIGNED_HOW = (
    ("hand", "By hand"),
    ("reply", "By answering"),
    ("round_robin", "In turn"),
    ("least_loaded", "Whoever has least"),
    ("returning", "Looked after them before"),
    ("risk", "Something risky"),
    ("balance", "Spread by a supervisor"),
    ("rule", "By a rule"),
)
ENDED_HOW = (
    ("handed", "Handed on"),
    ("put_back", "Put back"),
    ("absent", "Taken back from the absent"),
    ("case", "New case"),
    ("risk", "Something risky"),
    ("balance", "Spread by a supervisor"),
)


class Assignment(models.Model):
    """Somebody was given a conversation, by whom, from when to when, and why they of all people.

    ``why`` of what Kefu gave itself: ``{rule, language?, skill?, team?, candidates: [[person, load, capacity, out]]}``
    with what kept each of the others out (see ``inbox/assigning/choosing.py``).
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="assignments")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    method = models.CharField(max_length=12, choices=ASSIGNED_HOW, default="hand")
    ended_how = models.CharField(max_length=8, choices=ENDED_HOW, blank=True)
    why = models.JSONField(default=dict)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfConversation)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("conversation",), condition=models.Q(ended_at=None), name="one_assignee_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} to {self.assignee_id}"


class ReadMark(models.Model):
    """How many of a conversation's inbound messages one agent has seen; unread is the rest."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="read_marks", db_index=False)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_count = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfConversation)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("conversation", "reader"), name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.reader_id} read {self.read_count} of {self.conversation_id}"
