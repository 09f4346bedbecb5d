"""Where somebody comes from, coarsely."""

import pytest
from django.test import Client

from security.models import Operation
from security.origin import device_of, of_scope
from tests.conftest import PASSWORD, Cast
from tests.security.test_api_keys import key_of, program
from tests.worlds.threads import logged

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (CHROME, "Chrome · Windows"),
        (f"{CHROME} Edg/128.0", "Edge · Windows"),
        (f"{CHROME} OPR/114.0", "Opera · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17.5 Safari/605.1.15", "Safari · macOS"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E1 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) CriOS/128.0 Mobile/15E1 Safari/604.1", "Chrome · iPad"),
        (
            "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36",
            "Samsung Internet · Android",
        ),
        ("Mozilla/5.0 (something new)", ""),
        ("curl/8.5.0", "curl"),
        ("python-requests/2.32", "python-requests"),
        ("", ""),
        ("x" * 500, "x" * 40),
        ("evil\r\nname/1", "evilname"),
    ],
)
def test_a_device_is_a_browser_and_a_system(agent: str, device: str):
    assert device_of(agent) == device


def test_a_line_tells_address_and_device(cast: Cast):
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR="::ffff:10.1.2.3", headers={"user-agent": CHROME})
    body = {"email": "ben@kefu.test", "password": PASSWORD}
    assert client.post("/api/v1/session", body, content_type="application/json").status_code == 200
    (line,) = logged("session.started")
    assert (line.actor_kind, line.ip, line.device) == ("person", "10.1.2.3", "Chrome · Windows")


def test_kefu_itself_comes_from_nowhere(cast: Cast):
    assert set(Operation.objects.filter(actor_kind="system").values_list("ip", "device")) == {("", "")}


def test_a_program_is_told_by_its_key(cast: Cast):
    ben = program(key_of(cast.ben))
    ben.patch("/api/v1/me", {"availability": "away"}, content_type="application/json")
    (line,) = logged("person.settings_changed")
    assert (line.actor_kind, line.actor_id) == ("key", str(cast.ben.pk)) and line.device.startswith("API (")


def test_a_socket_has_an_origin_too():
    scope = {"client": ("203.0.113.7", 1234), "headers": [(b"user-agent", CHROME.encode())]}
    assert (of_scope(scope).ip, of_scope(scope).device) == ("203.0.113.7", "Chrome · Windows")
    assert of_scope({"client": None}).ip == ""
