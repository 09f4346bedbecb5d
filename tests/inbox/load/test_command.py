import pytest
from django.core.management import CommandError

from inbox.load import tables
from inbox.load.rows import CaseRow
from inbox.models import Message
from tests.inbox.load.conftest import WISHES


def test_a_finished_world_is_left_as_it_is(world, load, monkeypatch):
    monkeypatch.setattr(tables, "settle", lambda: None)
    monkeypatch.setattr("inbox.load.loading.LINES_A_CHUNK", 700)
    before = Message.objects.for_system("counting").count()
    load(conversations=WISHES.conversations, messages=WISHES.messages, people=WISHES.people)
    assert Message.objects.for_system("counting").count() == before


def test_a_world_of_other_wishes_is_refused(world, load):
    with pytest.raises(CommandError, match="--conversations 150 --messages 3000"):
        load(conversations=200, messages=3000)


def test_a_database_with_other_people_is_refused(world, load, monkeypatch):
    monkeypatch.setattr("inbox.load.ledger._BEGUN", "load_world.of_somebody_else")
    with pytest.raises(CommandError, match="already has people"):
        load()


@pytest.mark.parametrize(("options", "words"), [({"messages": 10}, "at least 6"), ({"people": 3}, "--people")])
def test_impossible_wishes_are_refused(db, load, options, words):
    with pytest.raises(CommandError, match=words):
        load(**options)


def test_a_column_that_the_rows_do_not_know_stops_the_load_before_anything_is_written(monkeypatch):
    monkeypatch.setitem(tables.TABLES, CaseRow, Message)
    with pytest.raises(tables.Outdated, match=r"inbox\.Message"):
        tables.check_columns()
