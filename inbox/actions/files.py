"""Files: fetched from WhatsApp for inbound messages, uploaded by agents for outbound ones."""

import hashlib
import logging
from datetime import timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from inbox.credentials import credentials_of
from inbox.file_errors import FileTooLarge, FileTypeRefused
from inbox.media_store import look_at, sniff, write_file
from inbox.models import Channel, Conversation, InboxPolicy, Media
from inbox.policies import can_note, can_reply, refusal_of
from inbox.telling import tell
from inbox.voice import as_voice_note
from inbox.whatsapp.client import client_for
from inbox.whatsapp.faults import Fault, Rejected
from inbox.whatsapp.limits import INBOUND_FILE_MAX, MEDIA, kind_of, largest_of
from security.access import Access, System
from security.errors import require
from security.writing import Change, write

logger = logging.getLogger(__name__)
_WHY = "fetching a file"
_BY = System("media")
_DOWNLOAD_SECONDS = 60
_NAME_MAX = 200
_VOICE_NAME = "voice.ogg"
_LONGEST_WAIT_SECONDS = 3600
_WHATSAPP_KEEPS_DAYS = 7  # Meta: media facts


def fetch_file(*, media_id: UUID) -> None:
    """Download, check and store an inbound file; a failure is tried again later, a final one shows in the thread."""
    media = Media.objects.for_system(_WHY).select_related("conversation__channel").get(pk=media_id)
    if media.state != "fetching" or not _claim(media):
        return
    try:
        content = _downloaded(media)
        media.mime_type = sniff(content) or media.mime_type
        _fill(media, content)
    except Exception as error:  # noqa: BLE001  (a full disk or an odd file must end as failed too, not loop for ever)
        code = error.code if isinstance(error, Fault) else type(error).__name__
        logger.warning("file %s, attempt %s: %s", media.pk, media.attempts, code)
        if isinstance(error, Rejected) or _too_old(media):
            _give_up(media, code)
        else:
            _try_later(media)
        return
    _keep(media)


def _downloaded(media: Media) -> bytes:
    client = client_for(credentials_of(media.conversation.channel))
    url = client.media_url(media.provider_ref, timeout=_DOWNLOAD_SECONDS)
    content = b"".join(client.download(url, largest=INBOUND_FILE_MAX, timeout=_DOWNLOAD_SECONDS))
    if media.sha256 and hashlib.sha256(content).digest() != bytes(media.sha256):
        raise Fault("digest_mismatch")
    return content


def fetch_again(*, by: System, channel: Channel) -> int:
    """Try once more what was given up and may still be at WhatsApp; returns how many files."""
    with write(by=by) as change:
        oldest = timezone.now() - timedelta(days=_WHATSAPP_KEEPS_DAYS)
        lost = Media.objects.for_system(_WHY).filter(conversation__channel=channel, state="failed")
        lost = lost.filter(message__direction="in", created_at__gt=oldest).exclude(provider_ref="")
        files = list(lost.select_related("message").order_by("id"))
        ids = [media.pk for media in files]
        Media.objects.for_system(_WHY).filter(pk__in=ids).update(state="fetching", attempts=0, due_at=timezone.now())
        for media in files:
            _tell(change, media)
        change.record("file.fetched_again", channel, count=len(files))
    return len(files)


def hurry_files(*, channel: Channel) -> None:
    """The number works again: do not sit out the long waits that its fault caused."""
    with write(by=_BY):
        waiting = Media.objects.for_system(_WHY).filter(conversation__channel=channel, state="fetching")
        waiting.update(due_at=timezone.now(), attempts=0)


