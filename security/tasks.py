"""The security app's background work."""

from celery import shared_task

from security.actions.grants import settle_grants
from security.actions.mails import forget_mails, send_due_mails, send_mail_now
from security.actions.presence import settle_absences
from security.actions.reviews import run_reviews
from security.actions.sealing import seal_operations
from security.actions.session_ends import end_idle_sessions, forget_sessions
from security.actions.traineeships import close_over_traineeships
from security.live.store import prune
from security.usage import forget_old_uses


@shared_task(name="security.prune_stream")
def prune_stream() -> None:
    """Hourly: drop live-stream rows past their retention, old counts of the use of permissions, old sessions and
    mails."""
    prune()
    forget_old_uses()
    forget_sessions()
    forget_mails()


@shared_task(name="security.end_idle_sessions")
def end_all_idle_sessions() -> None:
    """Every half minute: tell of sessions whose person did nothing for too long."""
    end_idle_sessions()


@shared_task(name="security.send_mail")
def send_mail(mail_id: str) -> None:
    """Right after the change it tells of."""
    send_mail_now(mail_id)


@shared_task(name="security.send_due_mails")
def send_all_due_mails() -> None:
    """Every few seconds: mails whose task was lost, and those to be tried again."""
    send_due_mails()


@shared_task(name="security.settle_grants")
def settle_temporary_grants() -> None:
    """Every minute: end the temporary grants and traineeships whose time is over, tell people of grants that began."""
    settle_grants()
    close_over_traineeships()


@shared_task(name="security.settle_absences")
def settle_all_absences() -> None:
    """Every few seconds: tell of those whose last tab is gone."""
    settle_absences()


@shared_task(name="security.seal_operations")
def seal_operation_log() -> None:
    """Every minute: seal the lines of the operation log that are certainly complete."""
    seal_operations()


@shared_task(name="security.run_reviews")
def run_quarterly_reviews() -> None:
    """Every few minutes: draw the quarter's review if nobody did, let lapse what was not confirmed in time."""
    run_reviews()
