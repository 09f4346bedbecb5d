"""The part of a Celery worker that listens to the broker, made to outlive it."""

import logging
from typing import Any

from celery.worker.consumer import Consumer

logger = logging.getLogger(__name__)


class PatientConsumer(Consumer):
    """Celery 5.7 with Redis ends the whole worker, instead of connecting again, when the broker goes away while a task
    is in hand: putting that task back, or acknowledging it later, through the closed connection is an
    ``AttributeError`` that nobody expects.

    What is not put back or acknowledged is no loss: tasks are hints, and safe to run twice.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._celerys_loop: Any = self.loop  # type: ignore[has-type]
        self.loop = self._loop

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        try:
            super().on_connection_error_after_connected(exc)
        except AttributeError:
            logger.warning("the lost connection to the broker could not be closed in order", exc_info=True)

    def _loop(self, *args: Any) -> None:
        try:
            self._celerys_loop(*args)
        except AttributeError as error:
            logger.warning("a task of a lost connection could not be acknowledged", exc_info=True)
            raise ConnectionResetError("connecting again after a late acknowledgement") from error
