"""Who else looks at a conversation and who types: told to those who are there, and to nobody else."""

import time
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inbox.actions.assignments import assign_conversation
from inbox.models import Conversation
from security.actions.people import leave_region
from security.actions.traineeships import start_traineeship
from security.live import company
from security.models import StreamEvent
from tests.conftest import BY
from tests.security.live.conftest import World
from tests.worlds.serving import Served, Stream
from tests.worlds.threads import thread

SOON = 3.0


def tab(world: World, name: str, kefu: Served | None = None) -> Stream:
    opened = (kefu or world.kefu).follow(getattr(world.cast, name))
    opened.heads()
    return opened


def look(at: Stream, talk: Conversation | None, *, typing: bool = False) -> None:
    at.say(type="here", place=f"conversation:{talk.pk}" if talk else None, typing=typing)


def told(to: Stream, *people: tuple[str, bool], seconds: float = SOON) -> None:
    """Waits until this is what the tab was told last."""

    def wanted(one: dict[str, Any]) -> bool:
        return one["type"] == "here" and [(p["name"], p["typing"]) for p in one["people"]] == list(people)

    to.until(wanted, seconds=seconds)


def nothing(to: Stream, *, seconds: float = 1.0) -> None:
    with pytest.raises(TimeoutError):
        to.until(lambda one: one["type"] == "here" and one["people"], seconds=seconds)


def test_two_who_look_at_the_same_conversation_know_of_each_other(world: World):
    talk, other = thread(world.shop), thread(world.shop)
    with tab(world, "ben") as ben, tab(world, "fay") as fay, tab(world, "dee") as dee:
        look(ben, talk)
        look(dee, other)
        look(fay, talk)
        told(ben, ("Fay", False))
        told(fay, ("Ben", False))
        look(fay, talk, typing=True)
        told(ben, ("Fay", True))
        look(fay, talk)
        told(ben, ("Fay", False))
        look(fay, other)
        told(ben)
        told(fay, ("Dee", False))
        nothing(ben)


def test_who_closes_their_tab_is_gone_and_two_tabs_are_one_person(world: World):
    talk = thread(world.shop)
    with tab(world, "ben") as ben:
        with tab(world, "fay") as fay, tab(world, "fay") as again:
            look(ben, talk)
            look(fay, talk)
            look(again, talk, typing=True)
            told(ben, ("Fay", True))
        told(ben)


def test_typing_ends_by_itself(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(company, "TYPING_SECONDS", 0.6)
    talk = thread(world.shop)
    with tab(world, "ben") as ben, tab(world, "fay") as fay:
        look(ben, talk)
        look(fay, talk, typing=True)
        told(ben, ("Fay", True))
        told(ben, ("Fay", False))


def test_who_falls_silent_is_let_go(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(company, "LOOKING_SECONDS", 0.5)
    monkeypatch.setattr(company, "RENEWED_SECONDS", 0.3)
    talk = thread(world.shop)
    with tab(world, "ben") as ben, tab(world, "fay") as fay:
        look(fay, talk)
        look(ben, talk)
        told(ben, ("Fay", False))
        for _ in range(8):
            look(ben, talk)
            time.sleep(0.2)
        told(ben)


def test_who_does_not_see_a_conversation_is_not_there_and_hears_nothing(world: World):
    start_traineeship(by=BY, user=world.cast.ben)
    talk = thread(world.shop)
    with tab(world, "fay") as fay, tab(world, "cho") as cho, tab(world, "ben") as trainee:
        look(fay, talk, typing=True)
        look(cho, talk, typing=True)
        look(trainee, talk, typing=True)
        for one in (fay, cho, trainee):
            nothing(one, seconds=0.8)
        assert "Fay" not in str([one for one in cho.frames + trainee.frames if one["type"] == "here"])


def test_who_loses_sight_leaves(world: World):
    start_traineeship(by=BY, user=world.cast.ben)
    talk = thread(world.shop)
    assign_conversation(by=world.cast.access("fay"), conversation_id=talk.pk, to=world.cast.ben.pk)
    with tab(world, "fay") as fay, tab(world, "ben") as trainee, tab(world, "eli") as eli:
        for one in (fay, trainee, eli):
            look(one, talk)
        told(fay, ("Ben", False), ("Eli", False))
        assign_conversation(by=world.cast.access("fay"), conversation_id=talk.pk, to=world.cast.fay.pk)
        told(fay, ("Eli", False))
        leave_region(by=BY, user=world.cast.eli, region=world.cast.asia)
        told(fay)
        look(trainee, talk)
        nothing(fay, seconds=0.8)


@pytest.mark.parametrize(
    "odd",
    [
        {}, {"place": 5}, {"place": "conversation:"}, {"place": "conversation:zz"}, {"place": "region:1"},
        {"place": "conversation:" + "0" * 36}, {"place": "conversation:00000000-0000-0000-0000-000000000000"},
        {"place": ["conversation"], "typing": "yes"}, {"place": "x" * 10_000},
    ],
)  # fmt: skip
def test_odd_places_are_nowhere(world: World, odd: dict[str, Any]):
    talk = thread(world.shop)
    with tab(world, "ben") as ben, tab(world, "fay") as fay:
        look(ben, talk)
        fay.say(type="here", **odd)
        look(fay, talk)
        told(ben, ("Fay", False))


def test_it_writes_nothing_and_a_storm_is_gathered(world: World):
    talk = thread(world.shop)
    with tab(world, "ben") as ben, tab(world, "fay") as fay:
        look(ben, talk)
        look(fay, talk)
        told(ben, ("Fay", False))
        before, heard = StreamEvent.objects.count(), len(ben.frames)
        with CaptureQueriesContext(connection) as queries:
            for number in range(50):  # what a tab may say at once
                look(fay, talk, typing=number % 2 == 0)
            look(fay, talk, typing=True)
            told(ben, ("Fay", True))
        assert not queries.captured_queries and StreamEvent.objects.count() == before
        assert len([one for one in ben.frames[heard:] if one["type"] == "here"]) < 15


_LAYER = settings.CHANNEL_LAYERS["default"]["BACKEND"]


@pytest.mark.skipif("redis" not in _LAYER, reason="one process has nobody elsewhere")
def test_processes_know_of_each_others_people(world: World):
    elsewhere, talk = Served(), thread(world.shop)
    try:
        with tab(world, "ben") as ben, tab(world, "fay", elsewhere) as fay:
            look(ben, talk)
            time.sleep(0.5)
            look(fay, talk)
            told(ben, ("Fay", False))
            told(fay, ("Ben", False))
            look(ben, talk, typing=True)
            told(fay, ("Ben", True))
            look(ben, None)
            told(fay)
    finally:
        elsewhere.stop()
