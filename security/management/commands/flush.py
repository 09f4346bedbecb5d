"""``manage.py flush``, which empties a whole database: for tests and trials. The operation log, which only grows, would
refuse; in production it should."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections

from security.models import Operation, Seal
from security.models.append_only import AppendOnly


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        if settings.KEFU_PRODUCTION:
            raise CommandError("An operation log in production is not emptied.")
        connection = connections[options["database"]]
        editor = connection.schema_editor()
        guards = [(model, _guard_of(model)) for model in (Operation, Seal)]
        _run(connection, [line for model, guard in guards for line in guard.removals(model, editor)])
        try:
            super().handle(**options)
        finally:
            _run(connection, [line for model, guard in guards for line in guard.additions(model, editor)])


def _guard_of(model: Any) -> AppendOnly:
    return next(guard for guard in model._meta.constraints if isinstance(guard, AppendOnly))


def _run(connection: Any, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
