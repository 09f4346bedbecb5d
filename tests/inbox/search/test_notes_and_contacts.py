"""Searching what the team noted and who wrote."""

from typing import Any

import pytest

from contacts.actions.edit import add_note, edit_contact
from inbox.actions.internal_notes import delete_note, edit_note, write_note
from tests.conftest import Cast
from tests.inbox.search.finding import answer, found
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.threads import thread


@pytest.fixture
def mei() -> Customer:
    return customer("Mei Lin 林美玲")


@pytest.fixture
def talk(cast: Cast, mei: Customer) -> Any:
    return thread(channel(cast.asia), mei)


def test_internal_notes_and_notes_on_contacts_in_one_list(cast: Cast, talk: Any):
    fay = cast.access("fay")
    add_note(by=fay, contact_id=talk.contact_id, text="Allergic to peanuts")
    write_note(by=fay, conversation_id=talk.pk, client_ref="a", text=f"<@person:{cast.ben.pk}> peanuts again?")
    hits = answer(cast, "ben", "notes", q="peanuts")["results"]
    assert [hit["kind"] for hit in hits] == ["internal", "contact"]
    assert {hit["conversation_id"] for hit in hits} == {str(talk.pk)}
    assert [hit["author"]["name"] for hit in hits] == ["Fay", "Fay"]
    assert found(cast, "ben", "peanuts", "messages") == []
    assert found(cast, "ben", "peanuts", "notes", channel=talk.channel_id) == ["  peanuts again?"]


def test_an_edited_note_is_found_by_its_new_words_only(cast: Cast, talk: Any):
    fay = cast.access("fay")
    note = write_note(by=fay, conversation_id=talk.pk, client_ref="a", text="Ask the warehouse")
    edit_note(by=fay, note_id=note.pk, text="Ask the courier")
    assert found(cast, "ben", "warehouse", "notes") == []
    assert found(cast, "ben", "courier", "notes") == ["Ask the courier"]
    delete_note(by=fay, note_id=note.pk)
    assert found(cast, "ben", "courier", "notes") == []


def test_contacts_by_name_and_by_any_four_digits(cast: Cast, mei: Customer, talk: Any):
    number = str(mei.wa_id)
    for q in ("mei", "LIN", "林", "美玲", number, f"+{number}", number[-4:], "0" + number[3:]):
        hits = answer(cast, "ben", "contacts", q=q)["results"]
        assert [hit["contact"]["name"] for hit in hits] == ["Mei Lin 林美玲"], q
        assert hits[0]["conversation_id"] == str(talk.pk)
        assert any(part["hit"] for part in hits[0]["excerpt"])
    assert found(cast, "ben", "ei", "contacts") == []
    assert found(cast, "ben", "7777777", "contacts") == []


def test_a_contact_is_found_by_the_name_the_team_gave(cast: Cast, talk: Any):
    edit_contact(by=cast.access("fay"), contact_id=talk.contact_id, name="Auntie Wu")
    assert len(found(cast, "ben", "auntie", "contacts")) == 1
    assert len(found(cast, "ben", "mei", "contacts")) == 1  # her own name still stands on her card
    edit_contact(by=cast.access("fay"), contact_id=talk.contact_id, name="")
    assert found(cast, "ben", "auntie", "contacts") == []
