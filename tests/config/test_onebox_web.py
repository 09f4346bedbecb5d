"""Daphne hands every request on to Kefu."""

from types import SimpleNamespace

import pytest
from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.internet.testing import StringTransport

import config.onebox.web  # noqa: F401  (what is tested: it sets Daphne up)


@pytest.mark.parametrize("kind", [b"multipart/form-data; boundary=XX", b"multipart/form-data"])
def test_a_malformed_form_reaches_kefu_which_refuses_it_in_words(monkeypatch: pytest.MonkeyPatch, kind: bytes):
    handed_on: list[bytes] = []
    monkeypatch.setattr(WebRequest, "process", lambda request: handed_on.append(request.content.read()))
    server = SimpleNamespace(protocol_connected=lambda protocol: None)
    channel, transport = HTTPFactory(server).buildProtocol(None), StringTransport()
    channel.makeConnection(transport)
    head = b"POST /api/v1/x HTTP/1.1\r\nHost: a\r\nContent-Type: " + kind + b"\r\nContent-Length: 8\r\n\r\n"
    channel.dataReceived(head + b"--XX--\r\n")
    assert (handed_on, transport.value()) == ([b"--XX--\r\n"], b"")
