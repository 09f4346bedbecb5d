"""What the simulator's own file says was written and accepted, against Kefu's rows."""

import sqlite3
from collections import Counter
from contextlib import closing

from tests.faults.count import Outcome
from tests.faults.patience import until
from tests.faults.place import Place


def count_incoming(place: Place) -> Outcome:
    """Every message of a customer is one row, counted once in its conversation."""
    until(lambda: not place.sim("GET", "webhooks?limit=0")["counts"].get("pending"))
    until(place.idle)
    with closing(sqlite3.connect(place.house.data / "simulator.sqlite3", timeout=20)) as database:
        written = {str(row[0]) for row in database.execute("SELECT wamid FROM message WHERE direction = 'in'")}
    rows = Counter(str(row[0]) for row in place.rows("SELECT provider_ref FROM inbox_message WHERE direction = 'in'"))
    counted = place.count("SELECT coalesce(sum(inbound_count), 0) FROM inbox_conversation")
    twice = sum(times - 1 for times in rows.values())
    return Outcome(
        incoming=len(written), lost=len(written - rows.keys()), doubled=twice + abs(counted - sum(rows.values()))
    )
