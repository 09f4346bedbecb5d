"""Writing many rows in one statement, ten times faster than ``bulk_create`` and ``bulk_update``.

Those compile a placeholder per value, and for updates a CASE per field and row; at hundreds of messages a second that
was most of the work (``docs/performance.md``). Here PostgreSQL gets one array per column, SQLite a prepared statement.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import psycopg
from django.db import connection, models, transaction

# These need no conversion on their way into either database; the rest goes through the field.
_AS_THEY_ARE = {
    "CharField",
    "TextField",
    "BooleanField",
    "IntegerField",
    "BigIntegerField",
    "PositiveIntegerField",
    "PositiveBigIntegerField",
    "PositiveSmallIntegerField",
    "BigAutoField",
}
_AS_THEY_ARE_ON_POSTGRESQL = _AS_THEY_ARE | {"UUIDField", "DateTimeField"}


def insert_many(rows: Collection[models.Model], *, ignoring_conflicts: bool = False) -> None:
    """Insert complete, unsaved objects of one model. Database-made keys are not read back."""
    if not rows:
        return
    model = type(next(iter(rows)))
    columns = [c for c in _columns(model, connection.vendor) if not isinstance(c.field, models.AutoField)]
    names = ", ".join(column.name for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    tail = " ON CONFLICT DO NOTHING" if ignoring_conflicts else ""
    values = [column.values(rows, adding=True) for column in columns]
    if connection.vendor == "postgresql":
        _run_on_arrays(f"INSERT INTO {table} ({names}) SELECT * FROM {_unnested(columns)}{tail}", values)
    else:
        marks = ", ".join(["%s"] * len(columns))
        _run_on_rows(f"INSERT INTO {table} ({names}) VALUES ({marks}){tail}", zip(*values, strict=True))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def save_many(rows: Collection[models.Model], fields: Sequence[str]) -> None:
    """Write ``fields`` of existing, locked rows of one model."""
    if not rows:
        return
    model = type(next(iter(rows)))
    known = {column.field.name: column for column in _columns(model, connection.vendor)}
    key = known[_primary_key(model).name]
    wanted = [known[name] for name in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    values = [column.values(rows, adding=False) for column in (*wanted, key)]
    if connection.vendor == "postgresql":
        changes = ", ".join(f"{column.name} = fresh.{column.name}" for column in wanted)
        names = ", ".join(column.name for column in (*wanted, key))
        source = f"{_unnested([*wanted, key])} AS fresh ({names})"
        _run_on_arrays(
            f"UPDATE {table} SET {changes} FROM {source} WHERE {table}.{key.name} = fresh.{key.name}", values
        )
    else:
        changes = ", ".join(f"{column.name} = %s" for column in wanted)
        _run_on_rows(f"UPDATE {table} SET {changes} WHERE {key.name} = %s", zip(*values, strict=True))


class _Column(NamedTuple):
    """``name`` is quoted; ``array`` is PostgreSQL's type of a list of values; ``convert`` is for all but ``None``."""

    field: "models.Field[Any, Any]"
    name: str
    array: str
    convert: Callable[[Any], Any] | None

    def values(self, rows: Iterable[models.Model], *, adding: bool) -> list[Any]:
        found = [self.field.pre_save(row, adding) for row in rows]
        if self.convert is None:
            return found
        return [None if value is None else self.convert(value) for value in found]


@lru_cache(maxsize=256)
def _columns(model: type[models.Model], vendor: str) -> tuple[_Column, ...]:
    return tuple(_column(field, vendor) for field in model._meta.concrete_fields)


def _column(field: "models.Field[Any, Any]", vendor: str) -> _Column:
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    kind = target.get_internal_type()
    convert: Callable[[Any], Any] | None = None
    if kind == "BinaryField":
        convert = bytes  # read back from PostgreSQL it is a memoryview
    elif kind not in (_AS_THEY_ARE_ON_POSTGRESQL if vendor == "postgresql" else _AS_THEY_ARE):

        def convert(value: Any) -> Any:
            return field.get_db_prep_save(value, connection)

    # Without its length: a cast to varchar(40) would cut what the column itself refuses.
    array = (field.db_type(connection) or "").partition("(")[0] + "[]"
    return _Column(field, connection.ops.quote_name(str(field.column)), array, convert)


def _primary_key(model: type[models.Model]) -> "models.Field[Any, Any]":
    key = model._meta.pk
    assert key is not None, f"{model.__name__} has no primary key"
    return key


def _unnested(columns: Sequence[_Column]) -> str:
    return f"unnest({', '.join(f'%b::{column.array}' for column in columns)})"


def _run_on_arrays(sql: str, values: Sequence[list[Any]]) -> None:
    """With the driver's own cursor: Django's spells every value into the statement's text."""
    connection.validate_no_broken_transaction()
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(sql, values)


def _run_on_rows(sql: str, rows: Iterable[Sequence[Any]]) -> None:
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.executemany(sql, list(rows))
