"""Passwords: the one kept before is remembered for a while, and whoever was signed in with it is put out."""

from datetime import datetime, timedelta

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from security.access import Access, Actor
from security.actions.factors import check_own_password
from security.actions.session_ends import end_for_password
from security.errors import Invalid
from security.models import PastPassword, SignInPolicy, User
from security.writing import write


def set_password(*, by: Actor, user: User, password: str) -> None:
    """Give ``user`` a new password; whoever is signed in with the old one is put out, but for the session in which they
    change their own."""
    with write(by=by) as change:
        _remember(user)
        user.set_password(password)
        user.password_set_at = timezone.now()
        user.save(update_fields=["password", "password_set_at"])
        change.record("person.password_set", user)
        kept = by.session_id if isinstance(by, Access) and by.user_id == user.pk else None
        end_for_password(change, user, but=kept)


def check_password_words(password: str, user: User | None = None, *, field: str = "password") -> None:
    """The rules for passwords, as one refusal."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(field=field, message=" ".join(error.messages)) from error


def password_expires_at(user: User) -> datetime | None:
    """``None``: never."""
    days = SignInPolicy.current().password_days
    return user.password_set_at + timedelta(days=days) if days and user.has_usable_password() else None


def expiry_to_tell(user: User) -> datetime | None:
    """When it expires, once that is as near as the policy warns of."""
    over = password_expires_at(user)
    warned = timedelta(days=SignInPolicy.current().password_warning_days)
    return over if over is not None and over <= timezone.now() + warned else None


def _remember(user: User) -> None:
    before = User.objects.filter(pk=user.pk).values_list("password", "password_set_at").first()
    if before is None or not before[0] or not User(password=before[0]).has_usable_password():
        return
    PastPassword.objects.create(user=user, encoded=before[0], set_at=before[1])
    kept = PastPassword.objects.filter(user=user).values_list("pk", flat=True)
    PastPassword.objects.filter(user=user).exclude(
        pk__in=list(kept[: SignInPolicy.current().passwords_remembered])
    ).delete()


def change_own_password(request: HttpRequest, *, by: Access, current: str, password: str) -> None:
    """By whoever knows the one they have. All their sessions end but this one, which goes on under a new key: a thief
    of the old one is out."""
    check_own_password(by=by, password=current)
    user = User.objects.get(pk=by.user_id)
    check_password_words(password, user)
    with write(by=by):
        set_password(by=by, user=user, password=password)
        update_session_auth_hash(request, user)
        request.session.save()  # before the sockets ask whether their session still holds
