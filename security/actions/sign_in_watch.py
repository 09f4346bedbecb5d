"""What is unusual about a sign-in: a new device, an unfamiliar country, a journey faster than a plane (SE-3, SE-8).

It is told to the person, by a notice and by a mail with a link that locks the account, and written down; a journey
raises the alarm that is shipped for it, which tells the security team and, as it comes, locks the account. The very
first sign-in of an account surprises nobody.
"""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from security.access import System
from security.actions.alarms import raise_alarm
from security.actions.mails import send_mail_later
from security.actions.trust import end_trust
from security.behaviour.shipped import IMPOSSIBLE_TRAVEL
from security.devices import digest_of_token, give_token, token_of
from security.journeys import Journey, impossible_journey
from security.models import BrowserSession, KnownCountry, KnownDevice, SessionPolicy, User
from security.notifying import notify_people
from security.whereabouts import Place
from security.writing import write

DEVICE, COUNTRY, JOURNEY = "device", "country", "journey"
_BY = System("sign-in watch")


def watch(request: HttpRequest, user: User, row: BrowserSession, place: Place, *, is_first: bool) -> None:
    """Recognises the device (and sets ``row.known_device``) and the country, in ``open_session``'s transaction."""
    journey = impossible_journey(user, place, at=row.begun_at, but=row.pk)
    found = [
        reason
        for reason, strange in (
            (DEVICE, _is_new_device(request, user, row)),
            (COUNTRY, _is_new_country(user, place)),
            (JOURNEY, journey is not None),
        )
        if strange
    ]
    if found and not is_first:
        _tell(user, row, found, journey)


def _tell(user: User, row: BrowserSession, found: list[str], journey: Journey | None) -> None:
    with write(by=_BY) as change:
        change.record("session.unfamiliar", user, why=found, country=row.country, session=str(row.pk))
        news = {"why": found, "country": row.country, "session_id": str(row.pk)}
        notify_people(change, to=[user.pk], kind="session.unfamiliar", note=row.device, **news)
        send_mail_later(kind="session.unfamiliar", user=user, session=str(row.pk), why=found)
        if journey is not None:
            end_trust(change, user, "journey")
            raise_alarm(by=_BY, user_id=user.pk, shipped=IMPOSSIBLE_TRAVEL, facts=journey)


def _is_new_device(request: HttpRequest, user: User, row: BrowserSession) -> bool:
    now, token = timezone.now(), token_of(request)
    known = KnownDevice.objects.filter(user=user, digest=digest_of_token(token)).first() if token else None
    if known is not None and known.kind != row.device:
        known = token = None  # the cookie of another browser: a copy
    lately = now - timedelta(days=SessionPolicy.current().device_days)
    is_new = known is None or known.last_seen_at < lately
    token = give_token(request, token)
    row.known_device, _made = KnownDevice.objects.update_or_create(
        user=user,
        digest=digest_of_token(token),
        defaults={"kind": row.device, "last_seen_at": now, "ip": row.ip, "country": row.country},
        create_defaults={
            "kind": row.device, "first_seen_at": now, "last_seen_at": now, "ip": row.ip, "country": row.country,
        },
    )  # fmt: skip
    return is_new


def _is_new_country(user: User, place: Place) -> bool:
    """Where an address is not found, it is new: nothing speaks for it. One's own house is in no country."""
    if not place.country:
        return not place.private
    now = timezone.now()
    _row, made = KnownCountry.objects.update_or_create(
        user=user,
        country=place.country,
        defaults={"last_seen_at": now},
        create_defaults={"first_seen_at": now, "last_seen_at": now},
    )
    return made
