"""The contacts app's background work: one line each, ids only, safe to run twice."""

from uuid import UUID

from celery import shared_task

from contacts.actions import import_running
from contacts.actions.bounces import forget_reached
from contacts.actions.deliveries import deliver
from contacts.actions.duplicates import find_all_duplicates, find_duplicates
from contacts.actions.exporting import make_export
from contacts.actions.hooks import apply_hook
from contacts.actions.pulling import pull
from contacts.actions.rule_due import lay_due_now
from contacts.actions.rule_trials import run_trial
from contacts.actions.segments import record_segment_sizes
from contacts.exchange.sweeping import forget_exchange, sweep_exchange
from contacts.privacy.sweeping import carry_on_privacy
from contacts.rules.running import judge_waiting
from contacts.rules.sweeping import keep_rules


@shared_task(name="contacts.make_export")
def make_contact_export(export_id: str) -> None:
    """Make the file somebody asked for."""
    make_export(UUID(export_id))


@shared_task(name="contacts.carry_on_import")
def carry_on_import(import_id: str) -> None:
    """Check, take in or undo a file somebody brought, until that is done."""
    import_running.carry_on_import(UUID(import_id))


@shared_task(name="contacts.find_duplicates_of")
def find_duplicates_of(region_id: int) -> None:
    """Somebody wants to know now who is there twice."""
    find_duplicates(region_id=region_id)


@shared_task(name="contacts.tidy_numbers")
def tidy_numbers() -> None:
    """Every night: who is reachable again, and who is there twice."""
    forget_reached()
    find_all_duplicates()


@shared_task(name="contacts.carry_on")
def carry_on() -> None:
    """Every minute: go on with erasures, merges, exports and imports, destroy those whose time is over."""
    carry_on_privacy()


@shared_task(name="contacts.deliver_webhook")
def deliver_webhook(delivery_id: str) -> None:
    """Tell one subscription what happened."""
    deliver(UUID(delivery_id))


@shared_task(name="contacts.apply_exchange_hook")
def apply_exchange_hook(hook_id: str) -> None:
    """Write what a signed webhook of another system says."""
    apply_hook(UUID(hook_id))


@shared_task(name="contacts.pull_shop")
def pull_shop(source_id: str) -> None:
    """Read on in a connected shop; where there is more, another turn follows."""
    if pull(UUID(source_id)):
        pull_shop.apply_async(args=(source_id,), retry=False)


@shared_task(name="contacts.sweep_exchange")
def sweep_all_exchange() -> None:
    """Every few seconds: deliveries and webhooks whose task was lost or that are due again, shops to be asked."""
    sweep_exchange()


@shared_task(name="contacts.forget_exchange")
def forget_old_exchange() -> None:
    """Hourly: let settled deliveries and applied webhooks go after their days."""
    forget_exchange()


@shared_task(name="contacts.run_rules")
def run_rules(region_id: int) -> None:
    """Judge what happened in a region."""
    judge_waiting(region_id)


@shared_task(name="contacts.lay_due_rows")
def lay_due_rows(rule_id: str) -> None:
    """Put down everybody a rule about time waits for."""
    lay_due_now(UUID(rule_id))


@shared_task(name="contacts.try_rule")
def try_rule(trial_id: str) -> None:
    """Find out what a rule would have done."""
    run_trial(UUID(trial_id))


@shared_task(name="contacts.sweep_rules")
def sweep_rules() -> None:
    """Every few seconds: rules whose time has come, what a crash left, regions that have no rules yet."""
    keep_rules()


@shared_task(name="contacts.record_segment_sizes")
def record_sizes() -> None:
    """Every hour: count the segments that have no size of today (their region's day) yet."""
    record_segment_sizes()
