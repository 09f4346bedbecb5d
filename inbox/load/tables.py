"""Writes many rows at once: COPY on PostgreSQL, one prepared INSERT on SQLite."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

from contacts.models import Contact, Identity, Note
from inbox.load import rows
from inbox.models import Assignment, Case, Conversation, Media, Message, Reaction, ReadMark, Resolution

TABLES: dict[type[tuple[Any, ...]], type[models.Model]] = {
    rows.ContactRow: Contact,
    rows.IdentityRow: Identity,
    rows.NoteRow: Note,
    rows.ConversationRow: Conversation,
    rows.CaseRow: Case,
    rows.AssignmentRow: Assignment,
    rows.ResolutionRow: Resolution,
    rows.ReadMarkRow: ReadMark,
    rows.MessageRow: Message,
    rows.ReactionRow: Reaction,
    rows.MediaRow: Media,
}
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_SPECIAL = re.compile(r"[\\\t\n\r]")
_AT_A_TIME = 500


class Outdated(Exception):
    """A model has columns that the rows of a load world do not know: both must change together."""


def check_columns() -> None:
    for row, model in TABLES.items():
        known = set(_fields(row))
        columns = {str(field.column) for field in model._meta.concrete_fields}
        missing = columns - known - ({"id"} if isinstance(model._meta.pk, models.AutoField) else set())
        if missing or known - columns:
            raise Outdated(f"{model._meta.label}: {sorted(missing | known - columns)}")


def insert(fresh: Sequence[tuple[Any, ...]]) -> None:
    """Rows of one kind."""
    if not fresh:
        return
    kind = type(fresh[0])
    table, columns = TABLES[kind]._meta.db_table, ", ".join(f'"{name}"' for name in _fields(kind))
    if connection.vendor == "postgresql":
        _copy(f'COPY "{table}" ({columns}) FROM STDIN', fresh)
    else:
        places = ", ".join("?" * len(fresh[0]))
        _many(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', fresh)


def amend(kind: type[tuple[Any, ...]], columns: Sequence[str], changed: Sequence[tuple[Any, ...]]) -> None:
    """Set ``columns`` of rows that are there; ``changed`` holds their new values and, last, the id."""
    table = TABLES[kind]._meta.db_table
    if connection.vendor != "postgresql":
        _many(f'UPDATE "{table}" SET {", ".join(f"{name} = ?" for name in columns)} WHERE id = ?', changed)
        return
    names = ", ".join((*columns, "id"))
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMP TABLE amended ON COMMIT DROP AS SELECT {names} FROM "{table}" LIMIT 0')
        _copy(f"COPY amended ({names}) FROM STDIN", changed)
        settings = ", ".join(f"{name} = amended.{name}" for name in columns)
        cursor.execute(f'UPDATE "{table}" t SET {settings} FROM amended WHERE t.id = amended.id')
        cursor.execute("DROP TABLE amended")


def follow_ids(kind: type[tuple[Any, ...]]) -> None:
    """After rows with numbers of our own: the next one that PostgreSQL gives is a free one."""
    if connection.vendor == "postgresql":
        table = TABLES[kind]._meta.db_table
        with connection.cursor() as cursor:
            sequence = f"pg_get_serial_sequence('\"{table}\"', 'id')"
            cursor.execute(f'SELECT setval({sequence}, (SELECT coalesce(max(id), 0) + 1 FROM "{table}"), false)')


def settle() -> None:
    """Let the planner see what has been written, as the database's own upkeep would within minutes."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _fields(kind: type[tuple[Any, ...]]) -> tuple[str, ...]:
    return kind._fields  # type: ignore[attr-defined]


def _copy(statement: str, fresh: Iterable[tuple[Any, ...]]) -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        lines: list[str] = []
        for row in fresh:
            lines.append("\t".join(map(_spelled, row)))
            if len(lines) == _AT_A_TIME:
                copy.write("\n".join([*lines, ""]))
                lines.clear()
        if lines:
            copy.write("\n".join([*lines, ""]))


def _spelled(value: Any) -> str:
    return _SPELL[type(value)](value)


_SPELL: dict[type, Callable[[Any], str]] = {
    str: lambda value: value.translate(_ESCAPES) if _SPECIAL.search(value) else value,
    int: str,
    bool: lambda value: "t" if value else "f",
    bytes: lambda value: "\\\\x" + value.hex(),
    type(None): lambda _: "\\N",
}


def _many(statement: str, fresh: Iterable[tuple[Any, ...]]) -> None:
    """Past Django's cursor, which would spell each value anew."""
    connection.ensure_connection()
    connection.connection.executemany(statement, fresh)
