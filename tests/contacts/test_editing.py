"""What agents change on a contact, and what they note about one: through the API."""

import json
from typing import Any

import pytest
from django.test import Client
from guardian.shortcuts import assign_perm

from contacts.models import Contact
from security.live.store import events_after
from security.log.lines import words_of
from security.streams import sees
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import fresh, logged, thread


@pytest.fixture
def mei(cast: Cast) -> Contact:
    return thread(channel(cast.asia), customer("Mei Lin")).contact


def patch(client: Client, mei: Contact, **fields: Any) -> Any:
    return client.patch(f"/api/v1/contacts/{mei.pk}", fields, content_type="application/json")


def note(client: Client, mei: Contact, text: Any) -> Any:
    return client.post(f"/api/v1/contacts/{mei.pk}/notes", {"text": text}, content_type="application/json")


def test_the_team_gives_a_name_of_its_own_and_takes_it_back(cast: Cast, mei: Contact):
    ben = cast.browser("ben")
    assert patch(ben, mei, name="Ms Lin (wholesale)").json()["name"] == "Ms Lin (wholesale)"
    assert patch(ben, mei, name="").json()["name"] == "Mei Lin"
    assert fresh(mei).version == mei.version + 2
    named = [words_of(line) for line in logged("contact.edited")]
    assert named == [{"name": (None, "Ms Lin (wholesale)")}, {"name": ("Ms Lin (wholesale)", "")}]


def test_the_name_shows_in_the_list_and_is_told_at_once(cast: Cast, mei: Contact):
    patch(cast.browser("ben"), mei, name="Ms Lin")
    assert cast.browser("fay").get("/api/v1/conversations").json()["results"][0]["contact"]["name"] == "Ms Lin"
    told = events_after(f"region:{cast.asia.pk}", 0)[-1]
    assert (told.kind, told.object_id) == ("contact.changed", str(mei.pk)) and "Ms Lin" in str(told.payload)


def test_a_language_is_one_of_ours_or_none(cast: Cast, mei: Contact):
    ben = cast.browser("ben")
    assert patch(ben, mei, language="en").json()["language"] == "en"
    assert patch(ben, mei, language="").json()["language"] is None
    answer = patch(ben, mei, language="tlh")
    assert (answer.status_code, answer.json()["field"]) == (400, "language")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  Mei \n Lin ", "Mei Lin"),
        ("Mei\u202eniL", "Mei niL"),
        ("\u200b", "Mei Lin"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("<b>x</b>", "<b>x</b>"),
    ],
)
def test_a_name_is_kept_without_what_hides_or_reorders_text(cast: Cast, mei: Contact, given: str, shown: str):
    assert patch(cast.browser("ben"), mei, name=given).json()["name"] == shown


@pytest.mark.parametrize("name", ["x" * 121, "x" * 501, "a\u0000b", None, ["a"]])
def test_a_name_that_is_none_is_refused(cast: Cast, mei: Contact, name: Any):
    answer = patch(cast.browser("ben"), mei, name=name)
    assert (answer.status_code, answer.json()["field"]) == (400, "name")
    assert fresh(mei).version == mei.version


def test_the_card_shows_every_way_whatsapp_knows_somebody(cast: Cast):
    talk = thread(channel(cast.asia), customer("Mei", wa_id="886912345678", bsuid="TW.1980", username="mei.lin"))
    card = cast.browser("ben").get(f"/api/v1/contacts/{talk.contact_id}").json()
    assert (card["phone"], card["username"], card["country"]) == ("+886912345678", "mei.lin", "TW")
    assert card["time_zone"] == "Asia/Taipei" and card["region_id"] == cast.asia.pk
    assert {(one["kind"], one["value"]) for one in card["identities"]} == {
        ("wa_id", "886912345678"),
        ("bsuid", "TW.1980"),
        ("username", "mei.lin"),
    }


def test_notes_are_the_teams_newest_first_with_who_wrote_them(cast: Cast, mei: Contact):
    first = note(cast.browser("ben"), mei, "Prefers mornings")
    assert first.status_code == 201 and first.json()["author"] == {"id": cast.ben.pk, "name": "Ben"}
    note(cast.browser("fay"), mei, "  回電過了 ")
    shown = cast.browser("eli").get(f"/api/v1/contacts/{mei.pk}/notes").json()
    assert [(row["text"], row["author"]["name"]) for row in shown["results"]] == [
        ("回電過了", "Fay"),
        ("Prefers mornings", "Ben"),
    ]
    assert shown["next"] is None
    assert "Prefers" not in str([line.details for line in logged("contact.note_added")])


def test_a_note_is_told_at_once_as_the_api_shows_it(cast: Cast, mei: Contact):
    answer = note(cast.browser("ben"), mei, "Prefers mornings").json()
    told = events_after(f"region:{cast.asia.pk}", 0)[-1]
    assert (told.kind, told.object_id, json.loads(told.payload or "")) == ("note.added", answer["id"], answer)
    assert answer["contact_id"] == str(mei.pk)


def test_a_note_is_heard_by_whoever_sees_the_contact_and_nobody_else(cast: Cast, mei: Contact):
    note(cast.browser("ben"), mei, "Prefers mornings")
    told = events_after(f"region:{cast.asia.pk}", 0)[-1]
    assert not events_after(f"region:{cast.europe.pk}", 0)
    assert sees(told.audience, cast.access("fay"), told.scope)
    assert not sees(told.audience, cast.access("cho"), told.scope), "Cho works in Europe"
    assign_perm("contacts.see_contact", cast.cho, mei)
    assert sees(told.audience, cast.access("cho"), told.scope), "given this one contact, its notes come with it"


@pytest.mark.parametrize("text", ["", "   ", None, "x" * 4001, "x" * 20001, "a\u0000b", {"a": 1}])
def test_a_note_that_is_none_is_refused(cast: Cast, mei: Contact, text: Any):
    answer = note(cast.browser("ben"), mei, text)
    assert (answer.status_code, answer.json()["field"]) == (400, "text")
    assert cast.browser("ben").get(f"/api/v1/contacts/{mei.pk}/notes").json()["results"] == []


def test_contacts_are_listed_by_the_last_time_they_wrote(cast: Cast):
    shop = channel(cast.asia)
    for name, ago in (("Old", 100), ("New", 1), ("Middle", 50)):
        thread(shop, customer(name), ago=ago)
    listed = cast.browser("ben").get("/api/v1/contacts").json()["results"]
    assert [row["name"] for row in listed] == ["New", "Middle", "Old"]


@pytest.mark.parametrize("fields", [{}, {"nickname": "Lin"}])
def test_an_edit_without_a_change_changes_nothing(cast: Cast, mei: Contact, fields: dict[str, Any]):
    told = len(events_after(f"region:{cast.asia.pk}", 0))
    answer = patch(cast.browser("ben"), mei, **fields)
    assert (answer.status_code, answer.json()["name"]) == (200, "Mei Lin")
    assert fresh(mei).version == mei.version and list(logged("contact.edited")) == []
    assert len(events_after(f"region:{cast.asia.pk}", 0)) == told


@pytest.mark.parametrize("name", [5, 5.5, True])
def test_a_name_is_text(cast: Cast, mei: Contact, name: Any):
    answer = patch(cast.browser("ben"), mei, name=name)
    assert (answer.status_code, answer.json()["field"]) == (400, "name")
