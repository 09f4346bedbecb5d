"""No request sends more than anything of ours needs, whoever sends it and however it is spelled."""

import json
import socket
from typing import Any

import pytest
import requests
from django.conf import settings

from tests.conftest import Cast
from tests.worlds.serving import Served, session_of

MIB = 1024 * 1024


def spoken(kefu: Served, head: str, body: bytes = b"") -> bytes:
    """What answers raw bytes."""
    with socket.create_connection(("127.0.0.1", kefu.port), timeout=20) as line:
        line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        answer = b""
        while b"\r\n\r\n" not in answer and (part := line.recv(4096)):
            answer += part
        return answer


HEAD = "POST /api/v1/session HTTP/1.1\nHost: localhost\nContent-Type: {kind}\nContent-Length: {size}"


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
def test_a_stranger_announces_a_giant_and_is_not_listened_to(kefu: Served, kind: str):
    answer = spoken(kefu, HEAD.format(kind=kind, size=50 * MIB), b"{")
    assert answer.startswith(b"HTTP/1.1 413")


def test_whoever_claims_to_be_signed_in_sends_no_more_than_the_largest_file(kefu: Served, cast: Cast):
    cookie = f"\nCookie: kefu_session={session_of(cast.ben)}"
    form = HEAD.format(kind="multipart/form-data; boundary=x", size=settings.KEFU_LARGEST_FORM + 2 * MIB)
    assert spoken(kefu, form + cookie).startswith(b"HTTP/1.1 413")
    words = HEAD.format(kind="application/json", size=20 * MIB)
    assert spoken(kefu, words + cookie).startswith(b"HTTP/1.1 413")


def test_an_endless_stream_without_a_length_is_cut(kefu: Served):
    def endless() -> Any:
        while True:
            yield b"x" * MIB

    try:
        answer = requests.post(f"{kefu.url}/api/v1/session", data=endless(), timeout=20)
    except requests.ConnectionError:
        return  # it was cut before all of it was said
    assert answer.status_code == 413


def test_the_refusal_is_in_our_shape(kefu: Served):
    head = HEAD.format(kind="application/json", size=50 * MIB)
    answer = spoken(kefu, head)
    body = answer.partition(b"\r\n\r\n")[2]
    if body:
        assert set(json.loads(body)) == {"code", "message", "field", "remedy"}


def test_a_little_too_much_is_refused_in_the_readers_language(kefu: Served, cast: Cast):
    body = json.dumps({"availability": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    headers = {"Content-Type": "application/json", "Accept-Language": "zh-hant", "X-CSRFToken": "c" * 32}
    cookies = {"kefu_session": session_of(cast.ben), "csrftoken": "c" * 32}
    answer = requests.patch(f"{kefu.url}/api/v1/me", body, headers=headers, cookies=cookies, timeout=20)
    assert answer.status_code == 413 and not answer.json()["message"].isascii()


def test_a_form_with_too_many_parts_is_refused(cast: Cast):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.worlds.channels import channel
    from tests.worlds.threads import thread

    path = f"/api/v1/conversations/{thread(channel(cast.asia)).pk}/uploads"
    ben = cast.browser("ben")
    files = {f"file{number}": SimpleUploadedFile("a.txt", b"x") for number in range(20)}
    answer = ben.post(path, files)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    answer = ben.post(path, {f"field{number}": "x" for number in range(2000)})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
