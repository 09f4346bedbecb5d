from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from contacts.models import Contact
from inbox.models.channel import Channel
from inbox.policies import visible_conversations
from security.access import Access
from security.ids import new_id
from security.models import Region, Team
from security.scoping import ClosedManager, ScopedQuerySet

STATES = (("open", "Open"), ("snoozed", "Snoozed"), ("resolved", "Resolved"))
# As numbers, since lists sort by them: what presses most has the highest.
PRIORITIES = {"low": 0, "normal": 1, "high": 2, "urgent": 3}


class ConversationQuerySet(ScopedQuerySet["Conversation"]):
    def _seen_by(self, access: Access) -> Self:
        return self.filter(visible_conversations(access))


class Conversation(models.Model):
    """The lasting thread between one contact and one channel.

    ``state``, ``assignee``, ``priority``, ``due_at`` and the ``last_…`` columns are what lists sort and filter by; who
    did what and when is in ``Case``, ``Resolution``, ``Assignment``, ``Snooze`` and ``ConversationLock`` rows.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Without an index of their own: one below begins with each.
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=STATES, default="open")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    # Given to a team it waits for anybody of it; whoever takes it, it stays the team's until the case is over.
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    # Since when it is one of those that finance sees (SE-5); who marked it is in the operation log.
    payment_marked_at = models.DateTimeField(null=True)
    priority = models.PositiveSmallIntegerField(default=PRIORITIES["normal"])
    # When it last came back from a snooze, and why. It stays on top for that until something is said.
    woken_at = models.DateTimeField(null=True)
    woken_how = models.CharField(max_length=8, blank=True, default="")
    # Who else may not write in it until when (PM-5); why is in its ``ConversationLock``.
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    locked_until = models.DateTimeField(null=True)
    # When the next promise to the customer (``due_for``) is broken, from when on it is at risk, and when to tell next.
    due_at = models.DateTimeField(null=True)
    risk_at = models.DateTimeField(null=True)
    watch_at = models.DateTimeField(null=True)
    due_for = models.CharField(max_length=10, blank=True, default="")
    # How many replies of a trainee wait in it for a mentor (PM-4).
    held_count = models.PositiveSmallIntegerField(default=0)
    case_count = models.PositiveIntegerField(default=0)
    version = models.PositiveBigIntegerField(default=1)
    inbound_count = models.PositiveIntegerField(default=0)
    # How often we answered: who saw fewer answers than there are wrote without knowing of one.
    answer_count = models.PositiveIntegerField(default=0)
    last_message = models.ForeignKey("inbox.Message", null=True, on_delete=models.SET_NULL, related_name="+")
    # When the newest message was said, or when it woke after that.
    last_activity_at = models.DateTimeField()
    # The newest inbound message's own time: the 24-hour window counts from it (Meta: windows), late webhooks included.
    last_inbound_at = models.DateTimeField(null=True)
    # Since when the customer waits for an answer; null when we spoke last.
    waiting_since = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(ConversationQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("channel", "contact"), name="conversation_once")]
        permissions = (
            ("see_conversation", "Can see conversations"),
            ("reply_conversation", "Can answer own and unassigned conversations"),
            ("take_conversation", "Can take unassigned conversations and hand over own ones"),
            ("mark_payment", "Can mark conversations as payment matters"),
            ("assign_conversation", "Can assign any conversation and answer in any"),
            ("resolve_conversation", "Can resolve and reopen conversations"),
            ("lock_conversation", "Can lock conversations while a refund is handled"),
            ("break_lock", "Can break somebody else's lock"),
            ("bulk_conversation", "Can change many conversations at once"),
            ("share_view", "Can share saved views with a region"),
            ("manage_service", "Can edit service hours and promised times"),
        )
        indexes = [
            # Only what is open can press. First, since of several that fit alike SQLite takes the one made last.
            models.Index(
                fields=("region", "state", "-priority", "-last_activity_at", "-id"),
                condition=Q(state="open"),
                name="conversation_pressing",
            ),
            models.Index(fields=("region", "state", "-last_activity_at", "-id"), name="conversation_list"),
            models.Index(fields=("assignee", "state", "-last_activity_at", "-id"), name="conversation_mine"),
            # Not conditional on the state: SQLite does not use a partial index whose value comes as a parameter.
            models.Index(
                fields=("region", "state", "-last_activity_at", "-id"),
                condition=Q(assignee__isnull=True),
                name="conversation_unassigned",
            ),
            models.Index(
                fields=("region", "state", "-last_activity_at", "-id"),
                condition=Q(payment_marked_at__isnull=False),
                name="conversation_payments",
            ),
            models.Index(
                fields=("channel", "waiting_since", "id"),
                condition=Q(assignee__isnull=True, waiting_since__isnull=False),
                name="conversation_queue",
            ),
            models.Index(
                fields=("team", "state", "-last_activity_at", "-id"),
                condition=Q(team__isnull=False),
                name="conversation_of_team",
            ),
            models.Index(fields=("contact",), name="conversation_contact"),
            models.Index(
                fields=("region", "state", "due_at", "id"), condition=Q(due_at__isnull=False), name="conversation_due"
            ),
            models.Index(fields=("watch_at",), condition=Q(watch_at__isnull=False), name="conversation_watch"),
        ]

    def __str__(self) -> str:
        return f"conversation {self.id}"

    @property
    def said_at(self) -> datetime:
        """When the newest message was said: waking moves a conversation up without one."""
        moved = self.woken_how in ("due", "window") and self.woken_at == self.last_activity_at
        last = self.last_message if moved else None
        return self.last_activity_at if last is None else last.at

    @property
    def window_from(self) -> datetime | None:
        """What the 24-hour window counts from; ``None``: it is closed. It is per identity: whoever has other ids than
        when they last wrote must write again first (Meta: windows)."""
        heard, moved = self.last_inbound_at, self.contact.moved_at
        return None if heard is None or (moved is not None and heard < moved) else heard
