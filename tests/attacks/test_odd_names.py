"""Names, addresses and paths that are meant to become headers, letters to others, or files elsewhere."""

import http.client
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from inbox.media_links import media_url
from inbox.models import Media
from security.actions.locks import lock_account
from security.actions.mails import send_due_mails
from security.actions.people import add_person
from security.errors import Invalid
from security.models import User
from tests.conftest import BY, PASSWORD, Cast
from tests.inbox.outgoing.test_uploads import PDF
from tests.worlds.asia import Asia, asia
from tests.worlds.serving import Served

SPLIT = "x\r\nSet-Cookie: stolen=1\r\nBcc: thief@evil.example\r\n\r\nbody"
NAMES = {
    "a header": SPLIT,
    "a bare line feed": "x\nSet-Cookie: stolen=1",
    "a bare return": "x\rSet-Cookie: stolen=1",
    "wide line ends": "x\u560d\u560aSet-Cookie: stolen=1",
    "closes the quotes": 'x"; filename="evil.html',
    "a second parameter": "x; filename=evil.html",
    "the folder above": "../../../../etc/passwd",
    "that of Windows": "..\\..\\windows\\win.ini",
    "a root": "/etc/passwd",
    "a null": "x.pdf\x00.html",
    "turned around": "x\u202efdp.exe",
    "a percent sign": "%2e%2e%2fetc%2fpasswd%0d%0aSet-Cookie: y=1",
}


@pytest.fixture
def world(cast: Cast) -> Asia:
    return asia(cast)


@pytest.mark.parametrize("kind", NAMES)
def test_the_name_of_a_customers_file_stays_a_name(world: Asia, kind: str):
    row = Media.objects.for_system("the test").get(pk=world.picture.pk)
    row.name = NAMES[kind]
    row.save(update_fields=["name"])
    answer = world.cast.browser("ben").get(media_url(world.picture.pk))
    assert answer.status_code == 200 and "Set-Cookie" not in answer and "stolen" not in answer.cookies
    told = answer["Content-Disposition"]
    _, _, name = told.partition("filename*=UTF-8''")
    assert told.count(";") == 1 and name and not set(name) & set(" \r\n\";/\\'\x00"), told


def _files() -> set[str]:
    return {str(one.relative_to(settings.KEFU_DATA)) for one in Path(settings.KEFU_DATA).rglob("*") if one.is_file()}


@pytest.mark.parametrize("kind", NAMES)
def test_the_name_of_an_upload_makes_no_file_of_that_name(world: Asia, kind: str):
    before = _files()
    file = SimpleUploadedFile("x.pdf", PDF, content_type="application/pdf")
    file._name = NAMES[kind]  # type: ignore[attr-defined]  # as it would travel: Django's own test file trims it
    answer = world.cast.browser("fay").post(f"/api/v1/conversations/{world.talk.pk}/uploads", {"file": file})
    assert answer.status_code in (201, 400), answer.content
    made = {name for name in _files() - before if name.startswith("media")}
    assert all(len(Path(name).stem) == 36 and ".." not in name for name in made)
    assert (answer.status_code == 201) == bool(made)


def test_a_person_with_a_letter_for_a_name_sends_it_to_nobody(cast: Cast):
    User.objects.filter(pk=cast.ben.pk).update(name=SPLIT)
    lock_account(by=BY, user=User.objects.get(pk=cast.ben.pk), reason=SPLIT)
    send_due_mails()
    assert {letter.to[0] for letter in mail.outbox} >= {"ben@kefu.test", "ana@kefu.test"}
    for letter in mail.outbox:
        whole = message_from_bytes(letter.message().as_bytes())
        assert letter.recipients() == letter.to and len(letter.to) == 1
        assert "Bcc" not in whole and "Set-Cookie" not in whole and whole["To"] == letter.to[0]


@pytest.mark.parametrize(
    "email",
    ["ben@kefu.test\r\nBcc: thief@evil.example", "ben@kefu.test\nthief@evil.example",
     "ben@kefu.test,thief@evil.example",
     "ben@kefu.test;thief@evil.example", "Ben <ben@kefu.test>, thief@evil.example", "ben@kefu.test\x00@evil.example"],
)  # fmt: skip
def test_an_address_is_one_address(cast: Cast, email: str):
    with pytest.raises(Invalid):
        add_person(by=BY, email=email, name="Uma", password=PASSWORD, level="agent", regions=[cast.asia])
    before = len(mail.outbox)
    answer = cast.browser("ana").post("/api/v1/password-reset", {"email": email}, content_type="application/json")
    send_due_mails()
    assert answer.status_code in (204, 400) and len(mail.outbox) == before


OUT = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "..\\", "..%5c", "%c0%ae%c0%ae/", "....//", ".%00./", "..;/")
ROOTS = ("/static/", "/static/assets/", "/api/v1/media/", "/admin/", "/go/", "/lock/", "/")


@pytest.mark.django_db(transaction=True)
def test_no_path_leads_out_of_what_is_served(cast: Cast, kefu: Served):
    """As it is written: a browser or a client library would tidy it up first."""
    marks = (b"root:x:0", settings.SECRET_KEY.encode(), b"[project]", b"SQLite format 3", b"DJANGO_SETTINGS_MODULE")
    asked = 0
    for root in ROOTS:
        for out in OUT:
            for target in ("etc/passwd", "secret_key", "pyproject.toml", "manage.py", "kefu.sqlite3"):
                for depth in (1, 3, 8):
                    status, body = _raw(kefu, f"{root}{out * depth}{target}")
                    asked += 1
                    assert status < 500, (root, out, target)
                    assert not [mark for mark in marks if mark in body], (root, out, target)
    assert asked > 1000
    assert _raw(kefu, "/healthz")[0] == 200


def _raw(kefu: Served, path: str) -> tuple[int, bytes]:
    talk = http.client.HTTPConnection("127.0.0.1", kefu.port, timeout=10)
    try:
        talk.request("GET", path)
        answer: Any = talk.getresponse()
        return answer.status, answer.read()
    finally:
        talk.close()
