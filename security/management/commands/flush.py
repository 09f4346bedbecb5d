"""``manage.py flush``, which empties a whole database: for tests and trials. The operation log, which only grows, would
refuse; in production it should. What ``migrate`` laid beside the tables stays: kinds of objects and permissions are the
same afterwards, and laying them anew took longer than most tests that ask for this."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.core.management.commands import flush
from django.db import connections

from security.models.append_only import AppendOnly

_LAID_BY_MIGRATE = {model._meta.db_table for model in (ContentType, Permission)}


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        if settings.KEFU_PRODUCTION:
            raise CommandError("An operation log in production is not emptied.")
        connection = connections[options["database"]]
        if options["interactive"] and not _agreed(connection):
            raise CommandError("Nothing was deleted.")
        editor = connection.schema_editor()
        guards = list(_guards())
        _run(connection, [line for model, guard in guards for line in guard.removals(model, editor)])
        try:
            connection.ops.execute_sql_flush(_emptying(connection, options))
        finally:
            _run(connection, [line for model, guard in guards for line in guard.additions(model, editor)])


def _agreed(connection: Any) -> bool:
    name = connection.settings_dict["NAME"]
    return input(f'Everything in the database "{name}" will be deleted. Type "yes" to go on: ') == "yes"


def _emptying(connection: Any, options: dict[str, Any]) -> list[str]:
    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    tables = sorted(names - _LAID_BY_MIGRATE)
    if options.get("reset_sequences", True):
        emptied: list[str] = connection.ops.sql_flush(no_style(), tables, reset_sequences=True)
        return emptied
    # Between two tests a few tables hold a few rows; to truncate a hundred costs PostgreSQL as many new files.
    return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in _holding(connection, tables)]


def _holding(connection: Any, tables: Sequence[str]) -> list[str]:
    """Those of ``tables`` that hold anything."""
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [str(table) for (table,) in cursor.fetchall()]


def _guards() -> Iterator[tuple[Any, AppendOnly]]:
    """Every table that only grows, whichever app it is of."""
    for model in apps.get_models():
        for guard in model._meta.constraints:
            if isinstance(guard, AppendOnly):
                yield model, guard


def _run(connection: Any, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
