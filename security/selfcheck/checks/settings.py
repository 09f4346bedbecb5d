"""How this process was set up."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from security.selfcheck.base import BAD, WARN, Check, Finding, Said, fine, register_check

_LEAST_SECRET, _LEAST_SIGNS = 50, 12
_A_YEAR = 31_536_000
_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}
_KNOWN_SECRETS = ("django-insecure", "changeme", "secret", "password", "kefu")


def is_this_machine(host: str | None) -> bool:
    """Nobody else reaches an address like this."""
    return (host or "") in _THIS_MACHINE


def is_weak(secret: str, *, least: int) -> bool:
    """Short, made of few signs, or beginning like one that everybody knows."""
    few = len(set(secret)) < _LEAST_SIGNS
    return len(secret) < least or few or secret.lower().startswith(_KNOWN_SECRETS)


@register_check
class Debugging(Check):
    id, title, weight = "debug", gettext_lazy("Debugging is off"), 10

    def look(self) -> Finding:
        if settings.DEBUG:
            fix = Said(_("Unset KEFU_DEBUG and start again."))
            return Finding(BAD, Said(_("Error pages show code and settings to whoever causes an error.")), fix)
        return fine(_("DEBUG is off."))


@register_check
class SecretKey(Check):
    id, title, weight = "secret_key", gettext_lazy("The secret key is strong"), 10

    def look(self) -> Finding:
        if is_weak(settings.SECRET_KEY, least=_LEAST_SECRET):
            fix = Said(_("Set KEFU_SECRET_KEY to %(n)s random characters or more."), {"n": _LEAST_SECRET})
            return Finding(BAD, Said(_("It is short, simple or well known: sessions and links could be forged.")), fix)
        return fine(_("It has %(n)s characters."), n=len(settings.SECRET_KEY))


@register_check
class Hosts(Check):
    id, title, weight = "hosts", gettext_lazy("Only own host names are answered to"), 6

    def look(self) -> Finding:
        if not settings.ALLOWED_HOSTS or any(host in ("*", ".") for host in settings.ALLOWED_HOSTS):
            fix = Said(_("Set KEFU_ALLOWED_HOSTS to your domain."))
            return Finding(BAD, Said(_("Every host name is answered to: links in mails could lead elsewhere.")), fix)
        host = urlsplit(settings.KEFU_PUBLIC_URL).hostname or ""
        if not is_this_machine(host) and not _is_allowed(host):
            fix = Said(_("Set KEFU_ALLOWED_HOSTS and KEFU_PUBLIC_URL to the same domain."))
            return Finding(WARN, Said(_("The public address (%(host)s) is not among them."), {"host": host}), fix)
        return fine(_("There are %(n)s."), n=len(settings.ALLOWED_HOSTS))


@register_check
class Https(Check):
    id, title, weight = "https", gettext_lazy("People come by HTTPS"), 10

    def look(self) -> Finding:
        address = urlsplit(settings.KEFU_PUBLIC_URL)
        fix = Said(_("Put a proxy with TLS in front, set KEFU_PUBLIC_URL to https://… and KEFU_HTTPS to 1."))
        if address.scheme == "https":
            return fine(_("The public address begins with https."))
        if is_this_machine(address.hostname):
            return Finding(WARN, Said(_("The public address is this machine’s own: nobody else may use it so.")), fix)
        return Finding(BAD, Said(_("Passwords and conversations travel unencrypted.")), fix)


@register_check
class Hsts(Check):
    id, title, weight = "hsts", gettext_lazy("Browsers are told to stay with HTTPS"), 5

    def look(self) -> Finding:
        seconds = settings.SECURE_HSTS_SECONDS
        if seconds >= _A_YEAR:
            return fine(_("For a year or longer."))
        fix = Said(_("Set KEFU_HTTPS=1 and KEFU_HSTS_SECONDS to a year (31536000)."))
        if not seconds:
            return Finding(BAD, Said(_("They are not: the first call of a day can be diverted.")), fix)
        return Finding(WARN, Said(_("For %(n)s seconds only."), {"n": seconds}), fix)


@register_check
class Cookies(Check):
    id, title, weight = "cookies", gettext_lazy("Cookies are kept close"), 6

    def look(self) -> Finding:
        loose = [
            name
            for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY")
            if not getattr(settings, name)
        ]
        if settings.SESSION_COOKIE_SAMESITE not in ("Lax", "Strict"):
            loose.append("SESSION_COOKIE_SAMESITE")
        if not loose:
            return fine(_("Secure, out of reach of scripts, and not sent from other sites."))
        fix = Said(_("Set KEFU_HTTPS=1 behind a proxy with TLS."))
        return Finding(BAD, Said(_("Not as they should be: %(names)s."), {"names": ", ".join(loose)}), fix)


def _is_allowed(host: str) -> bool:
    allowed = settings.ALLOWED_HOSTS
    return host in allowed or any(one.startswith(".") and f".{host}".endswith(one) for one in allowed)
