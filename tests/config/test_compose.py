"""``compose.yaml`` fits the program: every queue has a worker, there is one beat, and no simulator."""

import json
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from tests.contracts.committed import ROOT


@cache
def services() -> dict[str, dict[str, Any]]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def test_every_queue_has_a_worker():
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} | {settings.CELERY_TASK_DEFAULT_QUEUE}
    worked = {service["environment"]["QUEUE"] for name, service in services().items() if name.startswith("worker-")}
    assert worked == routed


def test_there_is_exactly_one_beat():
    assert [name for name, service in services().items() if "beat" in service.get("command", [])] == ["beat"]
    assert services()["beat"]["deploy"] == {"replicas": 1}


def test_the_simulator_is_not_part_of_it():
    assert "sim" not in json.dumps(services()).lower()


def test_only_the_proxy_is_reachable_from_outside():
    assert [name for name, service in services().items() if "ports" in service] == ["proxy"]


def test_nothing_of_ours_starts_before_the_database_has_its_shape():
    ours = [service for name, service in services().items() if service.get("image") == "kefu" and name != "release"]
    assert len(ours) == 6
    for service in ours:
        assert service["depends_on"]["release"] == {"condition": "service_completed_successfully"}


def test_whatever_answers_has_a_health_check():
    silent = {name for name, service in services().items() if "healthcheck" not in service}
    assert silent == {"proxy", "release", "beat"}
