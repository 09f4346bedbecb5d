"""Rows that actions wrote once, written again in a few milliseconds where every test wants the same ones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction


@dataclass(frozen=True)
class _Table:
    insert: str
    rows: list[tuple[Any, ...]]


class Template:
    """What ``make`` writes into an empty database. The first call makes it, under each master key that wraps its keys;
    later ones write the same rows, ids too.

    Only for what is the same whenever it is made: moments in it are those of the first time.
    """

    def __init__(self, make: Callable[[], None]) -> None:
        self._make = make
        self._made: dict[str, list[_Table]] = {}

    def lay(self) -> None:
        made = self._made.get(settings.KEFU_MASTER_KEYS)
        if made is not None:
            self._write(made)
            return
        before = _filled()
        self._make()
        if not before:
            self._made[settings.KEFU_MASTER_KEYS] = _filled()

    @staticmethod
    def _write(tables: list[_Table]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:  # who refers to whom is looked at in the end
            for table in tables:
                cursor.executemany(table.insert, table.rows)


def _filled() -> list[_Table]:
    """The rows of all tables but those that ``migrate`` fills."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model in (ContentType, Permission):
                continue
            name = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {name}")
            if rows := cursor.fetchall():
                columns = [connection.ops.quote_name(column[0]) for column in cursor.description]
                holes = ", ".join(["%s"] * len(columns))
                found.append(_Table(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({holes})", rows))
    return found
