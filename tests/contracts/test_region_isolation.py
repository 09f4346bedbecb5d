"""Cho works in Europe. Nothing of Asia exists for her: not by id, not in a list, not through a filter or a count."""

import pytest

from inbox.api.urls import urlpatterns as inbox_urls
from security.actions.levels import set_level
from security.actions.teams import add_team
from security.api.paging import write_cursor
from security.levels import rank
from tests.conftest import BY, Cast
from tests.contracts.routes import CALLS, by_area
from tests.contracts.test_permission_matrix import answer_to
from tests.worlds.asia import Asia, asia
from tests.worlds.channels import channel
from tests.worlds.threads import thread

NAMED = [call for call in CALLS if call.names]
AREAS = by_area(NAMED)
_WITH_A_CODE = ("/delete", "/purge", "/confirm-deletion", "/exports", "/erase", "/file", "/merge", "/secret")


@pytest.fixture
def world(cast: Cast) -> Asia:
    return asia(cast)


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("level", ["agent", "admin"])
def test_an_object_of_another_region_does_not_exist(world: Asia, area: str, level: str):
    set_level(by=BY, user=world.cast.cho, level=level)
    got, expected = {}, {}
    for call in AREAS[area]:
        answer = answer_to(call, world, world.cast.browser("cho"))
        # Who may not do it at all hears that of every id, also of one that nobody has.
        may = rank(level) >= rank(call.lowest)
        got[f"{call}"] = (answer.status_code, answer.json()["code"])
        # A fresh second factor is asked for before anything is looked up.
        coded = (call.method == "POST" and call.route.endswith(_WITH_A_CODE)) or f"{call}".startswith(
            ("DELETE me/passkeys/", "DELETE exchange/sources/")
        )
        hidden = (403, "second_factor_missing") if coded else (404, "not_found")
        expected[f"{call}"] = hidden if may else (403, "not_allowed")
    assert got == expected


def test_it_looks_the_same_as_an_object_that_never_was(world: Asia):
    cho = world.cast.browser("cho")
    unseen = cho.get(f"/api/v1/conversations/{world.talk.pk}")
    absent = cho.get("/api/v1/conversations/01890000-0000-7000-8000-000000000000")
    assert unseen.content == absent.content


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?view=any",
        "?view=any&contact={contact}",
        "?view=any&channel={channel}",
        "?view=any&region={region}",
        "?view=any&cursor={cursor}",
    ],
)
def test_no_filter_and_no_cursor_opens_another_regions_list(world: Asia, query: str):
    cursor = write_cursor(["2999-01-01T00:00:00+00:00", world.talk.pk])
    ids = {"contact": world.contact.pk, "channel": world.channel.pk, "region": world.cast.asia.pk, "cursor": cursor}
    query = query.format(**ids)
    assert world.cast.browser("cho").get(f"/api/v1/conversations{query}").json() == {"results": [], "next": None}
    assert len(world.cast.browser("ben").get(f"/api/v1/conversations{query}").json()["results"]) == 1


LISTS = ["contacts", "channels", "teams", "canned-replies", "canned-replies?q=hello", "saved-views"]


@pytest.mark.parametrize("path", LISTS)
def test_no_list_shows_another_region(world: Asia, path: str):
    add_team(by=BY, region=world.cast.asia, name="Asia's")
    assert world.cast.browser("cho").get(f"/api/v1/{path}").json()["results"] == []
    assert world.cast.browser("fay").get(f"/api/v1/{path}").json()["results"] != []


def test_no_count_counts_another_region(world: Asia):
    counts = world.cast.browser("cho").get("/api/v1/conversations/counts").json()
    assert set(counts.values()) == {0}


def test_people_and_regions_of_elsewhere_are_not_named(world: Asia):
    cho = world.cast.browser("cho")
    people = {person["name"]: person for person in cho.get("/api/v1/people").json()["results"]}
    assert set(people) == {"Ana", "Cho", "Dee"}
    assert people["Dee"]["region_ids"] == [world.cast.europe.pk], "that Dee is in Asia too is none of Cho's business"
    assert [region["code"] for region in cho.get("/api/v1/regions").json()["results"]] == ["europe"]
    assert [region["code"] for region in cho.get("/api/v1/me").json()["regions"]] == ["europe"]


def test_nothing_of_another_region_can_be_smuggled_into_ones_own_conversation(world: Asia):
    own = thread(channel(world.cast.europe))
    ours = add_team(by=BY, region=world.cast.asia, name="Asia's")
    set_level(by=BY, user=world.cast.cho, level="senior")
    cho, path = world.cast.browser("cho"), f"/api/v1/conversations/{own.pk}"
    tries = {
        "upload": ("messages", {"type": "image", "upload": str(world.picture.pk), "client_ref": "1"}, 400),
        "reply_to": (
            "messages",
            {"type": "text", "text": "x", "reply_to": str(world.question.pk), "client_ref": "2"},
            400,
        ),
        "message": (
            "messages",
            {"type": "reaction", "message": str(world.question.pk), "emoji": "x", "client_ref": "3"},
            404,
        ),
        "team": ("team", {"team": ours.pk}, 400),
        "assignee": ("assign", {"assignee": world.cast.ben.pk}, 400),
    }
    for field, (where, body, status) in tries.items():
        answer = cho.post(f"{path}/{where}", body, content_type="application/json")
        assert (answer.status_code, answer.json()["field"]) == (status, field)


def test_an_upload_of_one_conversation_cannot_be_sent_in_another_of_the_same_region(world: Asia):
    other = thread(world.channel)
    body = {"type": "image", "upload": str(world.picture.pk), "client_ref": "1"}
    answer = world.cast.browser("fay").post(
        f"/api/v1/conversations/{other.pk}/messages", body, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["field"]) == (400, "upload")


def test_every_inbox_route_with_an_id_is_among_the_tried_ones():
    with_ids = {f"api/v1/{route.pattern}" for route in inbox_urls if "<uuid:" in str(route.pattern)}
    assert with_ids <= {call.route for call in NAMED}
