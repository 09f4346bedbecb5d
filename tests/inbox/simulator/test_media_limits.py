"""Sizes and kinds of media at the edge of each limit, and files which fail only when they are sent."""

import io

import pytest
from PIL import Image

from inbox.simulator import pictures
from inbox.simulator.errors import GraphError
from inbox.simulator.graph.media_rules import check_upload
from inbox.simulator.tables import limits
from tests.inbox.simulator.callback import Callback, until
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_media import JPEG, WEBP, upload
from tests.inbox.simulator.test_sending import wamid_of

KINDS = limits()["media"]["kinds"]
ANIMATED = WEBP[:12] + b"VP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00ANIM\x06\x00\x00\x00" + bytes(6)
OPUS = b"OggS" + bytes(24) + b"OpusHead\x01"
EDGES = {
    "image": (JPEG, "image/jpeg", KINDS["image"]["max_bytes"]),
    "still sticker": (WEBP, "image/webp", KINDS["sticker"]["max_bytes_static"]),
    "moving sticker": (ANIMATED, "image/webp", KINDS["sticker"]["max_bytes_animated"]),
    "audio": (OPUS + b"\x01", "audio/ogg", KINDS["audio"]["max_bytes"]),
    "video": (b"\x00\x00\x00\x18ftypmp42", "video/mp4", KINDS["video"]["max_bytes"]),
    "document": (b"%PDF-1.4\n", "application/pdf", KINDS["document"]["max_bytes"]),
}


@pytest.mark.parametrize("name", EDGES)
def test_a_file_is_taken_at_its_limit_and_refused_past_it(name: str) -> None:
    start, mime_type, most = EDGES[name]
    assert check_upload(start + bytes(most - len(start)), mime_type) is None
    with pytest.raises(GraphError) as refused:
        check_upload(start + bytes(most + 1 - len(start)), mime_type)
    assert refused.value.code == 100


@pytest.mark.parametrize("mime_type", [mime for rule in KINDS.values() for mime in rule["mime"]])
def test_every_documented_type_is_taken(shop: Running, mime_type: str) -> None:
    assert upload(shop, b"some bytes", mime_type).status_code == 200


@pytest.mark.parametrize("mime_type", ["image/gif", "image/svg+xml", "video/webm", "audio/wav", "text/html", "x"])
def test_any_other_type_is_refused(shop: Running, mime_type: str) -> None:
    assert upload(shop, b"some bytes", mime_type).json()["error"]["code"] == 100


def painted(mode: str, kind: str) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "mime_type", "kind"),
    [
        (OPUS + b"\x02", "audio/ogg", "audio"),
        (b"OggS" + bytes(24) + b"\x01vorbis", "audio/ogg", "audio"),
        (painted("CMYK", "JPEG"), "image/jpeg", "image"),
        (painted("I;16", "PNG"), "image/png", "image"),
        (pictures.draw("mug", 64), "image/png", "image"),
    ],
)
def test_some_files_fail_only_when_they_are_sent(
    simulator: Running, callback: Callback, mei: dict[str, str], data: bytes, mime_type: str, kind: str
) -> None:
    media_id = upload(simulator, data, mime_type).json()["id"]
    wamid = wamid_of(simulator.send(mei["phone"], **{"type": kind, kind: {"id": media_id}}))
    assert until(lambda: callback.statuses(wamid))[0]["errors"][0]["code"] == 131053


def test_a_voice_note_is_ogg(shop: Running, regular: dict[str, str]) -> None:
    spoken = upload(shop, OPUS + b"\x01", "audio/ogg").json()["id"]
    assert shop.send(regular["phone"], type="audio", audio={"id": spoken, "voice": True}).status_code == 200
    song = upload(shop, b"ID3" + bytes(60), "audio/mpeg").json()["id"]
    error = shop.send(regular["phone"], type="audio", audio={"id": song, "voice": True}).json()["error"]
    assert error["code"] == 131053
