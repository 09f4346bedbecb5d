"""Makes a load world: plays the whole plan in order of time and commits it in chunks.

An interrupted load is played again from its beginning, which is quick, and goes on writing where it stopped.
"""

from collections.abc import Callable
from random import Random

from django.utils import timezone

from inbox.load import ledger, tables
from inbox.load.chunks import in_chunks
from inbox.load.company import Company
from inbox.load.extras import World
from inbox.load.ledger import BY, Wishes
from inbox.load.plan import plan_world
from inbox.load.repertoire import Repertoire
from inbox.load.rhythm import microseconds, moment
from inbox.load.staff import known_shop, open_shop
from security.actions.behaviour import let_rules_only_tell
from security.writing import write

LINES_A_CHUNK = 20_000
Report = Callable[[int, int], None]


def load_world(wishes: Wishes, *, report: Report) -> int:
    """Begin or go on; returns how many messages this call wrote. ``report`` is given lines written and lines in all."""
    tables.check_columns()
    ledger.check(wishes)
    now_us = _begin(wishes)
    planning = Random(f"{wishes.seed}:plan")
    repertoire = Repertoire(at=moment(now_us), rng=planning)
    plan = plan_world(
        conversations=wishes.conversations,
        messages=wishes.messages,
        repertoire=repertoire,
        now_us=now_us,
        rng=planning,
    )
    done, written = ledger.chunks_done(), 0
    company = Company(plan, known_shop(), World(now_us, Random(f"{wishes.seed}:play")), seed=wishes.seed)
    played = 0
    for number, chunk in enumerate(in_chunks(plan, lines=LINES_A_CHUNK)):
        size = sum(planned.keep for planned in chunk)
        played += size
        if number < done:
            company.replay(chunk)
        else:
            company.write(chunk, number)
            written += size
        report(played, wishes.messages)
    tables.settle()
    return written


def _begin(wishes: Wishes) -> int:
    found = ledger.begun()
    if found is not None:
        return found[1]
    now = timezone.now().replace(microsecond=0)
    with write(by=BY) as change:
        open_shop(people=wishes.people, now=now, rng=Random(f"{wishes.seed}:shop"))
        ledger.record_beginning(change, wishes, microseconds(now))
        let_rules_only_tell(by=BY)
    return microseconds(now)
