"""What the public address really answers: a proxy may take headers away, or show an old certificate."""

import socket
import ssl
from datetime import UTC, datetime
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.models import SelfcheckPolicy
from security.selfcheck.base import BAD, UNKNOWN, WARN, Check, Finding, Said, fine, register_check

_WANTED = ("content-security-policy", "x-frame-options", "x-content-type-options", "referrer-policy")
_OF_HTTPS = ("strict-transport-security",)
_DAY = 86_400


@register_check
class Headers(Check):
    id, title, weight, asks_outside = "headers", gettext_lazy("Protective headers arrive"), 8, True

    def look(self) -> Finding:
        address = settings.KEFU_PUBLIC_URL
        try:
            got = _asked(address)
        except requests.RequestException as error:
            return _unanswered(type(error).__name__)
        wanted = _WANTED + (_OF_HTTPS if address.startswith("https") else ())
        missing = [name for name in wanted if name not in got]
        if missing:
            fix = Said(_("Let the proxy pass Kefu’s headers on unchanged."))
            return Finding(BAD, Said(_("Missing: %(names)s."), {"names": ", ".join(missing)}), fix)
        if "unsafe-inline" in got["content-security-policy"].partition("script-src")[2].partition(";")[0]:
            fix = Said(_("Take the Content-Security-Policy of the proxy away: Kefu sends its own."))
            return Finding(WARN, Said(_("Scripts within the page are allowed to run.")), fix)
        return fine(_("All %(n)s are there."), n=len(wanted))


@register_check
class Certificate(Check):
    id, title, weight, asks_outside = "certificate", gettext_lazy("The certificate is valid"), 8, True

    def look(self) -> Finding:
        address = urlsplit(settings.KEFU_PUBLIC_URL)
        if address.scheme != "https" or not address.hostname:
            return Finding(UNKNOWN, Said(_("The public address has none.")), Said(_("See “People come by HTTPS”.")))
        try:
            ends, protocol = _shown(address.hostname, address.port or 443)
        except ssl.SSLError as error:
            fix = Said(_("Renew the certificate, or let the proxy fetch it by itself."))
            reason = getattr(error, "verify_message", "") or error.reason or type(error).__name__
            return Finding(BAD, Said(_("Browsers refuse it: %(reason)s."), {"reason": str(reason)}), fix)
        except OSError as error:
            return _unanswered(type(error).__name__)
        days = int((ends - datetime.now(UTC)).total_seconds() // _DAY)
        if days < SelfcheckPolicy.current().certificate_days:
            fix = Said(_("Renew the certificate, or let the proxy fetch it by itself."))
            return Finding(WARN, Said(_("It ends in %(n)s days."), {"n": days}), fix)
        return fine(_("%(protocol)s, for %(n)s more days."), protocol=protocol, n=days)


def _asked(address: str) -> dict[str, str]:
    """The headers of the first page; its body is not read, and no redirect is followed."""
    patience = SelfcheckPolicy.current().answer_seconds
    with requests.get(f"{address}/", timeout=patience, allow_redirects=False, stream=True) as answer:
        return {name.lower(): value for name, value in answer.headers.items()}


def _shown(host: str, port: int) -> tuple[datetime, str]:
    """When the certificate ends, and the protocol; nothing below TLS 1.2 is spoken."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    patience = SelfcheckPolicy.current().answer_seconds
    with (
        socket.create_connection((host, port), timeout=patience) as plain,
        context.wrap_socket(plain, server_hostname=host) as wrapped,
    ):
        ends = ssl.cert_time_to_seconds(str((wrapped.getpeercert() or {})["notAfter"]))
        return datetime.fromtimestamp(ends, UTC), wrapped.version() or "TLS"


def _unanswered(error: str) -> Finding:
    said = Said(_("The public address does not answer here (%(error)s)."), {"error": error})
    return Finding(UNKNOWN, said, Said(_("Check KEFU_PUBLIC_URL, or run this where that address can be reached.")))
