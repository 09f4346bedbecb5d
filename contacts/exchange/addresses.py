"""Addresses that somebody types in for Kefu to call. Where they lead is decided again at every call
(``security.outgoing``); here only what could never be meant is refused."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from security.errors import Invalid


def checked_address(url: str, *, field: str, with_path: bool) -> str:
    """The address of a server, or of a page there: what two programs read differently leads elsewhere than it seems."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    odd = set(url) & set(" \\@#<>\"'" + ("" if with_path else "?"))
    if not whole or odd or not url.isascii() or not url.isprintable():
        raise Invalid(field=field, message=_("This is no address that Kefu can call."))
    if settings.KEFU_PRODUCTION and not url.startswith("https://"):
        raise Invalid(field=field, message=_("The address must begin with https://."))
    return url.rstrip("/") if not with_path else url
