"""Older entries packed by the block, on PostgreSQL, where a row, its key and an entry in the index for each word cost
more than the words: a token stands once in a block, with a bit for each object that has it.

A block is exact: it can be asked for those of its objects that have all of some tokens, and taken apart into the very
entries it was made of. Taking one object out means taking the block apart; the others are packed again later.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from security.models.search import SearchBlock, SearchEntry

SIZE = 64  # objects to a block: a bit each in a bigint
_BLOCKS, _ENTRIES = SearchBlock._meta.db_table, SearchEntry._meta.db_table
# One at a time packs or takes apart. Otherwise what is to be forgotten could go from a block into an entry and back
# between the two places it is looked for in.
_LOCK = "SELECT pg_advisory_xact_lock(730412)"
_TAKE = (
    f"DELETE FROM {_ENTRIES} WHERE doc IN (SELECT doc FROM {_ENTRIES} WHERE object_id = ANY(%b)"
    # Whoever holds one is about to forget it, and may wait for the lock above.
    " FOR UPDATE SKIP LOCKED) RETURNING object_id, tokens"
)
_STORE = (
    f"INSERT INTO {_BLOCKS} (lowest, highest, held, tokens, members)"
    " SELECT held[1], held[cardinality(held)], held, tokens, members FROM (SELECT h::uuid[] AS held,"
    " t::integer[] AS tokens, m::bigint[] AS members FROM unnest(%b::text[], %b::text[], %b::text[])"
    " AS fresh (h, t, m)) AS blocks"
)
_HOLDING = (
    f"FROM {_BLOCKS} WHERE lowest <= %b AND highest >= %b"
    " AND EXISTS (SELECT FROM unnest(held) AS one (id) WHERE one.id = ANY(%b))"
)
_UNPACK = (
    f"WITH opened AS (DELETE {_HOLDING} RETURNING held, tokens, members)"
    f" INSERT INTO {_ENTRIES} (object_id, tokens) SELECT one.id, ARRAY(SELECT said.token"
    " FROM unnest(opened.tokens, opened.members) AS said (token, bits)"
    " WHERE said.bits >> (one.place - 1)::integer & 1 = 1 ORDER BY said.token)"
    " FROM opened CROSS JOIN LATERAL unnest(opened.held) WITH ORDINALITY AS one (id, place)"
    " ON CONFLICT (object_id) DO NOTHING"  # of what has an entry already, that is the newer
)
# OFFSET keeps PostgreSQL from working the bits out anew for each object. Most blocks have all the tokens and none of
# the objects: they are left before those are listed.
_MATCHING = (
    f"SELECT one.id FROM {_BLOCKS} CROSS JOIN LATERAL (SELECT %s AS bits OFFSET 0) AS found"
    " CROSS JOIN LATERAL unnest(held) WITH ORDINALITY AS one (id, place)"
    " WHERE (%s) AND found.bits <> 0 AND found.bits >> (one.place - 1)::integer & 1 = 1"
)
_BITS = (
    "coalesce((SELECT %s(coalesce(members[array_position(tokens, token)], 0)) FROM unnest(%%s::integer[]) token), 0)"
)
_LACKING = f"NOT EXISTS (SELECT FROM {_BLOCKS} CROSS JOIN LATERAL unnest(held) AS one (id) WHERE one.id = %s.%s)"


@dataclass(frozen=True, slots=True)
class Entry:
    """``tokens`` are those of ``KeyedMarks``: sorted, each once."""

    object_id: UUID
    tokens: Sequence[int]


@dataclass(frozen=True)
class Wanted:
    """All of ``tokens`` and, if any are given, one of ``weeks`` and one of ``kinds``: one region's share of a
    question."""

    tokens: Sequence[int]
    weeks: Sequence[int] = ()
    kinds: Sequence[int] = ()

    def conditions(self) -> list[tuple[str, str, list[int]]]:
        """What the arrays must do with which tokens, and how the bits of those are brought together."""
        ways = (("@>", "bit_and", self.tokens), ("&&", "bit_or", self.weeks), ("&&", "bit_or", self.kinds))
        return [(operator, together, list(tokens)) for operator, together, tokens in ways if tokens]


def on_arrays(wanted: Sequence[Wanted]) -> tuple[str, list[Any]]:
    """The condition that finds rows by their tokens."""
    parts = [one.conditions() for one in wanted]
    ways = (" AND ".join(f"tokens {operator} %s::integer[]" for operator, _, _ in part) for part in parts)
    return " OR ".join(f"({way})" for way in ways) or "false", [tokens for part in parts for _, _, tokens in part]


def matching(wanted: Sequence[Wanted]) -> tuple[str, list[Any]]:
    """The query of packed objects that fit any of ``wanted``."""
    condition, params = on_arrays(wanted)
    ways = (" & ".join(_BITS % together for _, together, _ in one.conditions()) for one in wanted)
    return _MATCHING % (" | ".join(f"({way})" for way in ways) or "0", condition), [*params, *params]


def lacking(table: str, column: str) -> str:
    """The condition on rows of ``table`` that they are in no block."""
    return _LACKING % (table, column)


def pack(object_ids: Sequence[UUID]) -> int:
    """Move the entries of these, all of one region, into blocks; returns how many there were."""
    with _cursor() as cursor:
        cursor.execute(_LOCK)
        taken = [Entry(*row) for row in cursor.execute(_TAKE, [list(object_ids)]).fetchall()]
    store(taken)
    return len(taken)


def store(entries: Iterable[Entry]) -> None:
    """Pack these, all of one region, without indexing them one by one before."""
    ordered = sorted(entries, key=lambda entry: entry.object_id)
    blocks = [_block(ordered[at : at + SIZE]) for at in range(0, len(ordered), SIZE)]
    if blocks:
        with _cursor() as cursor:
            cursor.execute(_STORE, [list(column) for column in zip(*blocks, strict=True)])


def unpack(object_ids: Sequence[UUID]) -> int:
    """Take the blocks apart that hold any of these; until the transaction ends nobody packs. Returns how many entries
    came out."""
    with _cursor() as cursor:
        cursor.execute(_LOCK)
        return cursor.execute(_UNPACK, _about(object_ids)).rowcount


def hold(object_ids: Sequence[UUID]) -> bool:
    """Whether any of these is in a block."""
    with _cursor() as cursor:
        return cursor.execute(f"SELECT {_HOLDING} LIMIT 1", _about(object_ids)).fetchone() is not None


def strangers(known: Iterable[tuple[str, str]]) -> list[UUID]:
    """Packed objects that are in none of these tables, each given with its key's column."""
    absent = (f"NOT EXISTS (SELECT FROM {table} WHERE {table}.{column} = one.id)" for table, column in known)
    with _cursor() as cursor:
        rows = cursor.execute(
            f"SELECT one.id FROM {_BLOCKS} CROSS JOIN LATERAL unnest(held) AS one (id) WHERE {' AND '.join(absent)}"
        )
        return [row[0] for row in rows]


@contextmanager
def _cursor() -> Iterator[psycopg.Cursor[Any]]:
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        yield cursor


def _about(object_ids: Sequence[UUID]) -> list[Any]:
    return [max(object_ids), min(object_ids), list(object_ids)]


def _block(entries: Sequence[Entry]) -> tuple[str, str, str]:
    members: dict[int, int] = defaultdict(int)
    for place, entry in enumerate(entries):
        for token in entry.tokens:
            members[token] |= 1 << place
    tokens = sorted(members)
    return _array([entry.object_id for entry in entries]), _array(tokens), _array([_signed(members[t]) for t in tokens])


def _signed(bits: int) -> int:
    return bits - 2**64 if bits >> 63 else bits


def _array(values: Sequence[Any]) -> str:
    return f"{{{','.join(map(str, values))}}}"
