"""Connections of agents that break at random while everything moves: each tab ends with exactly the server's state."""

import random
import threading

from tests.faults.conftest import Report, long
from tests.faults.count import count_incoming, count_outgoing, settled, together
from tests.faults.desk import desk
from tests.faults.meta import meta, steady
from tests.faults.patience import until
from tests.faults.place import Place
from tests.faults.tab import Tab, differences, load, tabs


def survive(place: Place, report: Report, *, cuts: int, clients: int) -> None:
    settled(place)
    sending, answers, chance = meta(place), desk(place), random.Random(1)
    with tabs(place, clients) as opened:
        until(lambda: all(tab.loaded for tab in opened))
        with steady(sending, every=0.1), answers.answering(every=0.3):
            done = 0
            while done < cuts:
                done += chance.choice(opened).cut()
                threading.Event().wait(chance.uniform(0, 0.05))
        found = together(count_incoming(place, sending), count_outgoing(place, answers))
        until(lambda: _all_as_the_server(place, opened))
        assert sum(tab.connections for tab in opened) >= cuts, "they did connect again"
        assert not any(tab.started_over for tab in opened), "they read on, and did not load everything anew"
    report(f"{cuts} sockets cut at random, {clients} tabs", "each reads on from its cursors", found)


def _all_as_the_server(place: Place, opened: list[Tab]) -> bool:
    """Asked anew each time: ticks of the last answers still come in."""
    truth = load(place.house.url, place.world["agents"][0])
    return not any(differences(tab, truth) for tab in opened)


@long
def test_after_sixty_cuts_every_tab_shows_what_the_server_has(standing: Place, report: Report):
    survive(standing, report, cuts=60, clients=6)


@long
def test_after_a_thousand_cuts_every_tab_shows_what_the_server_has(standing: Place, report: Report):
    survive(standing, report, cuts=1000, clients=10)
