"""What an agent attaches: believed by its content only, kept sealed, uploaded once, sent with its caption."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from inbox.actions.files import keep_upload
from inbox.actions.replies import repeat_message
from inbox.media_store import read_file
from inbox.models import Media
from inbox.whatsapp.limits import MEDIA
from security.errors import Refusal
from tests.inbox.outgoing.conftest import Desk, state
from tests.worlds.answers import send_media
from tests.worlds.asia import picture_bytes
from tests.worlds.channels import calls
from tests.worlds.threads import fresh, messages
from tests.worlds.webhooks import status, status_arrives

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OGG = b"OggS\x00\x02" + b"\x00" * 22 + b"\x01\x1e" + b"OpusHead" + b"\x00" * 40
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 100


def webp() -> bytes:
    return picture_bytes(size=(512, 512), kind="WEBP")


def attach(desk: Desk, content: bytes, name: str = "file.bin", by: str = "ben") -> Media:
    file = SimpleUploadedFile(name, content)
    return keep_upload(by=desk.cast.access(by), conversation_id=desk.talk.pk, file=file)


def send(desk: Desk, media: Media, text: str = "", ref: str = "1") -> Any:
    ben = desk.cast.access("ben")
    return send_media(by=ben, conversation_id=desk.talk.pk, client_ref=ref, upload=media.pk, text=text)


KINDS = {
    "jpeg": (picture_bytes(), "image", "image/jpeg"),
    "png": (picture_bytes(kind="PNG"), "image", "image/png"),
    "webp": (webp(), "sticker", "image/webp"),
    "pdf": (PDF, "document", "application/pdf"),
    "text": ("第一行\n".encode(), "document", "text/plain"),
    "mp4": (MP4, "video", "video/mp4"),
    "voice": (OGG, "audio", "audio/ogg"),
}


@pytest.mark.parametrize("case", KINDS)
def test_a_file_is_what_its_bytes_say(desk: Desk, case: str):
    content, kind, mime_type = KINDS[case]
    media = attach(desk, content, name="innocent.jpg")
    assert (media.kind, media.mime_type, media.size, media.state) == (kind, mime_type, len(content), "ready")
    assert media.uploaded_by_id == desk.cast.ben.pk
    assert read_file(media, media.file) == content


@pytest.mark.parametrize("case", KINDS)
def test_each_kind_goes_out_uploaded_first(desk: Desk, case: str):
    content, kind, mime_type = KINDS[case]
    sent = send(
        desk, attach(desk, content, name=f"a.{case}"), text="Here" if kind in ("image", "document", "video") else ""
    )
    desk.sends()
    assert state(sent) == ("accepted", "")
    (upload,) = calls(desk.meta, desk.shop, path="media")
    assert upload["detail"]["body"]["file"] == {"name": f"a.{case}", "type": mime_type, "size": len(content)}
    (call,) = calls(desk.meta, desk.shop)
    part = call["detail"]["body"][kind]
    assert part["id"] == Media.objects.for_system("the test").get().provider_ref
    assert part.get("caption") == ("Here" if kind in ("image", "document", "video") else None)
    assert part.get("filename") == (f"a.{case}" if kind == "document" else None)


REFUSED = {
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>\x00", "file_type_refused"),
    "zip": (b"PK\x03\x04" + b"\x00" * 100, "file_type_refused"),
    "program": (b"MZ" + b"\x00" * 200, "file_type_refused"),
    "gif": (b"GIF89a" + b"\x01" * 100, "file_type_refused"),
    "noise": (bytes(range(256)) * 4, "file_type_refused"),
    "empty": (b"", "file_type_refused"),
    "large image": (picture_bytes() + b"\x00" * MEDIA["image"][0], "file_too_large"),
    "large sticker": (webp() + b"\x00" * MEDIA["sticker"][0], "file_too_large"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_whatsapp_would_not_take_is_refused_and_not_kept(desk: Desk, case: str):
    content, code = REFUSED[case]
    with pytest.raises(Refusal) as refused:
        attach(desk, content, name="photo.jpg")
    assert (refused.value.code, refused.value.field) == (code, "file")
    assert not Media.objects.for_system("the test").exists()


def test_a_picture_is_measured_and_gets_a_small_one(desk: Desk):
    media = attach(desk, picture_bytes(size=(1200, 800)))
    assert (media.width, media.height) == (1200, 800)
    with Image.open(BytesIO(read_file(media, media.thumbnail, part="thumbnail"))) as small:
        assert small.size == (480, 320) and small.format == "JPEG"


def test_a_transparent_picture_keeps_its_transparency(desk: Desk):
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    media = attach(desk, out.getvalue())
    with Image.open(BytesIO(read_file(media, media.thumbnail, part="thumbnail"))) as small:
        assert small.format == "WEBP" and small.convert("RGBA").getchannel("A").getpixel((0, 0)) == 0


def test_a_picture_that_is_a_bomb_is_not_decoded(desk: Desk):
    out = BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    media = attach(desk, out.getvalue())
    assert (media.width, media.thumbnail) == (None, "")


def test_a_damaged_picture_is_kept_without_a_small_one(desk: Desk):
    media = attach(desk, picture_bytes(size=(200, 200))[:400])
    assert (media.kind, media.width, media.thumbnail) == ("image", None, "")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\a.txt", "a.txt"),
        ("exe.\u202etxt.pdf", "exe.txt.pdf"),
        ("a\x00b\n.txt", "ab.txt"),
        ("發票🧾.txt", "發票🧾.txt"),
    ],
)
def test_a_file_name_cannot_disguise_or_lead_anywhere(desk: Desk, given: str, kept: str):
    file = SimpleUploadedFile("x.txt", b"text")
    vars(file)["_name"] = given  # as a browser could send it; Django's own cleaning is not what is tried here
    media = keep_upload(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, file=file)
    assert media.name == kept


def test_a_long_name_keeps_its_ending(desk: Desk):
    media = attach(desk, b"text", name="x" * 250 + ".txt")
    assert media.name and len(media.name) == 200 and media.name.endswith(".txt")


def test_an_upload_of_somebody_else_cannot_be_sent(desk: Desk):
    media = attach(desk, PDF, by="fay")
    with pytest.raises(Refusal) as refused:
        send(desk, media)
    assert (refused.value.code, refused.value.field) == ("invalid", "upload")


def test_one_upload_is_sent_once(desk: Desk):
    media = attach(desk, PDF)
    first = send(desk, media)
    assert send(desk, media).pk == first.pk, "the same click again"
    with pytest.raises(Refusal) as refused:
        send(desk, media, ref="another")
    assert refused.value.field == "upload"
    assert len(messages(desk.talk, direction="out")) == 1


def test_a_second_upload_under_a_used_client_ref_does_not_replace_the_first(desk: Desk):
    first, second = attach(desk, PDF), attach(desk, picture_bytes())
    send(desk, first)
    send(desk, second)
    assert fresh(second).message_id is None
    (row,) = messages(desk.talk, direction="out")
    assert fresh(first).message_id == row.pk


def test_what_is_told_of_a_new_file_holds_the_file(desk: Desk):
    from security.live.store import events_after

    media = attach(desk, PDF)
    sent = send(desk, media)
    told = [event for event in events_after(f"region:{desk.cast.asia.pk}", 0) if event.object_id == str(sent.pk)]
    assert str(media.pk) in str(told[0].payload)


def test_a_caption_is_limited_as_whatsapp_limits_it(desk: Desk):
    media = attach(desk, PDF)
    with pytest.raises(Refusal) as refused:
        send(desk, media, text="x" * 1025)
    assert refused.value.code == "text_too_long"
    assert send(desk, media, text="x" * 1024).content == {"text": "x" * 1024}


def test_a_failed_upload_is_repeated_and_a_done_one_is_not(desk: Desk):
    from django.utils import timezone

    from inbox.models import Message

    sent = send(desk, attach(desk, picture_bytes()))
    desk.fault("media_status", status=503)
    desk.sends()
    assert state(sent) == ("queued", "")
    Message.objects.for_system("time passes").update(due_at=timezone.now())
    desk.fault("send_error", code=131056)
    desk.sends()
    assert state(sent) == ("queued", "")
    Message.objects.for_system("time passes").update(due_at=timezone.now())
    desk.sends()
    assert state(sent) == ("accepted", "")
    assert [call["status"] for call in calls(desk.meta, desk.shop, path="media")] == [503, 200]


def test_a_file_that_is_gone_from_the_disk_fails_with_its_reason(desk: Desk):
    from inbox.media_store import delete_file

    media = attach(desk, picture_bytes())
    sent = send(desk, media)
    delete_file(media.file)
    desk.sends()
    assert state(sent) == ("failed", "media_missing")


# --- sending a failed message again


def test_a_failed_message_is_queued_again_as_a_new_attempt_and_uploads_its_file_anew(desk: Desk):
    sent = send(desk, attach(desk, picture_bytes()))
    desk.sends()
    status_arrives(desk.shop, status(fresh(sent).provider_ref, "failed", errors=[{"code": 131016}]))
    assert state(sent) == ("failed", "131016")
    again = repeat_message(by=desk.cast.access("ben"), message_id=sent.pk)
    assert (again.status, again.attempts, again.provider_ref) == ("queued", 0, None)
    desk.sends()
    assert state(sent) == ("accepted", "")
    assert len(calls(desk.meta, desk.shop, path="media")) == 2


@pytest.mark.parametrize(
    ("code", "allowed"), [("131047", False), ("131026", False), ("132001", False), ("131016", True)]
)
def test_only_what_repeating_can_help_is_repeated(desk: Desk, code: str, allowed: bool):
    answer = desk.answers()
    desk.sends()
    status_arrives(desk.shop, status(fresh(answer).provider_ref, "failed", errors=[{"code": code}]))
    if allowed:
        assert repeat_message(by=desk.cast.access("ben"), message_id=answer.pk).status == "queued"
        return
    with pytest.raises(Refusal) as refused:
        repeat_message(by=desk.cast.access("ben"), message_id=answer.pk)
    assert refused.value.code == "not_repeatable"
    assert fresh(answer).status == "failed"


@pytest.mark.parametrize("status_word", ["queued", "sending", "accepted", "delivered", "unconfirmed"])
def test_nothing_that_may_have_arrived_is_repeated(desk: Desk, status_word: str):
    from inbox.models import Message

    answer = desk.answers()
    rows = Message.objects.for_system("the test").filter(pk=answer.pk)
    rows.update(status=status_word, error_code="131056")
    with pytest.raises(Refusal) as refused:
        repeat_message(by=desk.cast.access("ben"), message_id=answer.pk)
    assert refused.value.code == "not_repeatable"


def test_what_the_customer_sent_is_not_repeated(desk: Desk):
    (question,) = messages(desk.talk)
    with pytest.raises(Refusal):
        repeat_message(by=desk.cast.access("ben"), message_id=question.pk)


def test_photos_of_a_phone_are_turned_upright(desk: Desk):
    out = BytesIO()
    image = Image.new("RGB", (60, 40))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(out, "JPEG", exif=exif)
    media = attach(desk, out.getvalue())
    assert (media.width, media.height) == (40, 60)
