"""However many conversations there are, the board reads none of the large tables whole."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inbox.board.queries import board
from inbox.models import Channel
from tests.conftest import Cast
from tests.worlds.cached import forget_cached
from tests.worlds.channels import channel
from tests.worlds.duty import team
from tests.worlds.threads import thread

GROWN = ("inbox_conversation", "inbox_message", "inbox_case", "inbox_resolution", "inbox_snooze", "inbox_heldreply")


def steps(sql: str) -> list[tuple[str, str]]:
    """(what is done, to which table), as the planner of the database says it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            return [_step(str(row[3])) for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        return list(_nodes(cursor.fetchone()[0][0]["Plan"]))


def _step(words: str) -> tuple[str, str]:
    what, _, rest = words.partition(" ")
    table = rest.split(" ")[0]
    return ("scan" if what == "SCAN" and "USING" not in rest else what.lower(), table)


def _nodes(node: dict[str, Any]) -> Any:
    yield ("scan" if node["Node Type"].endswith("Seq Scan") else "search", node.get("Relation Name", ""))
    for child in node.get("Plans", []):
        yield from _nodes(child)


@pytest.mark.parametrize("narrowed", [False, True], ids=["own regions", "one channel"])
def test_the_board_reads_by_indexes_only(cast: Cast, shop: Channel, narrowed: bool):
    team(cast, cast.ben)
    thread(shop)
    thread(channel(cast.europe))
    access = cast.access("dee")
    forget_cached()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # tables as small as a test's are read whole otherwise
    with CaptureQueriesContext(connection) as asked:
        board(access=access, channel_id=shop.pk if narrowed else None)
    read = [one["sql"] for one in asked if one["sql"].startswith("SELECT")]
    whole = {table for sql in read for what, table in steps(sql) if what == "scan" and table in GROWN}
    assert len(read) > 10 and whole == set()
