"""Celery inside the server's process: a worker with threads, and beat."""

import logging
import threading
import time
from typing import Any

from celery.apps.beat import Beat  # noqa: F401  (imported for its registration of beat's own signals)
from celery.beat import EmbeddedService
from celery.worker import WorkController

from config.celery import app

# More than sends and downloads that hang at once are likely to take: what comes in waits for a free thread too. Two
# workers with queues of their own would be the better wall, but a Celery application holds one selection of queues.
THREADS = 8
STOP_WITHIN_SECONDS = 5.0
logger = logging.getLogger(__name__)


class Workers:
    """Start and stop both. Heartbeat, gossip, mingle and remote control make no sense on an in-memory broker."""

    def __init__(self, data_folder: Any) -> None:
        self._controller = WorkController(
            app=app,
            hostname="kefu@onebox",
            pool_cls="threads",
            concurrency=THREADS,
            loglevel=logging.WARNING,
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
            queues=["ingest", "outbound", "media", "default"],
            quiet=True,
        )
        app.conf.worker_enable_remote_control = False
        # thread=True: the default would fork this process.
        self._beat = EmbeddedService(app, thread=True, schedule_filename=str(data_folder / "beat"))
        self._thread = threading.Thread(target=self._controller.start, name="celery-worker", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._beat.start()

    def stop(self) -> None:
        """Queued tasks go with the process; their rows stay, and the sweeper of the next start enqueues them.

        What is being done is finished: the worker's own thread ends as soon as it takes nothing more, but a message on
        its way to WhatsApp would be left with an unknown fate.
        """
        self._beat.stop()
        stopping = threading.Thread(target=self._controller.stop, daemon=True)
        stopping.start()
        deadline = time.monotonic() + STOP_WITHIN_SECONDS
        for thread in (stopping, self._thread):
            thread.join(max(0.0, deadline - time.monotonic()))
