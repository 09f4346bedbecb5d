"""The adapter against odd servers: what each answer of HTTP means for a send, an upload and a download."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from inbox.whatsapp.client import GraphClient
from inbox.whatsapp.faults import Fault, NumberDown, Rejected, Retry, Throttled, Unconfirmed
from inbox.whatsapp.wire import Credentials, Outbound

TEXT = Outbound("text", {"text": "Hi"}, "correlation", "886900000001", None)


class Odd:
    """A server that answers whatever it is told to: ``(status, headers, body)``."""

    def __init__(self) -> None:
        self.answer: tuple[int, dict[str, str], bytes] = (200, {}, b"{}")
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        odd = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                odd.asked.append((self.command, self.path, dict(self.headers)))
                status, headers, body = odd.answer
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = _any

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def odd() -> Iterator[Odd]:
    made = Odd()
    yield made
    made.server.shutdown()
    made.server.server_close()


def client(base_url: str) -> GraphClient:
    return GraphClient(Credentials(base_url, "v26.0", "100000000000001", "SIMTOKEN-odd"))


def error(code: int, **more: Any) -> bytes:
    import json

    return json.dumps({"error": {"message": "x", "type": "OAuthException", "code": code, **more}}).encode()


SENDS: dict[str, tuple[int, bytes, type[Fault], str]] = {
    "no JSON": (200, b"<html>", Unconfirmed, "answer_unreadable"),
    "empty object": (200, b"{}", Unconfirmed, "answer_unreadable"),
    "a list": (200, b"[1]", Unconfirmed, "answer_unreadable"),
    "no messages": (200, b'{"messages": []}', Unconfirmed, "answer_unreadable"),
    "nulls": (200, b'{"messages": null, "contacts": null}', Unconfirmed, "answer_unreadable"),
    "gateway page": (502, b"<html>Bad gateway</html>", Unconfirmed, "http_5xx"),
    "unclear 500": (500, error(131000), Unconfirmed, "http_5xx"),
    "platform's own 503": (503, error(131016), Retry, "131016"),
    "throttled": (400, error(130429), Throttled, "130429"),
    "429 page": (429, b"slow down", Throttled, "http_429"),
    "invalid": (400, error(131009), Rejected, "131009"),
    "unknown code": (400, error(987654), Rejected, "987654"),
    "page with 404": (404, b"gone", Rejected, "http_404"),
    "token": (401, error(190), NumberDown, "190"),
    "permission": (403, error(299), NumberDown, "299"),
    "number gone": (400, error(100, error_subcode=33), NumberDown, "33"),
    "an error with status 200": (200, error(131009), Rejected, "131009"),
    "an error that is a text": (400, b'{"error": "no"}', Rejected, "http_400"),
}


@pytest.mark.parametrize("case", SENDS)
def test_what_an_answer_to_a_send_means(odd: Odd, case: str):
    status, body, kind, code = SENDS[case]
    odd.answer = (status, {}, body)
    with pytest.raises(Fault) as fault:
        client(odd.url).send(TEXT, timeout=5)
    assert (type(fault.value), fault.value.code) == (kind, code)
    assert len(odd.asked) == 1, "nothing repeats by itself"


def test_a_send_names_version_number_and_token(odd: Odd):
    odd.answer = (200, {}, b'{"contacts": [{"wa_id": "1", "user_id": "TW.1"}], "messages": [{"id": "wamid.X"}]}')
    sent = client(odd.url + "/").send(TEXT, timeout=5)
    assert (sent.provider_ref, sent.wa_id, sent.bsuid) == ("wamid.X", "1", "TW.1")
    ((method, path, headers),) = odd.asked
    assert (method, path) == ("POST", "/v26.0/100000000000001/messages")
    assert headers["Authorization"] == "Bearer SIMTOKEN-odd"


def test_an_answer_without_contacts_is_an_answer(odd: Odd):
    odd.answer = (200, {}, b'{"messages": [{"id": "wamid.X"}]}')
    assert client(odd.url).send(TEXT, timeout=5).wa_id is None


def test_what_whatsapp_says_to_wait_is_waited(odd: Odd):
    odd.answer = (429, {"Retry-After": "17"}, error(80007))
    with pytest.raises(Retry) as fault:
        client(odd.url).send(TEXT, timeout=5)
    assert fault.value.after == 17
    odd.answer = (429, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, error(80007))
    with pytest.raises(Retry) as fault:
        client(odd.url).send(TEXT, timeout=5)
    assert fault.value.after is None


def test_nobody_listening_is_certainly_not_sent():
    with pytest.raises(Retry) as fault:
        client("http://127.0.0.1:9").send(TEXT, timeout=2)
    assert fault.value.code == "network"


def test_a_name_that_does_not_resolve_is_certainly_not_sent():
    with pytest.raises(Retry):
        client("http://no-such-host.invalid").send(TEXT, timeout=2)


def test_an_answer_cut_off_half_way_is_unconfirmed(odd: Odd):
    odd.answer = (200, {"Content-Length": "1000"}, b'{"messages": [')
    with pytest.raises(Unconfirmed):
        client(odd.url).send(TEXT, timeout=1)


def test_a_fault_names_no_number_and_no_token(odd: Odd):
    details = {"details": "Recipient +886900000001 with EAAsecret9 is not allowed"}
    odd.answer = (400, {}, error(131030, error_data=details))
    with pytest.raises(Rejected) as fault:
        client(odd.url).send(TEXT, timeout=5)
    assert "886900000001" not in str(fault.value) and "EAA" not in str(fault.value)


LOOKUPS: dict[str, tuple[int, bytes, type[Fault]]] = {
    "gateway page": (502, b"<html>", Retry),
    "no JSON": (200, b"<html>", Retry),
    "without what was asked for": (200, b"{}", Retry),
    "expired": (400, error(100, error_subcode=33), NumberDown),
    "invalid": (400, error(131009), Rejected),
}


@pytest.mark.parametrize("case", LOOKUPS)
def test_what_an_answer_to_an_upload_or_a_lookup_means(odd: Odd, case: str):
    status, body, kind = LOOKUPS[case]
    odd.answer = (status, {}, body)
    for call in (
        lambda: client(odd.url).media_url("7", timeout=5),
        lambda: client(odd.url).upload(b"x", mime_type="image/jpeg", name="a.jpg", timeout=5),
    ):
        with pytest.raises(Fault) as fault:
            call()
        assert type(fault.value) is kind


@pytest.mark.parametrize(("status", "headers"), [(404, {}), (500, {}), (200, {"Content-Length": "1000"})])
def test_a_download_that_is_not_whole_is_tried_again(odd: Odd, status: int, headers: dict[str, str]):
    odd.answer = (status, headers, b"half")
    with pytest.raises(Retry):
        b"".join(client(odd.url).download(f"{odd.url}/x", largest=10_000, timeout=1))


def test_a_download_beyond_the_measure_is_refused(odd: Odd):
    odd.answer = (200, {}, b"x" * 200_000)
    with pytest.raises(Rejected):
        b"".join(client(odd.url).download(f"{odd.url}/x", largest=100_000, timeout=5))
