"""What an agent's browser recorded becomes a WhatsApp voice note: OGG with mono Opus (Meta: audio messages).

Browsers record WebM, MP4 or OGG, as they please. Only recordings of our own people pass here, never what customers
send.
"""

import io
import logging

from inbox.file_errors import VoiceTooLong, VoiceUnavailable, VoiceUnreadable

logger = logging.getLogger(__name__)
# What the content says it is → FFmpeg's name of the only container it is then read as.
_RECORDED = {
    "video/webm": "matroska",
    "audio/webm": "matroska",
    "audio/mp4": "mp4",
    "video/mp4": "mp4",
    "audio/ogg": "ogg",
}
_HERTZ = 48_000
_BITS_A_SECOND = 24_000  # what phones use for speech: 180 kB a minute


def can_convert() -> bool:
    """Whether FFmpeg's Python binding is installed (the extra ``voice``)."""
    try:
        import av  # noqa: F401
    except ImportError:
        return False
    return True


def as_voice_note(content: bytes, mime_type: str | None, *, longest_seconds: int) -> bytes:
    """``content`` as OGG with mono Opus. Raises ``VoiceUnavailable``, ``VoiceUnreadable`` or ``VoiceTooLong``."""
    container = _RECORDED.get(mime_type or "")
    if container is None:
        raise VoiceUnreadable(field="file")
    if not can_convert():
        raise VoiceUnavailable(field="file")
    try:
        return _converted(content, container, longest_seconds)
    except VoiceTooLong:
        raise
    except Exception as error:
        logger.info("a recording could not be read: %s", error)
        raise VoiceUnreadable(field="file") from error


def _converted(content: bytes, container: str, longest_seconds: int) -> bytes:
    import av

    out = io.BytesIO()
    with av.open(io.BytesIO(content), "r", format=container) as recording, av.open(out, "w", format="ogg") as note:
        voice = note.add_stream("libopus", rate=_HERTZ)
        voice.layout, voice.bit_rate = "mono", _BITS_A_SECOND
        resampler = av.AudioResampler(format="s16", layout="mono", rate=_HERTZ)
        for frame in recording.decode(audio=0):
            if (frame.time or 0) > longest_seconds:
                raise VoiceTooLong(field="file")
            for piece in resampler.resample(frame):
                note.mux(voice.encode(piece))
        for piece in resampler.resample(None):
            note.mux(voice.encode(piece))
        note.mux(voice.encode(None))
    return out.getvalue()
