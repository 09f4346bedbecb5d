"""A broker that is away, or there and silent, keeps nobody waiting: the rows are the truth, tasks are hints."""

import time
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError

from config.consumer import PatientConsumer


@pytest.mark.skipif("redis" not in settings.CELERY_BROKER_URL, reason="the embedded default has its broker inside")
def test_a_task_for_a_broker_that_is_away_is_refused_at_once():
    """Celery's producers go on connecting for four seconds otherwise, even with ``retry=False``."""
    nobody = Celery(broker="redis://127.0.0.1:9/0")
    nobody.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    for _ in range(2):  # the first one loads the transport
        began = time.monotonic()
        with pytest.raises(OperationalError):
            nobody.send_task("anything", retry=False)
    assert time.monotonic() - began < 2


@pytest.mark.skipif("redis" not in settings.CELERY_BROKER_URL, reason="the embedded default has its broker inside")
def test_redis_that_answers_nothing_is_waited_for_only_so_long():
    broker: dict[str, Any] = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    caches: dict[str, Any] = settings.CACHES
    assert broker["socket_timeout"] <= 5
    assert caches["default"]["OPTIONS"]["socket_timeout"] <= 5


def test_a_late_acknowledgement_makes_the_worker_connect_again_and_not_end():
    """What kombu raises for the channel of a closed connection is none of the errors Celery recovers from."""

    def late(*args: Any) -> None:
        raise AttributeError("'NoneType' object has no attribute 'hostname'")

    consumer = PatientConsumer.__new__(PatientConsumer)
    consumer._celerys_loop = late
    with pytest.raises(ConnectionResetError):
        consumer._loop()
    assert settings.CELERY_WORKER_CONSUMER == "config.consumer:PatientConsumer"
