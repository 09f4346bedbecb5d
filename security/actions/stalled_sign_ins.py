"""Somebody has the right password and stops where the second factor is asked for: in a device that is not known, that
is what a thief of the password looks like. The person is told once the time to finish is over (SE-3)."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from security.access import System
from security.actions.mails import send_mail_later
from security.devices import digest_of_token, token_of
from security.models import KnownDevice, SignInPolicy, StalledSignIn, User
from security.notifying import notify_people
from security.origin import current_origin
from security.whereabouts import place_of
from security.writing import write

_BY = System("sign-in watch")
_KEPT = timedelta(days=1)


def note_stalled(request: HttpRequest, user: User) -> None:
    """A factor is asked for. Forgotten again by ``forget_stalled`` when it comes."""
    if _is_known(request, user):
        return
    origin = current_origin()
    given = {"began_at": timezone.now(), "country": place_of(origin.ip).country}
    StalledSignIn.objects.update_or_create(given, user=user, ip=origin.ip, device=origin.device[:120])


def forget_stalled(user: User) -> None:
    """They have shown a factor from there."""
    origin = current_origin()
    StalledSignIn.objects.filter(user=user, ip=origin.ip, device=origin.device[:120]).delete()


def tell_stalled() -> int:
    """Those whose time to finish is over: each person once, of the latest, and not again while a wrong guess would
    count. Returns how many people were told."""
    now, policy = timezone.now(), SignInPolicy.current()
    StalledSignIn.objects.filter(began_at__lt=now - _KEPT).exclude(told_at=None).delete()
    over = StalledSignIn.objects.filter(told_at=None, began_at__lte=now - timedelta(minutes=policy.step_minutes))
    told = 0
    for user in User.objects.filter(pk__in=over.values("user_id")).order_by("pk"):
        with write(by=_BY):
            rows = list(over.filter(user=user).select_for_update().order_by("-began_at", "-pk"))
            lately = StalledSignIn.objects.filter(user=user, told_at__gt=now - policy.lock).exists()
            StalledSignIn.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
            if rows and not lately:
                _tell(user, rows[0])
                told += 1
    return told


def _tell(user: User, row: StalledSignIn) -> None:
    with write(by=_BY) as change:
        change.record("sign_in.stalled", user, country=row.country)
        notify_people(change, to=[user.pk], kind="sign_in.stalled", note=row.device, country=row.country)
        send_mail_later(kind="sign_in.stalled", user=user, stalled=row.pk)


def _is_known(request: HttpRequest, user: User) -> bool:
    token = token_of(request)
    known = KnownDevice.objects.filter(user=user, digest=digest_of_token(token)).first() if token else None
    return known is not None and known.kind == current_origin().device[:120]
