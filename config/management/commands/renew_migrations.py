"""``manage.py renew_migrations``: while nothing is released, each app has one migration, written anew after a change.

Indexes and constraints are folded into the tables they are on, and the tables stand in one operation. Django writes
them as operations of their own, and builds all its models anew after each: an empty database took many times as long.
"""

from importlib import invalidate_caches
from itertools import groupby
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter

from security.create_models import CreateModels

_APPS = ("security", "contacts", "inbox")  # those below first


class Command(BaseCommand):
    help = "Writes the migrations of Kefu's own apps anew, one for each. Only before the first release."

    def handle(self, *args: Any, **options: Any) -> None:
        for label in _APPS:
            for old in Path(apps.get_app_config(label).path, "migrations").glob("0*.py"):
                old.unlink()
        for label in _APPS:
            call_command("makemigrations", label, verbosity=0)
            (written,) = [one for key, one in _fresh().disk_migrations.items() if key[0] == label]
            operations = together(folded(list(written.operations)))
            written.operations = operations  # type: ignore[misc]  # as Django's own commands do
            writer = MigrationWriter(written)
            Path(writer.path).write_text(writer.as_string(), encoding="utf-8")
            self.stdout.write(f"wrote {label}, {len(written.operations)} operations")


def _fresh() -> MigrationLoader:
    invalidate_caches()  # the files are new
    return MigrationLoader(None)


def folded(operations: list[Any]) -> list[Any]:
    """``operations`` with indexes and constraints inside the ``CreateModel`` of their table, as far as their fields are
    there from the beginning."""
    tables = {one.name_lower: one for one in operations if isinstance(one, CreateModel)}
    kept = []
    for one in operations:
        table = tables.get(one.model_name_lower) if isinstance(one, AddIndex | AddConstraint) else None
        if table is None or _needs_later(table, one, operations):
            kept.append(one)
        elif isinstance(one, AddIndex):
            table.options.setdefault("indexes", []).append(one.index)
        else:
            table.options.setdefault("constraints", []).append(one.constraint)
    return kept


def together(operations: list[Any]) -> list[Any]:
    """``operations`` with all tables that follow one another in one operation."""
    found: list[Any] = []
    for are_tables, these in groupby(operations, lambda one: isinstance(one, CreateModel)):
        some = list(these)
        found += [CreateModels(some)] if are_tables else some
    return found


def _needs_later(table: CreateModel, one: AddIndex | AddConstraint, operations: list[Any]) -> bool:
    """Whether it speaks of a field that the table gets afterwards."""
    fields = [other for other in operations if isinstance(other, AddField)]
    added = [other for other in fields if other.model_name_lower == table.name_lower]
    spelled = repr((one.index if isinstance(one, AddIndex) else one.constraint).deconstruct())
    return any(other.name in spelled for other in added)
