"""The index on either database: what is put in is found, what is taken out is not, and nothing of it can be read."""

from typing import Any

import pytest
from django.db import connection

from security.ids import new_id
from security.models import SearchEntry
from security.models.search import TEXTS
from security.search.index import Entry, Wanted, empty, forget, matching, put
from security.search.keyed import KeyedMarks
from tests.conftest import Cast


def found(*wanted: Wanted) -> set[Any]:
    return set(SearchEntry.objects.filter(object_id__in=matching(wanted)).values_list("object_id", flat=True))


@pytest.fixture
def entries(db: None) -> list[Entry]:
    made = [Entry(new_id(), tokens) for tokens in ([-5, 1, 2, 90], [1, 3, 91], [2, 3, 90], [])]
    put(made)
    return made


def test_all_tokens_must_be_there_and_one_of_the_weeks(entries: list[Entry]):
    one, two, three, _ = (entry.object_id for entry in entries)
    assert found(Wanted([1])) == {one, two}
    assert found(Wanted([1, 2])) == {one}
    assert found(Wanted([-5])) == {one}
    assert found(Wanted([3], [90, 92])) == {three}
    assert found(Wanted([], [90])) == {one, three}
    assert found(Wanted([1, 2]), Wanted([3], [91])) == {one, two}
    assert found(Wanted([4])) == found() == set() if connection.vendor == "postgresql" else found(Wanted([4])) == set()


def test_what_is_put_in_again_is_replaced(entries: list[Entry]):
    again = Entry(entries[0].object_id, [7])
    put([again])
    assert found(Wanted([7])) == {again.object_id}
    assert again.object_id not in found(Wanted([1]))
    assert SearchEntry.objects.count() == len(entries)


def test_what_is_forgotten_is_not_found(entries: list[Entry]):
    assert forget([entries[0].object_id], lambda: [entries[0]]) == 1
    assert found(Wanted([1])) == {entries[1].object_id}
    assert forget([entries[0].object_id], lambda: [entries[0]]) == 0


def test_what_cannot_be_told_any_more_is_forgotten_all_the_same(entries: list[Entry]):
    forget([entries[0].object_id], list)
    assert found(Wanted([1])) == {entries[1].object_id}
    put([Entry(new_id(), [9])])
    assert found(Wanted([-5])) == set()


def test_it_is_emptied_and_filled_again(entries: list[Entry]):
    empty()
    assert found(Wanted([1])) == set()
    put(entries)
    assert len(found(Wanted([1]))) == 2
    assert SearchEntry.objects.count() == len(entries)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such table")
def test_nothing_of_what_was_forgotten_stays_in_the_table(entries: list[Entry]):
    forget([entry.object_id for entry in entries], lambda: entries)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TEXTS} WHERE {TEXTS} MATCH '00000001'")
        assert cursor.fetchone() == (0,)


def test_the_same_word_is_another_number_in_every_region_and_for_every_kind(cast: Cast):
    asia, europe = KeyedMarks(cast.asia.pk, "message"), KeyedMarks(cast.europe.pk, "message")
    assert asia.tokens(["refund"]) == asia.tokens(["refund"])
    assert asia.tokens(["refund"]) != europe.tokens(["refund"])
    assert asia.tokens(["refund"]) != KeyedMarks(cast.asia.pk, "note").tokens(["refund"])
    assert all(-(2**31) <= token < 2**31 for token in asia.tokens([str(number) for number in range(500)]))
