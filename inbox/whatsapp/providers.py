"""Who carries the messages: each way to the Cloud API, and all in which it differs from Meta's own (ON-3).

Bodies are the same everywhere, and so is what an answer means. Another provider of this kind is one more entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True)
class Provider:
    """``paths``, of what it offers, name ``{version}``, ``{number}`` (phone number id), ``{account}`` (WABA id) and
    ``{media}``.

    ``base_url`` is empty where it depends on the installation. ``own_media_host``: files are downloaded from
    ``base_url``'s host, whatever host the URL in the answer names. ``webhook_header`` carries the HMAC of the raw body;
    ``webhook_prefix`` comes before its 64 hex digits.
    """

    name: str
    title: str
    base_url: str
    token_header: str
    token_prefix: str
    paths: Mapping[str, str]
    webhook_header: str
    webhook_prefix: str
    own_media_host: bool = False
    handshake: bool = True

    def media_url(self, url: str, base_url: str) -> str:
        """Where to download from what ``GET /{media}`` named."""
        if not self.own_media_host:
            return url
        given, own = urlsplit(url), urlsplit(base_url)
        return urlunsplit((own.scheme, own.netloc, own.path.rstrip("/") + given.path, given.query, ""))


_GRAPH = {
    "messages": "/{version}/{number}/messages",
    "upload": "/{version}/{number}/media",
    "media": "/{version}/{media}?phone_number_id={number}",
    "health": "/{version}/{number}?fields={fields}",
    "templates": "/{version}/{account}/message_templates",
    "flows": "/{version}/{account}/flows",
}
HEALTH_FIELDS = (
    "verified_name,quality_rating,status,name_status,throughput,health_status,whatsapp_business_manager_messaging_limit"
)
META = Provider(
    name="meta",
    title="Meta Cloud API",
    base_url="https://graph.facebook.com",
    token_header="Authorization",
    token_prefix="Bearer ",
    paths=_GRAPH,
    webhook_header="x-hub-signature-256",
    webhook_prefix="sha256=",
)
# 360dialog: "The Basics", "Media messages", "Messaging health status", "Signature validation" of its documentation. The
# key belongs to one number, so that neither version nor number is in a path; nobody asks for a challenge. Flows are
# listed only for partners, with a key of theirs.
DIALOG_360 = Provider(
    name="360dialog",
    title="360dialog",
    base_url="https://waba-v2.360dialog.io",
    token_header="D360-API-KEY",
    token_prefix="",
    paths={
        "messages": "/messages",
        "upload": "/media",
        "media": "/{media}",
        "health": "/health_status",
        "templates": "/v1/configs/templates",
    },
    webhook_header="x-360dialog-signature",
    webhook_prefix="",
    own_media_host=True,
    handshake=False,
)
SIMULATOR = Provider(
    name="simulator",
    title="Simulator",
    base_url="",
    token_header=META.token_header,
    token_prefix=META.token_prefix,
    paths=_GRAPH,
    webhook_header=META.webhook_header,
    webhook_prefix=META.webhook_prefix,
)
PROVIDERS: Mapping[str, Provider] = {one.name: one for one in (META, DIALOG_360, SIMULATOR)}
