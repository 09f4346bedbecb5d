"""The security app's background work."""

from uuid import UUID

from celery import shared_task

from security.actions.behaviour import watch_behaviour
from security.actions.device_confirmations import forget_confirmations
from security.actions.drills import run_drills, send_drill_mail
from security.actions.grants import settle_grants
from security.actions.incidents import settle_incidents
from security.actions.key_reminders import settle_api_keys
from security.actions.locks import lift_ended_locks
from security.actions.mails import forget_mails, send_due_mails, send_mail_now
from security.actions.password_resets import settle_lost_resets, settle_reset
from security.actions.presence import settle_absences
from security.actions.renewing import settle_keys
from security.actions.reviews import run_reviews
from security.actions.sealing import seal_operations
from security.actions.search import pack_settled
from security.actions.selfcheck import remind_monthly
from security.actions.session_ends import end_idle_sessions, end_sessions_outside, forget_sessions
from security.actions.sign_in_guard import forget_old_guards
from security.actions.stalled_sign_ins import tell_stalled
from security.actions.tiers import settle_tiers
from security.actions.traineeships import close_over_traineeships
from security.live.store import prune
from security.usage import forget_old_uses


@shared_task(name="security.prune_stream")
def prune_stream() -> None:
    """Hourly: drop live-stream rows past their retention, old counts of uses and of wrong passwords, old
    sessions, confirmations of devices and mails."""
    prune()
    forget_old_uses()
    forget_old_guards()
    forget_sessions()
    forget_confirmations()
    forget_mails()


@shared_task(name="security.end_idle_sessions")
def end_all_idle_sessions() -> None:
    """Every half minute: tell of sessions whose person did nothing for too long, and of executives' whose address left
    their list."""
    end_idle_sessions()
    end_sessions_outside()


@shared_task(name="security.send_mail")
def send_mail(mail_id: str) -> None:
    """Right after the change it tells of."""
    send_mail_now(mail_id)


@shared_task(name="security.send_due_mails")
def send_all_due_mails() -> None:
    """Every few seconds: mails, and links for forgotten passwords, whose task was lost, and those to be tried again."""
    settle_lost_resets()
    send_due_mails()


@shared_task(name="security.settle_grants")
def settle_temporary_grants() -> None:
    """Every minute: end the temporary grants, traineeships and locks whose time is over, tell of grants that began and
    of sign-ins that stopped at the second factor."""
    settle_grants()
    close_over_traineeships()
    lift_ended_locks()
    tell_stalled()


@shared_task(name="security.settle_tiers")
def settle_tier_and_incident() -> None:
    """Every half minute: tell that a tier for a period, or an incident, is over. It counts no more already."""
    settle_tiers()
    settle_incidents()


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


@shared_task(name="security.mail_password_reset")
def mail_password_reset(request_id: str) -> None:
    """Send the link to set a new password, if anybody has the address."""
    settle_reset(request_id)


@shared_task(name="security.watch_behaviour")
def watch_all_behaviour() -> None:
    """Every few seconds: hold what was added to the operation log against the behaviour rules."""
    watch_behaviour()


@shared_task(name="security.remind_selfcheck")
def remind_of_selfcheck() -> None:
    """Hourly: once in a month check the installation and tell the admins how it stands."""
    remind_monthly()


@shared_task(name="security.run_drills")
def run_phishing_drills() -> None:
    """Every minute: begin and end drills, and send what waits."""
    for mail_id in run_drills():
        send_one_drill_mail.apply_async(args=(str(mail_id),), retry=False)


@shared_task(name="security.send_drill_mail")
def send_one_drill_mail(mail_id: str) -> None:
    """Send the mail of a drill to one person."""
    send_drill_mail(UUID(mail_id))


@shared_task(name="security.settle_keys")
def settle_replaced_keys() -> None:
    """Every few minutes: move what is still under replaced keys, drop region keys that wrap nothing any more."""
    settle_keys()


@shared_task(name="security.settle_api_keys")
def remind_of_api_keys() -> None:
    """Hourly: remind the owners of API keys that end soon, tell of those that ended, forget those that ended long
    ago."""
    settle_api_keys()


@shared_task(name="security.pack_search")
def pack_settled_search() -> None:
    """Hourly: keep the search entries of what is older than a day in less room (PostgreSQL)."""
    pack_settled()
