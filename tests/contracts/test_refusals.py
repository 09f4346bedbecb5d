"""Every refusal is ``{code, message, field, remedy}`` with the right status and says nothing it should not."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from knox.settings import knox_settings

from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.threads import messages, thread

API = "/api/v1"


def refused(answer: Any, status: int, code: str, field: str | None = None) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["code"], body["field"]) == (status, code, field)
    assert set(body) == {"code", "message", "field", "remedy"}
    assert body["message"] and isinstance(body["message"], str)
    assert answer["Content-Type"].startswith("application/json")
    assert "Traceback" not in answer.content.decode()
    return body


@pytest.mark.parametrize(
    "raw",
    [
        b'{"text": ',
        b"\xff\xfe",
        b'{"type": "text", "text": "\\ud800", "client_ref": "1"}',
        b'{"type": "location", "latitude": NaN, "longitude": 0, "client_ref": "1"}',
        b"[" * 100_000,
        b'{"x":' * 50_000,
        b"1" * 5_000,
        b'{"type": "text", "text": "x", "client_ref": "1", "more": 1e999}',
        b'{"type": "text", "text": "x", "client_ref": "1", "more": 99999999999999999999}',
        b'{"type": "text", "text": "x", "client_ref": "1", "more": ' + b"[" * 60 + b"]" * 60 + b"}",
    ],
    ids=[
        "broken",
        "no utf-8",
        "lone surrogate",
        "NaN",
        "deep list",
        "deep object",
        "endless number",
        "infinity by overflow",
        "beyond 64 bits",
        "nested beyond reason",
    ],
)
def test_a_body_that_is_no_sound_json_is_400(cast: Cast, raw: bytes):
    talk = thread(channel(cast.asia))
    path = f"{API}/conversations/{talk.pk}/messages"
    refused(cast.browser("ben").post(path, raw, content_type="application/json"), 400, "body_unreadable")
    assert len(messages(talk)) == 1


@pytest.mark.parametrize("raw", ["[]", '"text"', "5", "null", "true"])
def test_a_body_that_is_no_object_is_400(cast: Cast, raw: str):
    talk = thread(channel(cast.asia))
    path = f"{API}/conversations/{talk.pk}/messages"
    answer = cast.browser("ben").post(path, raw, content_type="application/json")
    assert answer.status_code == 400 and set(answer.json()) == {"code", "message", "field", "remedy"}


def test_an_empty_body_lacks_what_is_needed(cast: Cast):
    talk = thread(channel(cast.asia))
    answer = cast.browser("ben").post(f"{API}/conversations/{talk.pk}/messages", b"", content_type="application/json")
    refused(answer, 400, "required", "type")


def test_a_field_at_fault_is_named(cast: Cast):
    answer = cast.browser("ben").patch(f"{API}/me", {"language": "tlh"}, content_type="application/json")
    refused(answer, 400, "invalid", "language")
    talk = thread(channel(cast.asia))
    path = f"{API}/conversations/{talk.pk}/messages"
    body = {"type": "template", "client_ref": "1", "template": {"name": "UPPER CASE", "language": "en"}}
    refused(cast.browser("ben").post(path, body, content_type="application/json"), 400, "invalid", "template.name")


def test_a_stranger_is_401_and_told_how_to_sign_in(db: None):
    answer = Client().get(f"{API}/me")
    refused(answer, 401, "not_signed_in")


@pytest.mark.parametrize("header", ["Api-Key wrong", "Api-Key", "Api-Key a b", f"Api-Key {'x' * 5000}"])
def test_a_wrong_key_is_401(db: None, header: str):
    assert knox_settings.AUTH_HEADER_PREFIX == "Api-Key"
    refused(Client(headers={"authorization": header}).get(f"{API}/me"), 401, "not_signed_in")


def test_what_a_level_may_not_do_is_403(cast: Cast):
    answer = cast.browser("eli").post(f"{API}/canned-replies", {}, content_type="application/json")
    refused(answer, 403, "not_allowed", field="conversation.reply")


def test_a_browser_without_the_csrf_token_is_403(cast: Cast):
    for user in (None, cast.ben):
        careless = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
        if user:
            careless.force_login(user)
        body = {"email": "ben@kefu.test", "password": "x"}
        path = f"{API}/me" if user else f"{API}/session"
        method = careless.patch if user else careless.post
        refused(method(path, body, content_type="application/json"), 403, "csrf_failed")


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1", "/api/v2/me", f"{API}/nope", f"{API}/conversations/not-a-uuid", f"{API}/me/x"]
)
def test_an_address_that_is_not_there_is_404(cast: Cast, path: str):
    refused(cast.browser("ben").get(path), 404, "not_found")


@pytest.mark.parametrize(("method", "path"), [("put", "me"), ("delete", "me"), ("post", "people"), ("options", "me")])
def test_a_method_that_is_not_there_is_405(cast: Cast, method: str, path: str):
    answer = getattr(cast.browser("ben"), method)(f"{API}/{path}")
    refused(answer, 405, "method_not_allowed")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*", "nonsense", "", "x/" + "y" * 9000])
@pytest.mark.parametrize("path", ["me", "conversations", "nope"])
def test_an_address_of_ours_answers_in_json_whatever_is_accepted(cast: Cast, path: str, accept: str):
    answer = cast.browser("ben").get(f"{API}/{path}", headers={"accept": accept})
    assert answer.status_code == (404 if path == "nope" else 200)
    assert answer["Content-Type"].startswith("application/json")


def test_a_schema_in_a_format_nobody_has_is_406(cast: Cast):
    refused(cast.browser("ben").get(f"{API}/schema", headers={"accept": "text/html"}), 406, "not_acceptable")


@pytest.mark.parametrize("path", ["schema", "docs"])
def test_the_description_of_the_api_refuses_in_json_too(db: None, path: str):
    answer = Client(headers={"accept-language": "en"}).post(f"{API}/{path}", {}, content_type="application/json")
    refused(answer, 405, "method_not_allowed")


def test_the_admin_is_found_without_its_slash(db: None):
    answer = Client().get("/admin")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_a_body_beyond_all_measure_is_413(cast: Cast):
    body = json.dumps({"availability": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    refused(cast.browser("ben").patch(f"{API}/me", body, content_type="application/json"), 413, "body_too_large")


UNKNOWN = "01890000-0000-7000-8000-000000000000"


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary="])
def test_an_unreadable_form_is_400_and_nothing_at_all_for_an_unknown_conversation(cast: Cast, kind: str):
    talk = thread(channel(cast.asia))
    for pk, status, code in ((talk.pk, 400, "body_unreadable"), (UNKNOWN, 404, "not_found")):
        path = f"{API}/conversations/{pk}/uploads"
        refused(cast.browser("ben").post(path, b"--XX--\r\n", content_type=kind), status, code)


def test_a_form_without_a_file_lacks_it(cast: Cast):
    path = f"{API}/conversations/{thread(channel(cast.asia)).pk}/uploads"
    answer = cast.browser("ben").post(path, b"--XX--\r\n", content_type="multipart/form-data; boundary=XX")
    refused(answer, 400, "required", "file")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_another_content_type_is_415(cast: Cast, kind: str):
    refused(cast.browser("ben").patch(f"{API}/me", "availability=away", content_type=kind), 415, "media_type_refused")
    talk = thread(channel(cast.asia))
    upload = cast.browser("ben").post(f"{API}/conversations/{talk.pk}/uploads", "{}", content_type="application/json")
    refused(upload, 415, "media_type_refused")


@pytest.mark.parametrize("odd", ["1e999", "99999999999999999999", "[" * 900 + "]" * 900])
def test_what_no_json_writer_takes_does_not_get_into_a_template(cast: Cast, odd: str):
    """``components`` takes any object, and every part of it must leave for WhatsApp as JSON again."""
    talk = thread(channel(cast.asia))
    template = f'{{"name":"hello","language":"en","components":[{{"x":{odd}}}]}}'
    raw = f'{{"type":"template","client_ref":"1","template":{template}}}'
    path = f"{API}/conversations/{talk.pk}/messages"
    refused(cast.browser("ben").post(path, raw, content_type="application/json"), 400, "body_unreadable")
    assert len(messages(talk)) == 1


@pytest.mark.parametrize("wanted", ["application/xml", "text/html", "garbage", ""])
def test_an_answer_is_json_whatever_form_was_asked_for(cast: Cast, wanted: str):
    answer = cast.browser("ben").get(f"{API}/me", headers={"accept": wanted})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


def test_a_foreign_host_name_is_400(db: None):
    refused(Client(SERVER_NAME="evil.example").get("/api/v1/session"), 400, "invalid")


@override_settings(ROOT_URLCONF="tests.contracts.odd_urls")
@pytest.mark.parametrize("path", ["/api/forgetful", "/broken"])
def test_an_unforeseen_fault_is_500_and_tells_nothing_of_itself(db: None, path: str):
    patient = Client(raise_request_exception=False, headers={"accept-language": "en"})
    body = refused(patient.get(path), 500, "server_error")
    assert "unforeseen" not in json.dumps(body) and body["remedy"]


@override_settings(ROOT_URLCONF="tests.contracts.odd_urls")
def test_a_method_whose_need_was_forgotten_is_open_to_nobody(db: None):
    refused(Client().post("/api/forgetful", {}, content_type="application/json"), 405, "method_not_allowed")


@pytest.mark.parametrize(
    "query",
    [
        "cursor=%20",
        "cursor=AAAA",
        "cursor=%00",
        "cursor=WzEsMl0",  # [1,2]
        "cursor=WyIyMDI2LTAxLTAxVDAwOjAwOjAwKzAwOjAwIiwgNV0",  # a number where the id should be
        "cursor=WyIyMDI2LTAxLTAxVDAwOjAwOjAwIiwgIjAxODkwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMCJd",  # no zone
        "cursor=WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjU5IiwgIjAxODkwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMCJd",  # year 0
        "cursor=e30",  # an object
        "cursor=W10",  # an empty list
        "limit=0",
        "limit=-1",
        "limit=x",
        "limit=99999999999999999999",
    ],
)
@pytest.mark.parametrize("path", ["conversations", "contacts"])
def test_a_damaged_cursor_or_limit_is_400(cast: Cast, path: str, query: str):
    refused(cast.browser("ben").get(f"{API}/{path}?{query}"), 400, "invalid", query.split("=")[0])


def test_a_cursor_nested_beyond_reason_is_400(cast: Cast):
    import base64

    deep = base64.urlsafe_b64encode(b"[" * 50_000).decode()
    refused(cast.browser("ben").get(f"{API}/contacts?cursor={deep}"), 400, "invalid", "cursor")


@pytest.mark.parametrize(
    "query",
    [
        "view=everything",
        "channel=x",
        "contact=%00",
        "region=x",
        "region=1e999",
        "region=1.5",
        f"region={10**30}",
        "region=NaN",
    ],
)
def test_a_filter_that_makes_no_sense_is_400(cast: Cast, query: str):
    refused(cast.browser("ben").get(f"{API}/conversations?{query}"), 400, "invalid", query.split("=")[0])


@pytest.mark.parametrize("wanted", ["%00", "%F0%9F%98%80", "%", "a" * 5000, "%ED%A0%80", "'\";--"])
def test_searching_canned_replies_for_nonsense_finds_nothing(cast: Cast, wanted: str):
    assert cast.browser("ben").get(f"{API}/canned-replies?q={wanted}").json() == {"results": [], "next": None}
