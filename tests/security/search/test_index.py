"""The index on either database: what is put in is found, what is taken out is not, and nothing of it can be read."""

from typing import Any

import pytest
from django.db import connection

from security.ids import new_id
from security.models import SearchBlock, SearchEntry
from security.models.search import TEXTS
from security.search.blocks import SIZE, Entry, Wanted, unpack
from security.search.index import empty, forget, matching, pack, put, replace
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


on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has blocks")


@on_postgresql
def test_a_block_comes_apart_into_what_it_was_made_of(db: None):
    """Also the last place of a block, whose bit is the sign, and an object of which nothing is indexed."""
    made = [Entry(new_id(), sorted({7, -at, at * 1000 + 1})) for at in range(SIZE * 2)] + [Entry(new_id(), [])]
    put(made)
    assert pack([entry.object_id for entry in made]) == len(made)
    assert (SearchEntry.objects.count(), SearchBlock.objects.count()) == (0, 3)
    unpack([entry.object_id for entry in made])
    assert dict(SearchEntry.objects.values_list("object_id", "tokens")) == {one.object_id: one.tokens for one in made}
    assert SearchBlock.objects.count() == 0


@on_postgresql
def test_what_is_packed_is_found_as_before(entries: list[Entry]):
    wanted = [[Wanted([1])], [Wanted([1, 2])], [Wanted([3], [90, 92])], [Wanted([], [90])], [Wanted([4])], []]
    wanted += [[Wanted([1, 2]), Wanted([3], [91])], [Wanted([-5, 1, 2, 90])], [Wanted([2], [90])]]
    before = [matched(*one) for one in wanted]
    pack([entry.object_id for entry in entries[1:]])
    assert [matched(*one) for one in wanted] == before
    pack([entry.object_id for entry in entries])
    assert [matched(*one) for one in wanted] == before


@on_postgresql
def test_what_is_forgotten_leaves_its_block_and_the_others_stay(entries: list[Entry]):
    pack([entry.object_id for entry in entries])
    assert forget([entries[0].object_id, new_id()], list) == 1
    assert matched(Wanted([1])) == {entries[1].object_id}
    assert matched(Wanted([-5])) == set()
    assert SearchBlock.objects.count() == 0


@on_postgresql
def test_what_is_replaced_leaves_its_block(entries: list[Entry]):
    pack([entry.object_id for entry in entries])
    replace([Entry(entries[0].object_id, [7])])
    assert matched(Wanted([7])) == {entries[0].object_id}
    assert matched(Wanted([1])) == {entries[1].object_id}
    replace([Entry(new_id(), [7])])
    assert len(matched(Wanted([7]))) == 2


def matched(*wanted: Wanted) -> set[Any]:
    sql = matching(wanted)
    with connection.cursor() as cursor:
        cursor.execute(sql.sql, sql.params)
        return {row[0] for row in cursor.fetchall()}
