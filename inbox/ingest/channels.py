"""What the endpoint must know of a channel, kept for a few seconds so that a busy one costs no query per webhook."""

import time
from dataclasses import dataclass
from uuid import UUID

from inbox.models import Channel
from inbox.whatsapp.providers import PROVIDERS, Provider
from security.threads import in_thread

_FRESH_FOR_SECONDS = 5.0
_known: "dict[UUID, tuple[float, KnownChannel | None]]" = {}


@dataclass(frozen=True)
class KnownChannel:
    """``app_secrets`` holds the old and the new one during a rotation."""

    id: UUID
    key_id: UUID
    app_secrets: tuple[str, ...]
    verify_token: str
    provider: Provider


async def known_channel(channel_id: UUID) -> KnownChannel | None:
    read_at, channel = _known.get(channel_id, (0.0, None))
    if channel is None or time.monotonic() - read_at > _FRESH_FOR_SECONDS:
        channel = await in_thread(_load, channel_id)
        if channel is not None:  # strangers' guesses must not fill the memory
            _known[channel_id] = (time.monotonic(), channel)
    return channel


def _load(channel_id: UUID) -> KnownChannel | None:
    row = Channel.objects.for_system("a webhook names it").filter(pk=channel_id).first()
    if row is None:
        return None
    secrets = row.credentials
    provider = PROVIDERS[row.provider]
    return KnownChannel(row.pk, row.key_id, tuple(secrets["app_secrets"]), secrets["verify_token"], provider)


def forget() -> None:
    """Drop what this process remembers (a channel's secrets changed here, or a test ended)."""
    _known.clear()
