"""Whether a device is confirmed as somebody's own, which tiers from *advanced* on ask for, and the link that does it.

A device in which somebody had signed in before the tier rose needs nothing but the second factor; the first device of
an account needs nothing more than setting that up. Any other one is confirmed by a link in a mail, opened *in that very
browser*: whoever was talked into opening a stranger’s link confirms nothing, since their browser is another one.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from security.devices import digest_of_token, token_of
from security.models import DeviceConfirmation, KnownDevice, TierPolicy, User
from security.origin import current_origin
from security.tiers.standing import standing

_SIGNER = "kefu.device_confirmation"


def is_confirmed(request: HttpRequest, user: User) -> bool:
    """The browser of ``request``: by its cookie, and by browser and system, which a stolen cookie lacks."""
    digest = digest_here(request)
    rows = DeviceConfirmation.objects.filter(user=user, digest=digest, kind=current_origin().device[:120])
    return digest is not None and rows.exclude(confirmed_at=None).exists()


def was_known(request: HttpRequest, user: User) -> bool:
    """Whether they had signed in in this browser before the tier in force asked for more."""
    since, digest = standing().since, digest_here(request)
    rows = KnownDevice.objects.filter(user=user, digest=digest, kind=current_origin().device[:120])
    return since is not None and digest is not None and rows.filter(first_seen_at__lt=since).exists()


def digest_here(request: HttpRequest) -> bytes | None:
    token = token_of(request)
    return digest_of_token(token) if token else None


def confirmation_link(row: DeviceConfirmation) -> str:
    return f"{settings.KEFU_PUBLIC_URL}/confirm-device/{confirmation_token(row)}"


def confirmation_token(row: DeviceConfirmation) -> str:
    """Void with the next one that is mailed."""
    return signing.dumps([str(row.pk), _stamp(row)], salt=_SIGNER)


def read_confirmation_token(token: str) -> DeviceConfirmation | None:
    """What it confirms; ``None`` for one that was used, altered, made up or is too old: they look the same."""
    try:
        held = timedelta(minutes=TierPolicy.current().device_link_minutes)
        pk, stamp = signing.loads(token, salt=_SIGNER, max_age=held)
        row = DeviceConfirmation.objects.select_related("user").filter(pk=pk, confirmed_at=None).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None
    fits = row is not None and row.user.is_active and row.asked_at <= timezone.now() and _stamp(row) == stamp
    return row if fits else None


def _stamp(row: DeviceConfirmation) -> str:
    return row.mailed_at.isoformat() if row.mailed_at else ""
