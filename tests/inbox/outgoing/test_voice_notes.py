"""What a browser records becomes a voice note; what is none is refused."""

import io
import math
from array import array
from typing import cast

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inbox.actions.files import keep_upload
from inbox.actions.replies import send
from inbox.media_store import read_file
from inbox.models import InboxPolicy, Media
from security.actions.policies import change_policy
from security.errors import Refusal
from tests.conftest import BY
from tests.inbox.outgoing.conftest import Desk
from tests.inbox.outgoing.test_uploads import PDF
from tests.worlds.asia import picture_bytes
from tests.worlds.channels import calls
from tests.worlds.threads import messages

_FORMATS = {"webm": ("webm", "libopus"), "mp4": ("mp4", "aac"), "ogg": ("ogg", "libopus")}


def recorded(name: str = "webm", seconds: float = 1.0) -> bytes:
    """A tone in stereo, as Chrome (WebM), Safari (MP4) or Firefox (OGG) would record it."""
    container, codec = _FORMATS[name]
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream = cast(av.AudioStream, file.add_stream(codec, rate=48_000))
        stream.layout = "stereo"
        resampler = av.AudioResampler(format="fltp" if codec == "aac" else "s16", layout="stereo", rate=48_000)
        for start in range(0, int(seconds * 48_000), 960):
            frame = av.AudioFrame(format="s16", layout="stereo", samples=960)
            frame.sample_rate, frame.pts = 48_000, start
            tone = (int(8000 * math.sin((start + n) / 20)) for n in range(960) for _ in range(2))
            frame.planes[0].update(array("h", tone).tobytes())
            for piece in resampler.resample(frame):
                file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return out.getvalue()


def keep(desk: Desk, content: bytes) -> Media:
    file = SimpleUploadedFile("recording", content)
    return keep_upload(by=desk.cast.access("ben"), conversation_id=desk.talk.pk, file=file, voice=True)


@pytest.mark.parametrize("name", _FORMATS)
def test_a_recording_becomes_what_whatsapp_plays_as_a_voice_note(desk: Desk, name: str):
    media = keep(desk, recorded(name))
    assert (media.kind, media.mime_type, media.name) == ("audio", "audio/ogg", "voice.ogg")
    with av.open(io.BytesIO(read_file(media, media.file)), "r") as note:
        (voice,) = note.streams.audio
        assert (voice.codec_context.name, voice.layout.name) == ("opus", "mono")
        assert 0.9 < (note.duration or 0) / av.time_base < 1.2


def test_a_voice_note_is_sent_as_one(desk: Desk):
    media = keep(desk, recorded())
    ben, talk = desk.cast.access("ben"), desk.talk.pk
    send(by=ben, conversation_id=talk, client_ref="1", kind="audio", content={"voice": True}, upload=media.pk)
    assert desk.sends() == 1
    (call,) = calls(desk.meta, desk.shop)
    assert call["detail"]["body"]["audio"]["voice"] is True
    assert messages(desk.talk)[-1].content == {"voice": True}


@pytest.mark.parametrize(
    "content", [b"OggS not really", b"\x1aE\xdf\xa3" + b"\x00" * 64, PDF, b"words", picture_bytes()]
)
def test_what_is_no_recording_is_refused(desk: Desk, content: bytes):
    with pytest.raises(Refusal) as refused:
        keep(desk, content)
    assert refused.value.code == "voice_unreadable"


@pytest.mark.parametrize("content", [picture_bytes(kind="PNG"), recorded("ogg")])
def test_what_was_not_recorded_here_is_no_voice_note(desk: Desk, content: bytes):
    file = SimpleUploadedFile("voice", content)
    ben, talk = desk.cast.access("ben"), desk.talk.pk
    media = keep_upload(by=ben, conversation_id=talk, file=file)
    with pytest.raises(Refusal) as refused:
        send(by=ben, conversation_id=talk, client_ref="1", kind="audio", content={"voice": True}, upload=media.pk)
    assert (refused.value.code, refused.value.field) == ("not_here", "voice")


def test_a_recording_longer_than_the_policy_allows_is_refused(desk: Desk):
    policy = InboxPolicy.current()
    policy.voice_minutes = 1
    change_policy(by=BY, policy=policy, changed=["voice_minutes"])
    assert desk.cast.browser("ben").get("/api/v1/me").json()["voice_seconds"] == 60
    with pytest.raises(Refusal) as refused:
        keep(desk, recorded(seconds=62))
    assert refused.value.code == "voice_too_long"
