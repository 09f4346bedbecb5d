"""Cursor pages: every row once, whatever happens to the list in between."""

from typing import Any

import pytest
from django.test import Client

from security.api.paging import read_cursor, write_cursor
from security.errors import Invalid
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import thread
from tests.worlds.webhooks import message, says


def pages(browser: Client, path: str, limit: int) -> list[list[dict[str, Any]]]:
    found, cursor = [], ""
    while True:
        page = browser.get(f"/api/v1/{path}{'&' if '?' in path else '?'}limit={limit}{cursor}").json()
        found.append(page["results"])
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
@pytest.mark.parametrize("path", ["conversations", "contacts"])
def test_the_pages_of_a_list_are_the_list(cast: Cast, path: str, limit: int):
    shop = channel(cast.asia)
    for number in range(7):
        thread(shop, ago=number * 60)
    rows = pages(cast.browser("ben"), path, limit)
    ids = [row["id"] for page in rows for row in page]
    assert len(ids) == len(set(ids)) == 7
    assert all(len(page) == limit for page in rows[:-1]) and 0 < len(rows[-1]) <= limit
    times = [row["last_activity_at" if path == "conversations" else "last_seen_at"] for page in rows for row in page]
    assert times == sorted(times, reverse=True)


def test_rows_of_the_same_moment_are_neither_skipped_nor_repeated(cast: Cast):
    shop = channel(cast.asia)
    moment = message(customer())["timestamp"]
    for _ in range(9):
        who = customer()
        says(shop, who, {**message(who), "timestamp": moment})
    for path in ("conversations", "contacts"):
        ids = [row["id"] for page in pages(cast.browser("ben"), path, 2) for row in page]
        assert len(ids) == len(set(ids)) == 9


def test_what_comes_in_between_does_not_shift_the_pages(cast: Cast):
    shop = channel(cast.asia)
    known = [thread(shop, ago=100 + 10 * number) for number in range(6)]
    ben = cast.browser("ben")
    first = ben.get("/api/v1/conversations?limit=3").json()
    for _ in range(4):
        thread(shop)
    second = ben.get(f"/api/v1/conversations?limit=3&cursor={first['next']}").json()
    ids = [row["id"] for page in (first, second) for row in page["results"]]
    assert ids == [str(row.pk) for row in known] and second["next"] is None


def test_a_conversation_that_moved_up_is_not_shown_twice(cast: Cast):
    shop, who = channel(cast.asia), customer()
    oldest = thread(shop, who, ago=1000)
    for number in range(3):
        thread(shop, ago=100 + number)
    ben = cast.browser("ben")
    first = ben.get("/api/v1/conversations?limit=3").json()
    says(shop, who, message(who))
    second = ben.get(f"/api/v1/conversations?limit=3&cursor={first['next']}").json()
    assert str(oldest.pk) not in [row["id"] for row in second["results"]]


def test_a_thread_is_paged_from_its_newest_message_backwards(cast: Cast):
    shop, who = channel(cast.asia), customer()
    says(shop, who, *(message(who, content=str(number), ago=30 - number) for number in range(10)))
    talk = cast.browser("ben").get("/api/v1/conversations").json()["results"][0]["id"]
    rows = pages(cast.browser("ben"), f"conversations/{talk}/messages", 4)
    assert [[row["content"]["text"] for row in page] for page in rows] == [list("9876"), list("5432"), list("10")]


def test_a_limit_beyond_a_hundred_is_a_hundred(cast: Cast):
    shop, who = channel(cast.asia), customer()
    says(shop, who, *(message(who, content=str(number)) for number in range(105)))
    talk = cast.browser("ben").get("/api/v1/conversations").json()["results"][0]["id"]
    page = cast.browser("ben").get(f"/api/v1/conversations/{talk}/messages?limit=5000").json()
    assert len(page["results"]) == 100 and page["next"]


def test_an_empty_list_has_no_next(cast: Cast):
    for path in ("conversations", "contacts", "conversations?view=resolved"):
        assert cast.browser("ben").get(f"/api/v1/{path}").json() == {"results": [], "next": None}


def test_an_empty_cursor_is_the_first_page(cast: Cast):
    thread(channel(cast.asia))
    assert len(cast.browser("ben").get("/api/v1/conversations?cursor=").json()["results"]) == 1


class Asked:
    """As much of a request as reading a cursor needs."""

    def __init__(self, cursor: str) -> None:
        self.query_params = {"cursor": cursor}


@pytest.mark.parametrize("position", [["2026-01-01T00:00:00+00:00", "x"], ["客服", "😀"], ["", ""]])
def test_a_written_cursor_reads_back(position: list[str]):
    assert read_cursor(Asked(write_cursor(position))) == position  # type: ignore[arg-type]
    assert write_cursor(position).isascii() and "=" not in write_cursor(position)


def test_a_damaged_cursor_never_reads_as_something_else():
    whole = write_cursor(["2026-01-01T00:00:00+00:00", "01890000-0000-7000-8000-000000000000"])
    for cut in range(1, len(whole)):
        try:
            assert isinstance(read_cursor(Asked(whole[:cut])), list)  # type: ignore[arg-type]
        except Invalid as refused:
            assert refused.field == "cursor"
