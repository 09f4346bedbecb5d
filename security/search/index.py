"""The index itself, behind a few functions: an array with its GIN index on PostgreSQL, where ``blocks`` packs what is
settled; a full-text table on SQLite.

On SQLite what is taken out must be named token by token (its version in Debian 12 cannot forget a row by its number).
Where that cannot be known any more, the row is forgotten and its tokens stay behind, pointing at nothing, until the
index is built anew.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, transaction
from django.db.models import BooleanField, Exists, OuterRef, QuerySet, UUIDField
from django.db.models.expressions import RawSQL

from security.models.search import POSTGRESQL, TEXTS, SearchBlock, SearchEntry
from security.search import blocks
from security.search.blocks import Entry, Wanted

_TABLE = SearchEntry._meta.db_table
_PUT = (
    f"INSERT INTO {_TABLE} (object_id, tokens) SELECT id, marks::integer[] FROM unnest(%b::uuid[], %b::text[])"
    " AS fresh (id, marks) ON CONFLICT (object_id) DO UPDATE SET tokens = EXCLUDED.tokens"
)
_AT_ONCE = 500


def put(entries: Collection[Entry]) -> None:
    """Index these, in the caller's transaction: they are new, or forgotten by now."""
    if not entries:
        return
    if connection.vendor == POSTGRESQL:
        ids = [entry.object_id for entry in entries]
        arrays = [f"{{{','.join(map(str, entry.tokens))}}}" for entry in entries]
        connection.ensure_connection()
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(_PUT, [ids, arrays])
    else:
        _put_in_text(list(entries))


def replace(entries: Collection[Entry]) -> None:
    """Index these, be they new or not."""
    put(entries)
    ids = [entry.object_id for entry in entries]
    if ids and connection.vendor == POSTGRESQL and blocks.hold(ids):  # asked last: whoever was packing them is done
        blocks.unpack(ids)


def put_settled(entries: Sequence[Entry]) -> None:
    """Index these, all of one kind and region, none of them indexed before: in blocks, as far as they fill any."""
    whole = len(entries) // blocks.SIZE * blocks.SIZE if connection.vendor == POSTGRESQL else 0
    if whole:
        blocks.store(entries[:whole])
    put(entries[whole:])


def pack(object_ids: Sequence[UUID]) -> int:
    """Keep these, all of one kind and region, in less room; returns how many there were to pack."""
    return blocks.pack(object_ids) if object_ids and connection.vendor == POSTGRESQL else 0


def forget(object_ids: Iterable[UUID], said: Callable[[], Iterable[Entry]]) -> int:
    """Take these out; returns how many there were. ``said``: as they were put in, asked for where that is needed."""
    ids = list(dict.fromkeys(object_ids))
    if connection.vendor != POSTGRESQL and ids:
        _forget_text(list(said()))
    gone = _delete(ids)
    if gone < len(ids) and connection.vendor == POSTGRESQL:
        blocks.unpack(ids)
        gone += _delete(ids)
    return gone


def matching(wanted: Sequence[Wanted]) -> RawSQL:
    """The ids of the objects that fit any of ``wanted``, as the right side of ``pk__in``."""
    if connection.vendor == POSTGRESQL:
        condition, params = blocks.on_arrays(wanted)
        in_blocks, more = blocks.matching(wanted)
        single = f"SELECT object_id FROM {_TABLE} WHERE {condition}"
        return RawSQL(f"{single} UNION ALL {in_blocks}", (*params, *more), output_field=UUIDField())
    match = " OR ".join(f"({_in_text(one)})" for one in wanted)
    rows = f"SELECT rowid FROM {TEXTS} WHERE {TEXTS} MATCH %s"
    return RawSQL(f"SELECT object_id FROM {_TABLE} WHERE doc IN ({rows})", (match,), output_field=UUIDField())


def missing_from(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of ``rows`` that are not indexed."""
    found = rows.filter(~Exists(SearchEntry.objects.filter(object_id=OuterRef("pk"))))
    if connection.vendor != POSTGRESQL:
        return found
    model = rows.model._meta
    return found.filter(RawSQL(blocks.lacking(model.db_table, model.pk.column), (), output_field=BooleanField()))


def strangers_in_blocks(known: Iterable[tuple[str, str]]) -> list[UUID]:
    """What is packed and in none of these tables, each given with its key's column."""
    return blocks.strangers(known) if connection.vendor == POSTGRESQL else []


def empty() -> None:
    """Forget everything, before it is built anew."""
    with connection.cursor() as cursor:
        if connection.vendor == POSTGRESQL:
            cursor.execute(f"TRUNCATE {_TABLE}, {SearchBlock._meta.db_table}")
        else:
            cursor.execute(f"DELETE FROM {_TABLE}")
            cursor.execute(f"INSERT INTO {TEXTS}({TEXTS}) VALUES ('delete-all')")


def _delete(ids: Sequence[UUID]) -> int:
    parts = (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
    return sum(SearchEntry.objects.filter(object_id__in=part).delete()[0] for part in parts)


def _in_text(one: Wanted) -> str:
    either = (f"({' OR '.join(map(_spelled, some))})" for some in (one.weeks, one.kinds) if some)
    return " AND ".join([*map(_spelled, one.tokens), *either])


def _spelled(token: int) -> str:
    return f"{token & 0xFFFFFFFF:08x}"


def _text(entry: Entry) -> str:
    return " ".join(map(_spelled, entry.tokens))


def _put_in_text(entries: list[Entry]) -> None:
    """Numbers are given here and never again (AUTOINCREMENT): what a forgotten row left behind names nobody."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        hexes = [entry.object_id.hex for entry in entries]
        cursor.executemany(f"DELETE FROM {_TABLE} WHERE object_id = %s", [(pk,) for pk in hexes])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [_TABLE])
        last = (cursor.fetchone() or (0,))[0]
        docs = range(last + 1, last + 1 + len(entries))
        rows = list(zip(docs, hexes, strict=True))
        cursor.executemany(f"INSERT INTO {_TABLE} (doc, object_id) VALUES (%s, %s)", rows)
        texts = list(zip(docs, map(_text, entries), strict=True))
        cursor.executemany(f"INSERT INTO {TEXTS} (rowid, tokens) VALUES (%s, %s)", texts)


def _forget_text(entries: list[Entry]) -> None:
    known: dict[UUID, int] = {}
    for at in range(0, len(entries), _AT_ONCE):
        ids = [entry.object_id for entry in entries[at : at + _AT_ONCE]]
        known |= dict(SearchEntry.objects.filter(object_id__in=ids).values_list("object_id", "doc"))
    rows = [(known[entry.object_id], _text(entry)) for entry in entries if entry.object_id in known]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TEXTS} ({TEXTS}, rowid, tokens) VALUES ('delete', %s, %s)", rows)
