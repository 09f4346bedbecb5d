"""Prepared answers: the team's, and one's own."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inbox.models import CannedReply
from security.models import Region
from tests.conftest import Cast
from tests.worlds.threads import logged

PATH = "/api/v1/canned-replies"


def add(client: Client, **fields: Any) -> Any:
    body = {"shortcut": "hi", "title": "Greeting", "text": "Hello!", **fields}
    return client.post(PATH, body, content_type="application/json")


def team(region: Region, shortcut: str = "return", text: str = "Within 7 days", title: str = "For all") -> CannedReply:
    row = CannedReply(region=region, shortcut=shortcut, title=title, text=text, created_at=timezone.now())
    row.save()
    return row


def listed(client: Client, query: str = "") -> list[str]:
    return [row["shortcut"] for row in client.get(f"{PATH}?q={query}").json()["results"]]


def test_ones_own_is_ones_own(cast: Cast):
    made = add(cast.browser("ben"))
    assert made.status_code == 201
    told = made.json()
    assert (told["shortcut"], told["title"], told["text"]) == ("hi", "Greeting", "Hello!")
    assert (told["mine"], told["editable"], told["region_id"], told["times"]) == (True, True, None, 0)
    assert listed(cast.browser("ben")) == ["hi"]
    assert listed(cast.browser("fay")) == []


def test_the_teams_are_for_everybody_of_the_region(cast: Cast):
    team(cast.asia)
    add(cast.browser("ben"))
    assert listed(cast.browser("ben")) == ["hi", "return"]
    assert listed(cast.browser("eli")) == ["return"]
    assert listed(cast.browser("cho")) == []
    (shown,) = cast.browser("eli").get(PATH).json()["results"]
    assert shown["mine"] is False


def test_they_are_found_by_shortcut_title_and_text(cast: Cast):
    team(cast.asia, "return", "七天內可退貨")
    team(cast.asia, "hours", "Open from nine")
    eli = cast.browser("eli")
    assert listed(eli, "ret") == ["return"] and listed(eli, "/RET") == ["return"]
    assert listed(eli, "nine") == ["hours"] and listed(eli, "退貨") == ["return"]
    assert listed(eli, "for all") == ["hours", "return"] and listed(eli, "%") == [] and listed(eli, "_") == []


@pytest.mark.parametrize(("given", "kept"), [("/Hi", "hi"), ("  hi ", "hi"), ("謝謝", "謝謝")])
def test_a_shortcut_is_one_word_without_its_slash(cast: Cast, given: str, kept: str):
    assert add(cast.browser("ben"), shortcut=given).json()["shortcut"] == kept


WRONG = [
    ({"shortcut": ""}, "shortcut"),
    ({"shortcut": "/"}, "shortcut"),
    ({"shortcut": "two words"}, "shortcut"),
    ({"shortcut": "x" * 42}, "shortcut"),
    ({"text": ""}, "text"),
    ({"text": "  "}, "text"),
    ({"text": "x" * 4097}, "text"),
    ({"title": "x" * 81}, "title"),
    ({"text": "a\u0000b"}, "text"),
]


@pytest.mark.parametrize(("fields", "field"), WRONG)
def test_what_is_none_is_refused_at_its_field(cast: Cast, fields: dict, field: str):
    answer = add(cast.browser("ben"), **fields)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert listed(cast.browser("ben")) == []


def test_a_title_may_be_left_out(cast: Cast):
    assert add(cast.browser("ben"), title="").json()["title"] == "hi"


def test_a_shortcut_is_taken_once_per_person_and_once_per_team(cast: Cast):
    team(cast.asia, "hi")
    assert add(cast.browser("ben")).status_code == 201
    again = add(cast.browser("ben"), text="Other")
    assert (again.status_code, again.json()["code"], again.json()["field"]) == (409, "shortcut_taken", "shortcut")
    assert add(cast.browser("fay")).status_code == 201
    assert sorted(listed(cast.browser("ben"))) == ["hi", "hi"]


def test_only_ones_own_is_deleted(cast: Cast):
    mine, shared = add(cast.browser("ben")).json()["id"], team(cast.asia)
    for name, row, status in (
        ("fay", mine, 404),
        ("ben", shared.pk, 403),
        ("cho", shared.pk, 404),
        ("ben", mine, 204),
        ("ben", mine, 404),
    ):
        assert cast.browser(name).delete(f"{PATH}/{row}").status_code == status
    assert listed(cast.browser("ben")) == ["return"]
    assert [len(logged(f"canned_reply.{word}")) for word in ("added", "deleted")] == [1, 1]
