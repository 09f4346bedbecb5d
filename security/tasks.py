"""The security app's background work."""

from celery import shared_task

from security.actions.grants import settle_grants
from security.actions.sealing import seal_operations
from security.live.store import prune


@shared_task(name="security.prune_stream")
def prune_stream() -> None:
    """Nightly: drop live-stream rows past their retention."""
    prune()


@shared_task(name="security.settle_grants")
def settle_temporary_grants() -> None:
    """Every minute: end the temporary grants whose time is over, tell people of those that began."""
    settle_grants()


@shared_task(name="security.seal_operations")
def seal_operation_log() -> None:
    """Every minute: seal the lines of the operation log that are certainly complete."""
    seal_operations()
