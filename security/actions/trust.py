"""Trusting a browser at sign-in, and all that ends it (SE-3). Where it counts: ``signing_in.trust``."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from security.access import Access, System, access_of
from security.errors import NotFound
from security.journeys import impossible_journey
from security.models import BrowserSession, KnownDevice, User
from security.origin import current_origin
from security.signing_in.trust import is_familiar, trust_days, trusted_device
from security.whereabouts import Place, place_of
from security.writing import Change, write


def comes_trusted(request: HttpRequest, user: User) -> bool:
    """Whether the second factor need not be shown: asked once the password was right. Who has the browser's cookie and
    the password where nobody can have come from here is a thief: no browser of theirs is trusted any more."""
    if trusted_device(request, user) is None:
        return False
    place = place_of(current_origin().ip)
    if impossible_journey(user, place, at=timezone.now()) is not None:
        with write(by=System("trusted browsers")) as change:
            end_trust(change, user, "journey")
        return False
    return is_familiar(user, place)


def trust_browser(user: User, row: BrowserSession) -> None:
    """The browser in which ``user`` has just signed in with a second factor, and ticked it, unless it may not be.

    Not after a journey nobody makes, and not when password or factors changed at the same moment.
    """
    days = trust_days(user)
    if not days or row.known_device_id is None:
        return
    here = Place(country=row.country, latitude=row.latitude, longitude=row.longitude)
    if impossible_journey(user, here, at=row.begun_at, but=row.pk) is not None:
        return
    with write(by=access_of(user)) as change:
        now = User.objects.select_for_update().get(pk=user.pk)
        if _state(now) != _state(user):
            return
        until = timezone.now() + timedelta(days=days)
        KnownDevice.objects.filter(pk=row.known_device_id, user=user).update(trusted_until=until)
        change.record("device.trusted", user, device_id=str(row.known_device_id), until=until.isoformat())


def end_trust(change: Change, user: User, why: str) -> None:
    """Within a larger deed: no browser of ``user`` is trusted any more. Call it with their row locked or saved."""
    ended = KnownDevice.objects.filter(user=user).exclude(trusted_until=None).update(trusted_until=None)
    if ended:
        change.record("device.trust_ended", user, why=why, count=ended)


def stop_trusting(*, by: Access, device_id: UUID) -> None:
    """One of one's own; its sessions go on."""
    with write(by=by) as change:
        row = KnownDevice.objects.select_for_update().filter(pk=device_id, user_id=by.user_id).first()
        if row is None:
            raise NotFound
        if row.trusted_until is not None:
            row.trusted_until = None
            row.save(update_fields=["trusted_until"])
            user = User.objects.get(pk=by.user_id)
            change.record("device.trust_ended", user, why="owner", count=1, device_id=str(device_id))


def _state(user: User) -> tuple[object, ...]:
    return user.password, user.sign_outs, user.locked_at, user.factor_removed_at, user.executive_since
