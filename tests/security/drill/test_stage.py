"""A drill has a sender and a host of its own, and what it teaches is true of its mail."""

import re
from email.utils import parseaddr
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from security.drill.mails import KINDS
from security.errors import DrillNotSetUp
from security.models import PhishingDrill, User
from tests.conftest import Cast
from tests.security.drill.drilling import Post, plan, send_all
from tests.worlds.drills import HOST


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_the_page_says_of_the_mail_is_true_of_it(cast: Cast, post: Post, settings: Any, kind: str):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    User.objects.filter(pk=cast.ben.pk).update(language="en")
    plan(cast, cast.ben, kind=kind)
    send_all()
    (mail,) = post.got
    assert parseaddr(mail["From"])[1] == f"office@{HOST}" != parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    body = mail.get_body(("html",))
    assert body is not None
    bait, report = re.findall(r'href="([^"]+)"', body.get_content())
    assert bait.startswith(f"http://{HOST}/go/") and report.startswith(settings.KEFU_PUBLIC_URL)
    page = Client(SERVER_NAME=HOST, HTTP_HOST=HOST).get(urlsplit(bait).path)
    told = unescape(page.content.decode())
    assert page.status_code == 200 and "It does not come from an address of ours" in told
    assert "leads to an address that is not ours" in told


def test_the_host_of_the_drills_shows_nothing_else_of_kefu(cast: Cast, settings: Any):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    for path in ("/", "/admin/", "/api/v1/session", "/inbox/mine"):
        for host in (HOST, f"{HOST}:8000", HOST.upper()):
            assert Client(HTTP_HOST=host).get(path).status_code == 404
    assert Client(HTTP_HOST="localhost").get("/api/v1/session").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"KEFU_DRILL_SENDER": ""},
        {"KEFU_DRILL_URL": ""},
        {"KEFU_DRILL_SENDER": "office"},
        {"KEFU_DRILL_URL": "post-desk.test"},
        {"KEFU_DRILL_SENDER": "it@kefu.example"},
        {"KEFU_DRILL_URL": "https://kefu.example:8443"},
        {"KEFU_DRILL_URL": "https://mail.example"},
    ],
)
def test_a_drill_from_kefus_own_address_is_refused_with_what_to_do(cast: Cast, settings: Any, wrong: dict[str, str]):
    settings.KEFU_PUBLIC_URL, settings.DEFAULT_FROM_EMAIL = "https://kefu.example", "Kefu <kefu@mail.example>"
    for name, value in wrong.items():
        setattr(settings, name, value)
    with pytest.raises(DrillNotSetUp) as refused:
        plan(cast, cast.ben)
    assert "KEFU_DRILL_URL" in str(refused.value.remedy) and not PhishingDrill.objects.exists()
