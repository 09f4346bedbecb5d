"""Browsers that are trusted: no second factor is asked for at sign-in there for some days (SE-3).

Trust stands on the known device, so on the server: for one person, and one browser's signed cookie in the same kind of
browser. It replaces the factor at sign-in only: deeds that need a fresh one ask for it all the same.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from security.devices import digest_of_token, token_of
from security.journeys import is_known_country
from security.models import KnownDevice, SessionPolicy, SignInPolicy, User
from security.origin import current_origin
from security.tiers import allows_trusted_devices
from security.whereabouts import Place

TRUSTED = "trusted"
_WISH = "trust_wished"


def trust_days(user: User) -> int:
    """The one place that decides whether ``user`` may trust a browser, and for how many days; 0: they may not, and
    trust that was given before does not count."""
    if user.executive_since is not None or not allows_trusted_devices():
        return 0
    return SignInPolicy.current().trust_days


def trusted_device(request: HttpRequest, user: User) -> KnownDevice | None:
    """The trusted browser that ``request`` comes from, wherever it is now."""
    token, now = token_of(request), timezone.now()
    if token is None or not trust_days(user):
        return None
    lately = now - timedelta(days=SessionPolicy.current().device_days)
    found = KnownDevice.objects.filter(user=user, digest=digest_of_token(token), trusted_until__gt=now)
    # Of another kind of browser: a copied cookie.
    return found.filter(kind=current_origin().device[:120], last_seen_at__gte=lately).first()


def trust_until(device: KnownDevice) -> datetime | None:
    """Until when it is trusted; ``None``: it is not. Trust that is over, or that the policy took back, is none."""
    over = device.trusted_until
    return over if over is not None and over > timezone.now() and trust_days(device.user) else None


def is_familiar(user: User, place: Place) -> bool:
    """Somewhere they have signed in from before: elsewhere the second factor is asked for again."""
    return place.private or is_known_country(user, place)


def note_wish(request: HttpRequest, user: User, *, wished: bool) -> None:
    """Kept until the last step; the latest word counts, and only for whoever said it."""
    request.session[_WISH] = user.pk if wished else None


def take_wish(request: HttpRequest, user: User) -> bool:
    return request.session.pop(_WISH, None) == user.pk
