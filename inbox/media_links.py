"""Addresses of files. Whoever asks must be signed in and see the conversation, each time; the address itself ends too,
so that one found in a history or a log opens nothing."""

from uuid import UUID

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from inbox.file_errors import LinkExpired
from inbox.models import InboxPolicy

_SALT = "inbox.media_links"
_LETTERS = 24  # of the signature: 96 bits


def media_url(media_id: UUID, *, thumbnail: bool = False) -> str:
    """The address for now. It stays the same for a while, so that a browser keeps the file."""
    length = InboxPolicy.current().media_link_hours * 3600
    # Changes every half of its life: whoever gets it at the end of one still has the other half.
    half = length // 2
    until = (int(timezone.now().timestamp()) // half + 2) * half
    part = "/thumbnail" if thumbnail else ""
    return f"/api/v1/media/{media_id}{part}?until={until}&key={_signature(media_id, until)}"


def require_fresh(media_id: UUID, until: str, key: str) -> None:
    """Raise ``LinkExpired`` unless this is an address we gave out and its time has not come."""
    seconds = int(until) if until.isdecimal() and len(until) < 12 else 0
    right = constant_time_compare(key, _signature(media_id, seconds))
    if not right or seconds < timezone.now().timestamp():
        raise LinkExpired


def _signature(media_id: UUID, until: int) -> str:
    return salted_hmac(_SALT, f"{media_id}:{until}", algorithm="sha256").hexdigest()[:_LETTERS]
