"""A key is nowhere but with its owner: in no address, no line of a log, no row."""

import io
import json
import logging

import pytest
from django.core import serializers
from django.test import Client

from config.log_lines import Masked
from security.models import ApiKey, Operation
from tests.conftest import Cast
from tests.contracts.test_refusals import refused
from tests.security.keys.makers import KEYS, made, program
from tests.worlds.factors import fresh_browser
from tests.worlds.serving import Served


@pytest.mark.parametrize(
    "path", ["/api/v1/me?key={}", "/api/v1/{}/me", "/api/v1/conversations?q=x{}", "/?token={}", "/admin/?k={}"]
)
def test_a_key_in_an_address_is_refused_and_said_so(cast: Cast, path: str):
    _row, secret = made(cast)
    answer = Client(headers={"accept-language": "en"}).get(path.format(secret))
    told = refused(answer, 400, "key_in_address")
    assert "Authorization" in told["remedy"] and secret not in answer.content.decode()
    refused(program(secret).get(path.format(secret)), 400, "key_in_address")


def test_no_log_ever_holds_one(cast: Cast, caplog: pytest.LogCaptureFixture):
    """Everything a key can meet: use, refusal, a fault, a wrong body, an address, rotation and its end."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Masked("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        with caplog.at_level(logging.DEBUG):
            row, secret = made(cast)
            shop = program(secret)
            shop.get("/api/v1/me")
            shop.get(f"/api/v1/nope?{secret}")
            shop.post("/api/v1/canned-replies", {"text": secret}, content_type="application/json")
            after = fresh_browser(cast, "dee").post(f"{KEYS}/{row.public_id}/rotate").json()["secret"]
            program(after).get("/api/v1/conversations")
            fresh_browser(cast, "dee").delete(f"{KEYS}/{row.public_id}")
            shop.get("/api/v1/me")
            logging.getLogger("anything").error("a fault near %s", secret, exc_info=ValueError(after))
    finally:
        root.removeHandler(handler)
    assert "a fault near kefu_[masked]" in written.getvalue()
    for one in (secret, after):
        assert one not in written.getvalue()
        assert one not in json.dumps(list(Operation.objects.values_list("details", flat=True)))
        assert one not in serializers.serialize("json", ApiKey.objects.all())


def test_the_formatter_of_every_handler_masks(settings):
    used = {handler["formatter"] for handler in settings.LOGGING["handlers"].values()}
    assert {settings.LOGGING["formatters"][name]["()"] for name in used} == {"config.log_lines.Masked"}
    assert settings.LOGGING["loggers"]["uvicorn.access"]["level"] == "WARNING"


def test_a_live_connection_takes_no_key(kefu: Served, cast: Cast):
    import websockets.sync.client as sockets
    from websockets.exceptions import ConnectionClosed
    from websockets.typing import Origin

    _row, secret = made(cast)
    headers = {"Authorization": f"Api-Key {secret}"}
    url = f"ws://127.0.0.1:{kefu.port}/ws/stream"
    with (
        sockets.connect(url, additional_headers=headers, origin=Origin(kefu.url)) as tab,
        pytest.raises(ConnectionClosed) as end,
    ):
        tab.send(json.dumps({"type": "hello", "since": {}}))
        tab.recv(timeout=10)
    assert end.value.rcvd is not None and end.value.rcvd.code == 4401
