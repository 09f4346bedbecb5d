"""Uploads, lookups, downloads, deletion, linked media."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from inbox.simulator import pictures
from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.conftest import NUMBER, put_number
from tests.inbox.simulator.running import TOKEN, Running
from tests.inbox.simulator.test_sending import wamid_of

JPEG = pictures.draw("mug", 64)
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
Customer = dict[str, Any]


def upload(simulator: Running, data: bytes = JPEG, mime_type: str = "image/jpeg", name: str = "a.jpg") -> Any:
    return simulator.call(
        "POST", f"{NUMBER}/media", data={"messaging_product": "whatsapp"}, files={"file": (name, data, mime_type)}
    )


def fetch(simulator: Running, url: str, token: str | None = TOKEN) -> Any:
    return simulator.session.get(url, headers={"Authorization": f"Bearer {token}"} if token else {}, timeout=5)


def test_what_was_uploaded_comes_back(simulator: Running) -> None:
    media_id = upload(simulator).json()["id"]
    node = simulator.call("GET", media_id, params={"phone_number_id": NUMBER}).json()
    assert node == {"messaging_product": "whatsapp", "url": node["url"], "mime_type": "image/jpeg",
                    "sha256": hashlib.sha256(JPEG).hexdigest(), "file_size": len(JPEG), "id": media_id}  # fmt: skip
    assert "/v24.0/" not in node["url"]
    assert fetch(simulator, node["url"]).content == JPEG


def test_a_link_dies_after_five_minutes_and_the_id_gives_a_new_one(simulator: Running) -> None:
    media_id = upload(simulator).json()["id"]
    url = simulator.call("GET", media_id).json()["url"]
    simulator.sim("POST", "clock", {"advance": 299})
    assert fetch(simulator, url).status_code == 200
    simulator.sim("POST", "clock", {"advance": 2})
    assert fetch(simulator, url).status_code == 404
    assert fetch(simulator, simulator.call("GET", media_id).json()["url"]).status_code == 200


@pytest.mark.parametrize("token", [None, "garbage"])
def test_a_link_needs_the_token(simulator: Running, token: str | None) -> None:
    url = simulator.call("GET", upload(simulator).json()["id"]).json()["url"]
    assert fetch(simulator, url, token).status_code == 401


def test_an_upload_lives_thirty_days(simulator: Running) -> None:
    media_id = upload(simulator).json()["id"]
    simulator.sim("POST", "clock", {"advance": 30 * 86400 + 1})
    error = simulator.call("GET", media_id).json()["error"]
    assert (error["code"], error["error_subcode"]) == (100, 33)


def test_media_of_a_message_lives_seven_days(simulator: Running, mei: Customer) -> None:
    body = {"number": NUMBER, "type": "image", "sample": "parcel"}
    media_id = simulator.sim("POST", f"customers/{mei['id']}/messages", body)["content"]["id"]
    simulator.sim("POST", "clock", {"advance": 7 * 86400 - 60})
    assert simulator.call("GET", media_id).status_code == 200
    simulator.sim("POST", "clock", {"advance": 120})
    assert simulator.call("GET", media_id).status_code == 400


def test_media_belongs_to_its_number(simulator: Running, callback: Callback) -> None:
    put_number(simulator, callback, phone_number_id="100000000000002")
    media_id = upload(simulator).json()["id"]
    assert simulator.call("GET", media_id, params={"phone_number_id": "100000000000002"}).json()["error"]["code"] == 100
    put_number(simulator, callback, phone_number_id="3", access_token="SIMTOKEN-other", waba_id="3")
    assert simulator.call("GET", media_id, token="SIMTOKEN-other").json()["error"]["error_subcode"] == 33


def test_deleted_media_is_gone(simulator: Running) -> None:
    media_id = upload(simulator).json()["id"]
    assert simulator.call("DELETE", media_id, params={"phone_number_id": NUMBER}).json() == {"success": True}
    assert simulator.call("GET", media_id).status_code == 400


@pytest.mark.parametrize(
    ("data", "mime_type"),
    [
        (b"", "image/jpeg"),
        (b"<svg/>", "image/svg+xml"),
        (JPEG + b"\0" * 5_242_881, "image/jpeg"),
        (WEBP + b"\0" * 102_400, "image/webp"),
        (b"x" * 16_777_217, "audio/mpeg"),
    ],
)
def test_what_meta_does_not_take_is_refused(simulator: Running, data: bytes, mime_type: str) -> None:
    answer = upload(simulator, data, mime_type)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)


def test_a_form_without_a_file_or_product_is_refused(simulator: Running) -> None:
    files = {"file": ("a.jpg", JPEG, "image/jpeg")}
    assert simulator.call("POST", f"{NUMBER}/media", files=files).json()["error"]["code"] == 100
    assert (
        simulator.call("POST", f"{NUMBER}/media", json={"messaging_product": "whatsapp"}).json()["error"]["code"] == 100
    )


@pytest.mark.parametrize(
    ("kind", "data", "mime_type"),
    [
        ("image", JPEG, "image/jpeg"), ("sticker", WEBP, "image/webp"), ("document", b"%PDF-1.4\n", "application/pdf"),
        ("document", b"plain", "text/plain"), ("audio", b"OggS" + b"\0" * 24 + b"OpusHead", "audio/ogg"),
    ],
)  # fmt: skip
def test_uploaded_media_can_be_sent(
    simulator: Running, callback: Callback, mei: Customer, kind: str, data: bytes, mime_type: str
) -> None:
    media_id = upload(simulator, data, mime_type).json()["id"]
    wamid = wamid_of(simulator.send(mei["phone"], **{"type": kind, kind: {"id": media_id}}))
    until(lambda: [row["status"] for row in callback.statuses(wamid)] == ["sent", "delivered"])


def test_bytes_which_are_not_what_they_claim_fail_later_with_131053(
    simulator: Running, callback: Callback, mei: Customer
) -> None:
    media_id = upload(simulator, b"not a picture at all", "image/jpeg").json()["id"]
    wamid = wamid_of(simulator.send(mei["phone"], type="image", image={"id": media_id}))
    assert until(lambda: callback.statuses(wamid))[0]["errors"][0]["code"] == 131053


def test_a_document_cannot_be_sent_as_a_photo(simulator: Running, mei: Customer) -> None:
    media_id = upload(simulator, b"%PDF-1.4\n", "application/pdf").json()["id"]
    assert simulator.send(mei["phone"], type="image", image={"id": media_id}).json()["error"]["code"] == 131053


@pytest.fixture
def asked() -> list[str]:
    """The paths the shelf was asked for."""
    return []


@pytest.fixture
def shelf(asked: list[str]) -> Iterator[str]:
    """A web server with `/ok.jpg`, `/page.jpg` (HTML), `/moved.jpg` (a redirect)."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status = 302 if "moved" in self.path else 200
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if "page" in self.path else "image/jpeg")
            self.send_header("Location", "/ok.jpg")
            self.end_headers()
            self.wfile.write(JPEG)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_linked_media_is_fetched_and_shown(simulator: Running, callback: Callback, mei: Customer, shelf: str) -> None:
    wamid = wamid_of(simulator.send(mei["phone"], type="image", image={"link": f"{shelf}/ok.jpg", "caption": "Linked"}))
    until(lambda: [row["status"] for row in callback.statuses(wamid)] == ["sent", "delivered"])
    content = simulator.sim("GET", f"customers/{mei['id']}/chats/{NUMBER}")["results"][-1]["content"]
    assert simulator.session.get(f"{simulator.url}/__sim/media/{content['id']}", timeout=5).content == JPEG


