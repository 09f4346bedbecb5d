"""Who is there: told by live connections, over all processes, and forgotten by itself."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from security.actions.presence import attend, settle_absences
from security.models import Presence, StreamEvent
from tests.conftest import Cast
from tests.security.live.conftest import beat_every
from tests.worlds.serving import Served
from tests.worlds.waiting import until


def here(cast: Cast) -> set[str]:
    rows = cast.browser("dee").get("/api/v1/people").json()["results"]
    return {row["name"] for row in rows if row["is_here"]}


def told(kind: str = "person.changed") -> int:
    return StreamEvent.objects.filter(kind=kind).count()


def silent_for(seconds: float) -> None:
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=seconds))


def test_whoever_has_a_tab_open_is_there_and_colleagues_hear_of_it_once(cast: Cast):
    assert here(cast) == set()
    before = told()
    attend([cast.ben.pk])
    assert here(cast) == {"Ben"} and told() == before + 1
    attend([cast.ben.pk])
    assert told() == before + 1, "a heartbeat is no news"


def test_each_region_of_a_person_hears_of_them(cast: Cast):
    before = told()
    attend([cast.dee.pk])
    assert told() == before + 2


def test_whoever_fell_silent_is_gone_and_colleagues_hear_of_it_once(cast: Cast):
    attend([cast.ben.pk, cast.fay.pk])
    silent_for(30)
    assert settle_absences() == 0 and here(cast) == {"Ben", "Fay"}
    silent_for(60)
    attend([cast.fay.pk])
    assert settle_absences() == 1 and here(cast) == {"Fay"}
    before = told()
    assert settle_absences() == 0 and told() == before


def test_coming_back_is_news_again(cast: Cast):
    attend([cast.ben.pk])
    silent_for(60)
    settle_absences()
    before = told()
    attend([cast.ben.pk])
    assert here(cast) == {"Ben"} and told() == before + 1


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_that_greet_somebody_at_once_one_tells(cast: Cast):
    before = told()
    start = threading.Barrier(2)

    def greet() -> None:
        start.wait()
        attend([cast.ben.pk])
        connections.close_all()

    threads = [threading.Thread(target=greet) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert told() == before + 1 and Presence.objects.get().is_here


def test_a_live_connection_makes_its_person_there_until_the_last_tab_is_closed(kefu: Served, cast: Cast):
    beat_every(1)
    first, second = kefu.follow(cast.ben), kefu.follow(cast.ben)
    until(lambda: here(cast) == {"Ben"})
    began = Presence.objects.get().seen_at
    until(lambda: Presence.objects.get().seen_at > began)
    first.__exit__()
    between = until(lambda: Presence.objects.get().seen_at)
    until(lambda: Presence.objects.get().seen_at > between)
    second.__exit__()
    until(lambda: _still())


def _still() -> bool:
    """Nobody speaks for them any more: two heartbeats pass without a word."""
    seen = Presence.objects.get().seen_at
    threading.Event().wait(2.5)
    return Presence.objects.get().seen_at == seen
