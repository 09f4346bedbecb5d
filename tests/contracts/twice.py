"""Runs a background task twice: the second run must change nothing."""

from typing import Any

from django.apps import apps
from django.core import serializers

from config.celery import app as celery

OURS = ("security", "contacts", "inbox", "templates_mgr", "payments", "reports")


def ours() -> dict[str, Any]:
    celery.loader.import_default_modules()
    return {name: task for name, task in celery.tasks.items() if name.split(".")[0] in OURS}


def world() -> str:
    """Every row of every table of ours, as text."""
    models = [model for name in OURS for model in apps.get_app_config(name).get_models()]
    return "".join(
        serializers.serialize("json", model._base_manager.order_by("pk"), fields=_plain(model)) for model in models
    )


def _plain(model: Any) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.get_internal_type() != "BinaryField"]


def run_twice(name: str, *arguments: Any) -> None:
    """The second run must leave everything as the first one left it."""
    task = ours()[name]
    task.apply(args=arguments, throw=True)
    after_once = world()
    task.apply(args=arguments, throw=True)
    assert world() == after_once
