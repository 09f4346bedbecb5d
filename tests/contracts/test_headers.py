"""What a browser is told by every kind of answer, read from real ones."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.test import Client, override_settings

from inbox.media_links import media_url
from tests.conftest import BY, PASSWORD, Cast
from tests.worlds.asia import asia
from tests.worlds.serving import Served, session_of

STRICT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.fixture
def answers(kefu: Served, cast: Cast) -> dict[str, Any]:
    """One of every kind, over real HTTP."""
    world = asia(cast)
    ben, ana = requests.Session(), requests.Session()
    ben.cookies["kefu_session"], ana.cookies["kefu_session"] = session_of(cast.ben), session_of(cast.ana)

    def get(session: requests.Session, path: str, **more: Any) -> requests.Response:
        return session.get(kefu.url + path, timeout=20, allow_redirects=False, **more)

    return {
        "client page": get(ben, "/inbox/mine"),
        "api": get(ben, "/api/v1/me"),
        "file": get(ben, media_url(world.picture.pk)),
        "thumbnail": get(ben, media_url(world.picture.pk).replace("?", "/thumbnail?")),
        "export": get(ben, "/api/v1/canned-replies/export"),
        "admin": get(ana, "/admin/"),
        "admin sign-in": get(requests.Session(), "/admin/login/"),
        "static": get(ben, "/static/favicon.svg"),
        "refused": get(requests.Session(), "/api/v1/me"),
        "forbidden": get(ben, "/api/v1/operations"),
        "not found": get(ben, "/api/v1/nope"),
        "no admin page": get(ana, "/admin/nope"),
        "key in address": get(ben, "/api/v1/me?key=kefu_" + "0" * 64),
        "health": get(ben, "/healthz"),
        "docs": get(ben, "/api/v1/docs"),
    }


def test_every_answer_bears_the_strict_headers(answers: dict[str, Any]):
    lacking = {
        f"{kind}: {name}": answer.headers.get(name)
        for kind, answer in answers.items()
        for name, value in STRICT.items()
        if answer.headers.get(name) != value
    }
    # What shows the API's description opens windows of its own.
    assert lacking == {"docs: Cross-Origin-Opener-Policy": "unsafe-none"}
    assert {answer.status_code for answer in answers.values()} == {200, 302, 400, 401, 403, 404}


def test_no_device_but_the_microphone_may_be_used(answers: dict[str, Any]):
    for kind, answer in answers.items():
        policy = answer.headers["Permissions-Policy"]
        assert "camera=()" in policy and "geolocation=()" in policy and "microphone=(self)" in policy, kind


def test_everything_but_static_files_has_a_content_policy(answers: dict[str, Any]):
    without = {kind for kind, answer in answers.items() if "Content-Security-Policy" not in answer.headers}
    assert without == {"static", "docs"}
    page = answers["client page"].headers["Content-Security-Policy"]
    assert "default-src 'self'" in page and "frame-ancestors 'none'" in page and "object-src 'none'" in page
    assert "unsafe-inline" not in page.split("script-src")[1].split(";")[0] and "'nonce-" in page
    assert "sandbox" in answers["file"].headers["Content-Security-Policy"]


def test_a_nonce_is_used_once(answers: dict[str, Any], kefu: Served):
    other = requests.get(f"{kefu.url}/inbox/mine", timeout=20).headers["Content-Security-Policy"]
    assert answers["client page"].headers["Content-Security-Policy"] != other


def test_what_is_private_is_kept_by_no_cache(answers: dict[str, Any]):
    private = ("client page", "api", "export", "refused", "forbidden", "not found", "key in address", "admin")
    kept = {kind: answers[kind].headers.get("Cache-Control", "") for kind in private}
    assert {kind: told for kind, told in kept.items() if "no-store" not in told} == {}
    assert answers["file"].headers["Cache-Control"].startswith("private")


def test_no_server_tells_its_version(answers: dict[str, Any]):
    told = " ".join(str(answer.headers) for answer in answers.values()).lower()
    assert not any(word in told for word in ("django/", "python/", "twisted", "x-powered-by"))


@override_settings(ROOT_URLCONF="tests.contracts.odd_urls")
def test_a_fault_bears_them_too(db: None):
    answer = Client(raise_request_exception=False).get("/broken")
    assert answer.status_code == 500
    assert {name: answer[name] for name in STRICT} == STRICT
    assert "Content-Security-Policy" in answer and "Permissions-Policy" in answer


def test_a_refused_address_bears_them_too(cast: Cast):
    from security.actions.allowlist import allow_address

    allow_address(by=BY, name="Office", network="203.0.113.7", group="everybody")
    answer = Client().get("/api/v1/me")
    assert answer.status_code == 403 and {name: answer[name] for name in STRICT} == STRICT
    assert answer["Cache-Control"] == "no-store"


@contextlib.contextmanager
def over_https() -> Iterator[None]:
    """The settings that ``KEFU_HTTPS`` makes (``test_the_settings_of_https`` reads them from a real start)."""
    names = {"SESSION_COOKIE_NAME": "__Host-kefu_session", "CSRF_COOKIE_NAME": "__Host-csrftoken"}
    with override_settings(
        SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True, SECURE_HSTS_SECONDS=31_536_000, **names
    ):
        yield


def test_cookies_over_https_are_of_this_host_alone(cast: Cast):
    with over_https():
        browser = Client(headers={"accept-language": "en"})
        body = {"email": "ben@kefu.test", "password": PASSWORD}
        answer = browser.post("/api/v1/session", body, content_type="application/json", secure=True)
        assert answer.status_code == 200
        session, token = answer.cookies["__Host-kefu_session"], answer.cookies["__Host-csrftoken"]
        for cookie in (session, token):
            assert cookie["secure"] and cookie["path"] == "/" and not cookie["domain"] and cookie["samesite"] == "Lax"
        assert session["httponly"]
        assert browser.get("/api/v1/me", secure=True).json()["name"] == "Ben"
        assert "max-age=31536000" in browser.get("/api/v1/me", secure=True)["Strict-Transport-Security"]


def test_the_settings_of_https():
    import json
    from os import environ
    from subprocess import run
    from sys import executable

    from tests.contracts.committed import ROOT

    names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
    names += ["LANGUAGE_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER"]
    code = f"import json; from config import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    told = run(
        [executable, "-c", code],
        cwd=ROOT,
        env={**environ, "KEFU_HTTPS": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert json.loads(told) == ["__Host-kefu_session", "__Host-csrftoken", True, True, True, 31_536_000, None]
