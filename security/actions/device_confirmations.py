"""Confirming devices, from the tier *advanced* on (SE-4): where they were known, by a link, by an admin."""

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone

from security.access import Access, Actor, System, access_of
from security.account_errors import DeviceElsewhere, DeviceUnknown, LinkOver
from security.actions.mails import mail_is_set_up, send_mail_later
from security.actions.reasons import because
from security.devices import digest_of_token, give_token, token_of
from security.errors import NotFound, require
from security.factors import require_fresh_factor
from security.models import BrowserSession, DeviceConfirmation, KnownDevice, SignInPolicy, User
from security.notifying import notify_people
from security.origin import current_origin
from security.security_team import admins_but
from security.tiers.devices import digest_here, is_confirmed, read_confirmation_token, was_known
from security.tiers.standing import standing
from security.whereabouts import place_of
from security.writing import Change, write

_UNASKED_DAYS = 7


def recognise_device(request: HttpRequest, user: User) -> bool:
    """Whether the browser of ``request`` counts as theirs, once all else was shown; confirms what needs no more."""
    if is_confirmed(request, user):
        return True
    how = "first" if user.last_login is None else "known" if was_known(request, user) else ""
    if not how:
        return False
    with write(by=access_of(user)) as change:
        _confirm(change, _row_here(request, user), how)
    return True


def ask_to_confirm(request: HttpRequest, user: User) -> None:
    """Mail them the link, no sooner than the policy lets links be mailed again; or tell the admins."""
    gap, now = timedelta(minutes=SignInPolicy.current().reset_again_minutes), timezone.now()
    with write(by=access_of(user)) as change:
        row = _row_here(request, user)
        if row.mailed_at is not None and row.mailed_at > now - gap:
            return
        row.mailed_at = now
        row.save(update_fields=["mailed_at"])
        change.record("device.asked", user, device=row.kind, country=row.country)
        if mail_is_set_up():
            send_mail_later(kind="device.confirm", user=user, confirmation=str(row.pk))
        else:
            notify_people(change, to=admins_but(user), kind="device.waits", note=user.name, person_id=user.pk)


def confirm_by_link(request: HttpRequest, token: str) -> User:
    """What the link does, once, and only in the browser that it is about."""
    with write(by=System("the link of a mail")) as change:
        found = read_confirmation_token(token)
        require(found is not None, LinkOver)
        row = DeviceConfirmation.objects.select_for_update().select_related("user").get(pk=found.pk)  # type: ignore[union-attr]
        require(row.confirmed_at is None, LinkOver)
        is_here = hmac.compare_digest(digest_here(request) or b"", bytes(row.digest))
        require(is_here and row.kind == current_origin().device[:120], DeviceElsewhere)
        _confirm(change, row, "link")
    return row.user


def confirm_own_device(*, by: Access) -> None:
    """The one in which they are signed in, with a fresh factor: only if it was known before the tier rose."""
    require_fresh_factor(by)
    with write(by=by) as change:
        require(confirm_device_of(change, by), DeviceUnknown)


def confirm_device_of(change: Change, by: Access) -> bool:
    """The same within a larger deed; false where nothing says that the device was known."""
    since = standing().since
    sessions = BrowserSession.objects.select_related("known_device")
    session = sessions.filter(pk=by.session_id).first() if by.session_id is not None else None
    device = session.known_device if session is not None else None
    if device is None:
        return False
    user = User.objects.get(pk=by.user_id)
    row = _row_of(user, bytes(device.digest), kind=device.kind, ip=device.ip, country=device.country)
    if row.confirmed_at is None and since is not None and device.first_seen_at >= since:
        return False
    if row.confirmed_at is None:
        _confirm(change, row, "known")
    return True


def approve_device(*, by: Actor, row_id: UUID, reason: str) -> None:
    """By an admin, who has spoken with the person."""
    told = because(by, reason)
    _require_admin(by)
    with write(by=by) as change:
        row = _waiting(row_id)
        row.confirmed_by_id = by.user_id if isinstance(by, Access) else None
        _confirm(change, row, "admin", **told)


def deny_device(*, by: Actor, row_id: UUID, reason: str) -> None:
    """It is nobody's: whoever asked has to ask again."""
    told = because(by, reason)
    _require_admin(by)
    with write(by=by) as change:
        row = _waiting(row_id)
        change.record("device.denied", row.user, device=row.kind, **told)
        row.delete()


def forget_confirmation(user: User, digest: bytes) -> None:
    DeviceConfirmation.objects.filter(user=user, digest=digest).delete()


def forget_confirmations() -> None:
    """What nobody confirmed, and those of devices that were forgotten."""
    old = timezone.now() - timedelta(days=_UNASKED_DAYS)
    device = KnownDevice.objects.filter(user=OuterRef("user"), digest=OuterRef("digest"))
    gone = Q(confirmed_at=None, asked_at__lt=old) | (Q(confirmed_at__lt=old) & ~Exists(device))
    DeviceConfirmation.objects.filter(gone).delete()


def _require_admin(by: Actor) -> None:
    if isinstance(by, Access):
        require(by.level == "admin")
        require_fresh_factor(by)


def _waiting(row_id: UUID) -> DeviceConfirmation:
    row = DeviceConfirmation.objects.select_for_update().filter(pk=row_id, confirmed_at=None).first()
    if row is None:
        raise NotFound
    return row


def _row_here(request: HttpRequest, user: User) -> DeviceConfirmation:
    """Of the browser of ``request``, which is given a token if it has none."""
    token = give_token(request, token_of(request) or secrets.token_urlsafe(24))
    origin = current_origin()
    country = place_of(origin.ip).country
    return _row_of(user, digest_of_token(token), kind=origin.device[:120], ip=origin.ip, country=country)


def _row_of(user: User, digest: bytes, **seen: str) -> DeviceConfirmation:
    rows = DeviceConfirmation.objects.select_for_update()
    row, made = rows.get_or_create(user=user, digest=digest, defaults={**seen, "asked_at": timezone.now()})
    if not made and row.kind != seen["kind"]:  # the cookie in another browser: a copy
        row.confirmed_at = row.mailed_at = None
    if not made and row.confirmed_at is None:
        row.kind, row.ip, row.country, row.asked_at = seen["kind"], seen["ip"], seen["country"], timezone.now()
        row.save()
    return row


def _confirm(change: Change, row: DeviceConfirmation, how: str, **told: str) -> None:
    row.confirmed_at, row.how = timezone.now(), how
    row.save(update_fields=["confirmed_at", "how", "confirmed_by"])
    change.record("device.confirmed", row.user, how=how, device=row.kind, **told)
