"""The security app's background work."""

from celery import shared_task

from security.live.store import prune


@shared_task(name="security.prune_stream")
def prune_stream() -> None:
    """Nightly: drop live-stream rows past their retention."""
    prune()