def keep_upload(
    *, by: Access, conversation_id: object, file: UploadedFile, voice: bool = False, for_note: bool = False
) -> Media:
    """Store a file an agent attached, ready to be sent. The type is read from the content, not believed.

    ``voice``: the file is what a browser recorded, and becomes what WhatsApp takes as a voice note. ``for_note``: it is
    for an internal note, which may be written where one may not answer.
    """
    conversation = Conversation.objects.visible_to(by).select_related("contact").get_or_404(conversation_id)
    may = can_note if for_note else can_reply
    require(may(by, conversation), refusal_of(by, conversation))
    content, mime_type, kind = _acceptable(file, voice=voice)
    media = Media(
        conversation=conversation,
        key_id=conversation.contact.key_id,
        uploaded_by_id=by.user_id,
        kind=kind,
        state="ready",
        mime_type=mime_type,
        voice=voice,
        name=_VOICE_NAME if voice else _safe_name(file.name or ""),
        created_at=timezone.now(),
    )
    _fill(media, content)  # decoding and storing take long: before the transaction, not inside it
    with write(by=by) as change:
        media.save(force_insert=True)
        change.record("file.uploaded", media, size=media.size, mime_type=mime_type)
    return media


def _acceptable(file: UploadedFile, *, voice: bool) -> tuple[bytes, str, str]:
    largest = MEDIA["audio"][0] if voice else max(limit for limit, _ in MEDIA.values())
    if (file.size or 0) > largest:
        raise FileTooLarge(field="file")
    content = file.read()
    if voice:
        content = as_voice_note(content, sniff(content), longest_seconds=InboxPolicy.current().voice_minutes * 60)
    mime_type = sniff(content) or _as_text(content)
    kind = kind_of(mime_type) if mime_type else None
    if mime_type is None or kind is None or not content:
        raise FileTypeRefused(field="file")
    if len(content) > largest_of(kind, content):
        raise FileTooLarge(field="file")
    return content, mime_type, kind


def _as_text(content: bytes) -> str | None:
    """Plain text has no signature: it is text when it decodes and holds no NUL."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "text/plain" if b"\x00" not in content else None


def _safe_name(name: str) -> str:
    """The last part of a file name, without control and bidi characters that could disguise its ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-_NAME_MAX:]


def _claim(media: Media) -> bool:
    """One worker at a time: should this one be lost, the next attempt is due when its time-outs must have passed."""
    now = timezone.now()
    wait = timedelta(seconds=2 * _DOWNLOAD_SECONDS)
    with write(by=_BY):
        rows = Media.objects.for_system(_WHY).filter(pk=media.pk, state="fetching", attempts=media.attempts)
        media.attempts += 1
        return bool(rows.update(attempts=media.attempts, due_at=now + wait))


def _too_old(media: Media) -> bool:
    """By age and not by attempts: a token revoked on Friday night must not cost the weekend's photos."""
    return timezone.now() - media.created_at >= timedelta(hours=InboxPolicy.current().media_patience_hours)


def _try_later(media: Media) -> None:
    """Most faults pass in seconds, some take an operator a weekend: 2, 4, 8 … seconds, at most an hour."""
    wait = timedelta(seconds=min(_LONGEST_WAIT_SECONDS, 2 ** min(media.attempts, 12)))
    with write(by=_BY):
        Media.objects.for_system(_WHY).filter(pk=media.pk, state="fetching").update(due_at=timezone.now() + wait)


def _keep(media: Media) -> None:
    with write(by=_BY) as change:
        media.state = "ready"
        media.save(update_fields=["state", "mime_type", "size", "sha256", "width", "height", "file", "thumbnail"])
        _tell(change, media)


def _fill(media: Media, content: bytes) -> None:
    media.size = len(content)
    media.sha256 = hashlib.sha256(content).digest()
    media.file = write_file(media, content)
    picture = look_at(content, media.mime_type.split(";")[0])
    if picture is not None:
        media.width, media.height = picture.width, picture.height
        media.thumbnail = write_file(media, picture.thumbnail, part="thumbnail")


def _give_up(media: Media, code: str) -> None:
    with write(by=_BY) as change:
        media.state = "failed"
        media.save(update_fields=["state"])
        change.record("file.lost", media, code=code)
        _tell(change, media)


def _tell(change: Change, media: Media) -> None:
    message = media.message
    if message is None:
        return
    message.version += 1
    message.save(update_fields=["version"])
    tell(change, messages=[message])