def test_the_same_address_is_fetched_once_in_ten_minutes(
    simulator: Running, callback: Callback, mei: Customer, shelf: str, asked: list[str]
) -> None:
    def send(path: str) -> None:
        wamid = wamid_of(simulator.send(mei["phone"], type="image", image={"link": f"{shelf}/{path}"}))
        until(lambda: [row["status"] for row in callback.statuses(wamid)] == ["sent", "delivered"])

    for path in ("ok.jpg", "ok.jpg", "ok.jpg?fresh=1"):
        send(path)
    assert asked == ["/ok.jpg", "/ok.jpg?fresh=1"]
    simulator.sim("POST", "clock", {"advance": 601})
    send("ok.jpg")
    assert asked[-1] == "/ok.jpg" and len(asked) == 3


@pytest.mark.parametrize(
    "link", ["{0}/page.jpg", "{0}/moved.jpg", "http://127.0.0.1:1/none.jpg", "http://192.0.2.1/private.jpg"]
)
def test_a_bad_link_fails_later_with_131053(
    simulator: Running, callback: Callback, mei: Customer, shelf: str, link: str
) -> None:
    wamid = wamid_of(simulator.send(mei["phone"], type="image", image={"link": link.format(shelf)}))
    failed = until(lambda: callback.statuses(wamid))[0]
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", 131053)
