"""Channels: connecting a WhatsApp number, and changing its secrets without losing a webhook."""

from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.models import Channel
from security.access import Actor
from security.encryption.keyring import make_keys
from security.errors import Conflict, Invalid
from security.models import Region
from security.writing import write

_WHY = "changing a channel"
_SECRETS_KEPT = 2  # the old and the new one, while Meta still signs with either


def add_channel(
    *, by: Actor, region: Region, name: str, provider: str, credentials: dict[str, Any], **details: str
) -> Channel:
    """Connect a number. ``credentials``: ``{access_token, app_secrets: […], verify_token}``; ``details``: ``base_url``,
    ``phone``, ``phone_number_id``, ``waba_id``, perhaps ``graph_version``."""
    if "base_url" in details and not _is_address(details["base_url"]):
        raise Invalid(field="base_url")
    with write(by=by) as change:
        known = Channel.objects.for_system(_WHY).filter(phone_number_id=details["phone_number_id"])
        if known.exists():
            raise Conflict(field="phone_number_id", message=_("This number is connected already."))
        channel = Channel(
            region=region,
            key_id=make_keys(region_id=region.pk, purpose="channel")[0].id,
            name=name,
            provider=provider,
            credentials=credentials,
            live_since=timezone.now(),
            **details,
        )
        channel.save(force_insert=True)
        change.record("channel.added", channel, provider=provider)
    return channel


def _is_address(base_url: str) -> bool:
    """The plain address of a server: what is read differently by two programs leads somewhere else than it seems to."""
    try:
        parts = urlsplit(base_url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return whole and base_url.isascii() and base_url.isprintable() and not set(base_url) & set(" \\@?#")


def rotate_app_secret(*, by: Actor, channel: Channel, secret: str) -> None:
    """Accept ``secret`` from now on, and the one before it for as long as Meta may still use it."""
    with write(by=by) as change:
        row: Channel = Channel.objects.for_system(_WHY).locked().get(pk=channel.pk)
        kept = [secret, *(old for old in row.credentials["app_secrets"] if old != secret)][:_SECRETS_KEPT]
        row.credentials = {**row.credentials, "app_secrets": kept}
        row.save(update_fields=["credentials"])
        change.record("channel.secret_rotated", row)


def rotate_token(*, by: Actor, channel: Channel, token: str) -> None:
    """Use another access token from the next call on."""
    with write(by=by) as change:
        row: Channel = Channel.objects.for_system(_WHY).locked().get(pk=channel.pk)
        row.credentials = {**row.credentials, "access_token": token}
        row.save(update_fields=["credentials"])
        change.record("channel.token_rotated", row)
