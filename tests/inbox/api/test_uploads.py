"""Attaching files through the API: the name must fit the content, and no web page is ever shown inline."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inbox.media_links import media_url
from inbox.models import Media
from inbox.whatsapp.limits import MEDIA
from tests.conftest import Cast
from tests.inbox.outgoing.test_uploads import MP4, OGG, PDF
from tests.worlds.asia import picture_bytes
from tests.worlds.channels import channel
from tests.worlds.threads import thread

HTML = b"\xef\xbb\xbf\n<!-- hi --><!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b"<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC 'x' 'y'>\n<svg xmlns='http://www.w3.org/2000/svg'/>"
TEXT = "第一行 <b>\n".encode()
PNG = picture_bytes(kind="PNG")


def attach(cast: Cast, name: str, content: bytes) -> Any:
    path = f"/api/v1/conversations/{thread(channel(cast.asia)).pk}/uploads"
    return cast.browser("ben").post(path, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", TEXT),
        ("a.pdf", TEXT),
        ("notes.html", TEXT),
        ("t.svg", TEXT),
        ("setup.bat", TEXT),
        ("a.jpg", PDF),
        ("a.docx", PDF),
        ("a.txt", PDF),
        ("a.pdf", PNG),
        ("a.png", MP4),
        ("a.PDF ", PNG),
    ],
)
def test_a_name_that_says_something_else_than_the_content_is_refused(cast: Cast, name: str, content: bytes):
    answer = attach(cast, name, content)
    body = answer.json()
    assert (answer.status_code, body["code"], body["field"]) == (400, "file_name_unfit", "file") and body["remedy"]
    assert not Media.objects.for_system("the test").exists()


@pytest.mark.parametrize("name", ["a.png", "t.svg", "page.html", "page.txt", "page"])
@pytest.mark.parametrize("content", [HTML, SVG, b"<svg/>", b"<HTML>"])
def test_a_web_page_is_refused_whatever_its_name(cast: Cast, name: str, content: bytes):
    answer = attach(cast, name, content)
    assert (answer.status_code, answer.json()["code"]) == (400, "file_type_refused")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT),
        ("orders.csv", TEXT),
        ("README", TEXT),
        ("v1.2", TEXT),
        ("a.jpg", PNG),  # both are sent as an image, and an image has no name at the customer's
        ("a.PDF", PDF),
        ("voice.ogg", OGG),
        ("a.m4a", MP4),
    ],
)
def test_a_name_that_fits_or_says_nothing_is_taken(cast: Cast, name: str, content: bytes):
    assert attach(cast, name, content).status_code == 201


def test_a_file_too_large_is_413_like_any_body_too_large(cast: Cast):
    answer = attach(cast, "a.png", PNG + b"\x00" * MEDIA["image"][0])
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (413, "file_too_large", "file")


@pytest.mark.parametrize("mime_type", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/plain"])
def test_what_a_browser_could_run_is_a_download(cast: Cast, mime_type: str):
    answer = attach(cast, "a.txt", TEXT)
    Media.objects.for_system("as if the customer had sent it").update(mime_type=mime_type)
    served = cast.browser("ben").get(media_url(UUID(answer.json()["id"])))
    assert served["Content-Type"] == "application/octet-stream"
    assert served["Content-Disposition"].startswith("attachment")
    assert served["X-Content-Type-Options"] == "nosniff" and "sandbox" in served["Content-Security-Policy"]
