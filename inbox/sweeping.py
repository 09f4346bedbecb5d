"""The rows are the truth and tasks are only hints: this finds every row that waits for a hint that got lost."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from inbox.actions.account_past import forget_account_past
from inbox.actions.bulk import forget_bulk_deeds
from inbox.actions.discards import discard_unsent_uploads, remove_strays
from inbox.actions.drafts import forget_old_drafts
from inbox.actions.held_alarms import raise_held_alarms
from inbox.actions.ingest import forget_applied
from inbox.actions.keyword_days import forget_old_counts
from inbox.actions.locks import end_due_locks
from inbox.actions.macro_runs import forget_macro_runs
from inbox.actions.notifications import forget_notifications
from inbox.actions.outgoing import forget_parked, give_up_on_stale_claims
from inbox.actions.pauses import due_probes, end_due_pauses
from inbox.actions.prepared import forget_deleted
from inbox.actions.promotions import look_at_everybody
from inbox.actions.requeue import requeue_absent
from inbox.actions.risk_lists import lay_risk_lists
from inbox.actions.risks import escalate_due
from inbox.actions.scheduled_due import send_due_replies
from inbox.actions.sla import warn_due
from inbox.actions.waking import wake_due
from inbox.models import AssignmentRule, Conversation, InboxPolicy, Media, Message, StoredWebhook
from inbox.policies import BINNED
from security.statistics import refresh_statistics

logger = logging.getLogger(__name__)
_WHY = "sweeping"
_MOST = 500
# The interval of the timetable: what becomes due before the next sweep is woken at its own time, not all at once.
_LOOK_AHEAD = timedelta(seconds=5)
_JUST_AFTER_SECONDS = 0.05  # a task that came a moment early would find nothing due


def sweep() -> None:
    """Enqueue again what is due: queued messages, stored webhooks, files, what waits for somebody; settle claims that a
    crash left; let numbers go on whose pause is over, conversations come back whose snooze or lock is, replies leave
    whose time has come; warn of promises at risk; take back what waits for people who are not there; tell supervisors
    of trainees' replies nobody decides on, and the next ones of risks that nobody took."""
    _each(give_up_on_stale_claims, end_due_pauses, wake_due, end_due_locks, send_due_replies)
    _each(warn_due, requeue_absent, raise_held_alarms, escalate_due, lay_risk_lists)
    _each(_wake_deliveries, _wake_drainers, _wake_fetchers, _wake_probes, _wake_assigners)


def housekeep() -> None:
    """Let go what is kept for a time only, and tell the database's planner what is left."""
    _each(forget_applied, forget_account_past, forget_parked, forget_bulk_deeds)
    _each(forget_notifications, forget_old_drafts, forget_deleted, forget_macro_runs, look_at_everybody)
    _each(discard_unsent_uploads, remove_strays, refresh_statistics, forget_old_counts)


def _each(*parts: Callable[[], object]) -> None:
    """All of them, whatever becomes of one."""
    for part in parts:
        try:
            part()
        except Exception:
            logger.exception("%s failed", part.__name__)


def _wake_deliveries() -> None:
    from inbox.tasks import deliver_conversation  # tasks import this module

    now = timezone.now()
    for conversation_id, due_at in _conversations_due(now).items():
        ahead = (due_at - now).total_seconds() if due_at else 0.0
        wait = ahead + _JUST_AFTER_SECONDS if ahead > 0 else None
        deliver_conversation.apply_async(args=(str(conversation_id),), countdown=wait, retry=False)


def _conversations_due(now: datetime) -> dict[UUID, datetime | None]:
    """Conversations with a message that is due, or will be before the next sweep, and when the first of them is."""
    stale = now - timedelta(seconds=InboxPolicy.current().sweep_after_seconds)
    rows = Message.objects.for_system(_WHY).filter(status="queued", channel__state="active")
    rows = rows.exclude(conversation__state=BINNED)
    due = rows.filter(Q(due_at=None, created_at__lt=stale) | Q(due_at__lte=now + _LOOK_AHEAD))
    found: dict[UUID, datetime | None] = {}
    for conversation_id, due_at in due.order_by("created_at").values_list("conversation_id", "due_at")[:_MOST]:
        found.setdefault(conversation_id, due_at)  # they leave in order, so the oldest one's time counts
    return found


def _wake_drainers() -> None:
    from inbox.tasks import drain_channel

    stale = timezone.now() - timedelta(seconds=InboxPolicy.current().sweep_after_seconds)
    pending = StoredWebhook.objects.filter(state="pending", received_at__lt=stale)
    for channel_id in pending.order_by().values_list("channel_id", flat=True).distinct():
        drain_channel.apply_async(args=(str(channel_id),), retry=False)


def _wake_fetchers() -> None:
    from inbox.tasks import fetch_media

    files = Media.objects.for_system(_WHY).filter(state="fetching", due_at__lte=timezone.now())
    for media_id in files.order_by("due_at").values_list("pk", flat=True)[:_MOST]:
        fetch_media.apply_async(args=(str(media_id),), retry=False)


def _wake_probes() -> None:
    from inbox.tasks import probe_channel

    for channel_id in due_probes():
        probe_channel.apply_async(args=(str(channel_id),), retry=False)


def _wake_assigners() -> None:
    """Somebody may be free by now: they came, became available, or are done with something else."""
    from inbox.tasks import assign_waiting

    waiting = Conversation.objects.for_system(_WHY).filter(
        channel_id=OuterRef("pk"), assignee=None, waiting_since__isnull=False, state="open"
    )
    wanted = AssignmentRule.objects.exclude(method="off").filter(Exists(waiting))
    for channel_id in wanted.order_by("pk").values_list("pk", flat=True):
        assign_waiting.apply_async(args=(str(channel_id),), retry=False)
