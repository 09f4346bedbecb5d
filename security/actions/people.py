"""People, their regions and their own settings."""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor
from security.actions.levels import keep_an_admin, set_level
from security.actions.mails import send_mail_later
from security.actions.reasons import because
from security.actions.session_ends import put_out
from security.encryption.keyring import shared_key
from security.errors import Conflict, Invalid
from security.events import AccessChanged, PersonChanged
from security.models import Membership, Region, TeamMembership, User
from security.models.session import BY_ADMIN
from security.names import forget_names
from security.writing import Change, write


def add_region(*, by: Actor, code: str, name: str, time_zone: str) -> Region:
    """Create a region with its keys, so that they exist before anything is written under them."""
    with write(by=by) as change:
        region = Region.objects.create(code=code, name=name, time_zone=checked_time_zone(time_zone))
        for purpose in ("index", "stream"):
            shared_key(region_id=region.pk, purpose=purpose)
        change.record("region.added", region, code=code)
    return region


def add_person(
    *,
    by: Actor,
    email: str,
    name: str,
    password: str | None,
    level: str,
    regions: Iterable[Region],
    language: str = "zh-hant",
    time_zone: str = "Asia/Taipei",
    hired_on: date | None = None,
    reason: str = "",
) -> User:
    """Create somebody who can sign in; without a password, once they set one. Admins may also open Django admin."""
    with write(by=by) as change:
        user = User(
            email=User.objects.normalize_email(email),
            name=name,
            language=checked_language(language),
            time_zone=checked_time_zone(time_zone),
            hired_on=hired_on,
        )
        user.set_password(password)
        _save_with_own_address(user)
        set_level(by=by, user=user, level=level, reason=reason)
        for region in regions:
            join_region(by=by, user=user, region=region)
        change.record("person.added", user, level=level)
    return user


def join_region(*, by: Actor, user: User, region: Region) -> None:
    adder = by.user_id if isinstance(by, Access) else None
    with write(by=by) as change:
        _, made = Membership.objects.get_or_create(user=user, region=region, defaults={"added_by_id": adder})
        if made:
            change.record("person.region_joined", user, region_id=region.pk)
            change.announce(AccessChanged.of(user.pk))


_followers: list[Callable[[Change, User, Region], None]] = []


def follow_leaving(follower: Callable[[Change, User, Region], None]) -> None:
    """``follower`` is called in the write in which somebody leaves a region, once they see nothing of it any more."""
    _followers.append(follower)


def leave_region(*, by: Actor, user: User, region: Region, reason: str = "") -> None:
    told = because(by, reason)
    with write(by=by) as change:
        if Membership.objects.filter(user=user, region=region).delete()[0]:
            TeamMembership.objects.filter(user=user, team__region=region).delete()
            change.record("person.region_left", user, region_id=region.pk, **told)
            for follower in _followers:
                follower(change, user, region)
            change.announce(AccessChanged.of(user.pk))


def change_person(*, by: Actor, user: User, changed: Sequence[str], reason: str = "") -> None:
    """Save what somebody else set on ``user`` (already on the object; ``changed`` names it), with before and after.
    Who locks somebody out, or changes the address that links to set a password go to, says why."""
    if not changed:
        return
    with write(by=by) as change:
        before = User.objects.select_for_update().get(pk=user.pk)
        user.language, user.time_zone = checked_language(user.language), checked_time_zone(user.time_zone)
        locked_out = before.is_active and not user.is_active
        user.email = User.objects.normalize_email(user.email)
        moved = user.email != before.email
        told = because(by, reason, needed=locked_out or moved)
        if locked_out:
            keep_an_admin(by=by, user=user, field="is_active")
        _save_with_own_address(user, fields=[*changed, *_dated(user, changed)])
        said = {name: _before_and_after(before, user, name) for name in changed}
        change.record("person.changed", user, **said, **told)
        change.announce(AccessChanged.of(user.pk))
        if locked_out:
            put_out(change, user, BY_ADMIN)
            user.refresh_from_db(fields=["sign_outs"])
        if moved:  # links to set a password are signed with the address: those that are out are void
            send_mail_later(kind="person.email_changed", user=user, to=before.email)
        if {"name", "availability"} & set(changed):
            for region_id in Membership.objects.filter(user=user).values_list("region_id", flat=True):
                change.announce(PersonChanged.of(user, region_id))
    forget_names()


def _save_with_own_address(user: User, *, fields: Sequence[str] | None = None) -> None:
    """One address, to which letters can go; of two who give the same at the same moment, the second is told so."""
    if fields is None or "email" in fields:
        _check_address(user.email)
    try:
        user.save(update_fields=fields)
    except IntegrityError as error:
        raise Conflict(field="email", message=_("Somebody has this e-mail address already.")) from error


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(field="email") from None


def _before_and_after(before: User, after: User, name: str) -> list[bool | str | None]:
    values = (getattr(before, name), getattr(after, name))
    return [value if isinstance(value, bool | None) else str(value) for value in values]


def change_own_settings(*, by: Access, **wanted: str) -> User:
    """Language, time zone and availability, by the person themselves."""
    checks = {"language": checked_language, "time_zone": checked_time_zone, "availability": _checked_availability}
    with write(by=by) as change:
        user = User.objects.select_for_update().get(pk=by.user_id)
        if not wanted:
            return user
        before = {name: getattr(user, name) for name in wanted}
        for name, value in wanted.items():
            setattr(user, name, checks[name](value))
        user.save(update_fields=[*wanted, *_dated(user, wanted)])
        change.record("person.settings_changed", user, **{name: [before[name], wanted[name]] for name in wanted})
        if "availability" in wanted:
            for region_id in by.region_ids:
                change.announce(PersonChanged.of(user, region_id))
        if user.language != before.get("language", user.language):
            # Their other open pages speak it too, words of the server included.
            change.announce(AccessChanged.of(user.pk))
    return user


def _dated(user: User, changed: Container[str]) -> list[str]:
    """Whoever goes away is away since now; the names of the fields that this sets."""
    if "availability" not in changed:
        return []
    user.away_since = timezone.now() if user.availability == "away" else None
    return ["away_since"]


def checked_language(language: str) -> str:
    if language not in dict(settings.LANGUAGES):
        raise Invalid(field="language", message=_("Kefu does not speak this language."))
    return language


def checked_time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(field="time_zone", message=_("There is no such time zone.")) from None


def _checked_availability(value: str) -> str:
    if value not in ("available", "away"):
        raise Invalid(field="availability")
    return value
