"""Request bodies: the declared JSON types, nothing coerced, and Chinese for whatever is wrong."""

import json
from typing import Any

import pytest

from config.env import BASE_DIR
from config.generated import foreign_words, messages
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.threads import messages as messages_of
from tests.worlds.threads import thread

API = "/api/v1"
ID = "01890000-0000-7000-8000-000000000000"
PLACE = {"type": "location", "latitude": 25, "longitude": 121.5}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "text", "text": 5}, "text"),
        ({"type": "text", "text": True}, "text"),
        ({"type": "text", "text": ["a"]}, "text"),
        ({"type": "text", "text": "a", "client_ref": 5}, "client_ref"),
        ({"type": 5, "text": "a"}, "type"),
        ({"type": "text", "text": "a", "reply_to": 5}, "reply_to"),
        ({"type": "image", "upload": 2**62}, "upload"),
        ({**PLACE, "latitude": "25"}, "latitude"),
        ({**PLACE, "latitude": True}, "latitude"),
        ({**PLACE, "latitude": 10**15}, "latitude"),
        ({**PLACE, "name": 5}, "name"),
        ({"type": "template", "template": "hello"}, "template"),
        ({"type": "template", "template": None}, "template"),
        ({"type": "template", "template": {"name": 5, "language": "en"}}, "template.name"),
        ({"type": "template", "template": {"name": "a", "language": "en", "components": {}}}, "template.components"),
    ],
)
def test_a_value_of_another_type_is_refused_by_its_field(cast: Cast, body: dict[str, Any], field: str):
    talk = thread(channel(cast.asia))
    path = f"{API}/conversations/{talk.pk}/messages"
    answer = cast.browser("ben").post(path, {"client_ref": "1", **body}, content_type="application/json")
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert len(messages_of(talk)) == 1


@pytest.mark.parametrize("value", ["1", 1.0, True, [1]])
def test_an_id_of_a_person_is_a_whole_number(cast: Cast, value: Any):
    talk = thread(channel(cast.asia))
    path = f"{API}/conversations/{talk.pk}/assign"
    answer = cast.browser("ben").post(path, {"assignee": value}, content_type="application/json")
    assert (answer.status_code, answer.json()["field"]) == (400, "assignee")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "type"),
        ({"type": "text"}, "text"),
        ({"type": "image"}, "upload"),
        ({"type": "reaction", "emoji": "👍"}, "message"),
        ({"type": "reaction", "message": ID}, "emoji"),
        ({"type": "location", "latitude": 1}, "longitude"),
        ({"type": "template"}, "template"),
        ({"type": "template", "template": {"language": "en"}}, "template.name"),
    ],
)
def test_whatever_is_missing_is_told_with_one_code(cast: Cast, body: dict[str, Any], field: str):
    talk = thread(channel(cast.asia))
    path = f"{API}/conversations/{talk.pk}/messages"
    answer = cast.browser("ben").post(path, {"client_ref": "1", **body}, content_type="application/json").json()
    assert (answer["code"], answer["field"]) == ("required", field)


@pytest.mark.parametrize("raw", ["[]", '"text"', "5", "null", "true"])
def test_a_body_that_is_no_object_is_unreadable(cast: Cast, raw: str):
    answer = cast.browser("ben").patch(f"{API}/me", raw, content_type="application/json")
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, "body_unreadable", None)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "fax"},
        {"type": "text", "text": "a\u0000"},
        {"type": "text", "text": "a", "reply_to": "x"},
        {"type": None},
    ],
)
def test_a_refusal_in_chinese_is_chinese(cast: Cast, body: dict[str, Any]):
    talk = thread(channel(cast.asia))
    path = f"{API}/conversations/{talk.pk}/messages"
    given = json.dumps({"client_ref": "1", **body})
    chinese = {"accept-language": "zh-hant"}
    answer = cast.browser("ben").post(path, given, content_type="application/json", headers=chinese)
    message = answer.json()["message"].replace("fax", "").replace("UUID", "").replace("null", "").replace("NUL", "")
    assert answer.status_code == 400 and not any("a" <= letter.lower() <= "z" for letter in message)


def test_every_sentence_a_body_can_be_refused_with_has_our_chinese():
    """``manage.py generate --check`` (CI) asks the same; this names what the check would miss if it looked nowhere."""
    assert {"Not a valid string.", "Must be a valid UUID.", "This field is required."} <= foreign_words.reachable()
    assert messages.untranslated(BASE_DIR) == []


def test_own_settings_without_a_change_write_nothing(cast: Cast):
    from security.models import Operation

    before = Operation.objects.count()
    assert cast.browser("ben").patch(f"{API}/me", {}, content_type="application/json").status_code == 200
    assert Operation.objects.count() == before
