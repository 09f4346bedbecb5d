"""A new password by a link that comes by e-mail: signed, used once, kept nowhere (SE-1)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

from security.access import System, access_of
from security.account_errors import LinkOver
from security.actions.invitations import person_in
from security.actions.locks import unlock_by_own_password
from security.actions.mails import ADDRESSES, send_mail_later
from security.actions.passwords import check_password_words, set_password
from security.actions.sign_in_guard import forgive
from security.encryption.keyring import shared_key
from security.models import ResetRequest, SignInPolicy, User
from security.writing import write

_BY = System("password reset")
_LOST = timedelta(seconds=10)  # a task that runs at all has begun by then
_AT_ONCE = 100


class ResetTokens(PasswordResetTokenGenerator):
    """Django's own, under a salt of its own, so that no invitation does for a reset, for as long as the policy says. It
    is void once the password changes or the person signed in (``last_login`` is part of it)."""

    key_salt = "security.actions.password_resets"

    def check_token(self, user: Any, token: str | None) -> bool:
        if not token or "-" not in token:
            return False
        try:
            made = base36_to_int(token.split("-")[0])
        except ValueError:
            return False
        if not constant_time_compare(self._make_token_with_timestamp(user, made, self.secret), token):
            return False
        now = self._num_seconds(self._now())
        return 0 <= now - made <= 60 * SignInPolicy.current().reset_minutes


_tokens = ResetTokens()


def ask_for_reset(*, email: str) -> None:
    """Write it down. Whether anybody has the address is looked up by the task, so that the answer takes as long, and is
    the same whatever becomes of the broker."""
    from security.tasks import mail_password_reset

    with write(by=_BY) as change:
        row = ResetRequest(key_id=shared_key(region_id=None, purpose=ADDRESSES))
        row.address = User.objects.normalize_email(email)
        row.save(force_insert=True)
        change.enqueue(mail_password_reset, str(row.pk))


def settle_reset(request_id: UUID | str) -> bool:
    """What was asked for once, from the task or the sweep: whoever takes the row away does it."""
    with write(by=_BY):
        row = ResetRequest.objects.select_for_update().filter(pk=request_id).first()
        if row is None:
            return False
        address = row.address
        row.delete()
        return mail_reset_link(address)


def settle_lost_resets() -> None:
    """Those whose task was lost with a broker or a worker."""
    lost = ResetRequest.objects.filter(asked_at__lte=timezone.now() - _LOST).order_by("asked_at")
    for pk in list(lost.values_list("pk", flat=True)[:_AT_ONCE]):
        settle_reset(pk)


def mail_reset_link(email: str) -> bool:
    """Write the e-mail down; nothing when nobody has the address, or got one a moment ago, or no mail is set up."""
    now = timezone.now()
    with write(by=_BY) as change:
        user = User.objects.select_for_update().filter(email=email, is_active=True).first()
        gap = timedelta(minutes=SignInPolicy.current().reset_again_minutes)
        if user is None or (user.reset_mailed_at is not None and user.reset_mailed_at > now - gap):
            return False
        # Theirs lets executives in nowhere: they are told what does.
        if not send_mail_later(kind="password.executive" if user.executive_since else "password.reset", user=user):
            return False
        user.reset_mailed_at = now
        user.save(update_fields=["reset_mailed_at"])
        change.record("person.reset_asked", user)
    return True


def reset_link_parts(user: User) -> tuple[str, str]:
    return urlsafe_base64_encode(force_bytes(user.pk)), _tokens.make_token(user)


def reset_password(*, who: str, token: str, password: str) -> None:
    """Set the password that the link is for, and let signing in go on where it was locked."""
    found = _of_link(who, token)
    if found is None:
        raise LinkOver
    check_password_words(password, found)
    with write(by=access_of(found)) as change:
        user = User.objects.select_for_update().get(pk=found.pk)
        if not _tokens.check_token(user, token):
            raise LinkOver
        set_password(by=access_of(user), user=user, password=password)
        forgive(user)
        unlock_by_own_password(change, user, hows=("owner",))
        change.record("person.password_reset", user)


def _of_link(who: str, token: str) -> User | None:
    """An executive's password opens nothing, and unlocks nothing either."""
    user = person_in(who)
    return user if user is not None and user.executive_since is None and _tokens.check_token(user, token) else None
