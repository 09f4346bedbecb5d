"""A link with which somebody sets their own password, once. Kefu shows it to the admin, who passes it on.

The link is Django's own signed token: it holds until the password changes, for ``PASSWORD_RESET_TIMEOUT``, and nothing
is stored for it.
"""

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from security.access import Actor, access_of
from security.actions.locks import unlock_by_own_password
from security.actions.passwords import check_password_words, set_password
from security.actions.reasons import because
from security.errors import Conflict
from security.models import User
from security.writing import write


def invite(*, by: Actor, user: User, reason: str = "", needed: bool = True) -> tuple[str, str]:
    """The two parts of the link: who, and the token. Their password stays as it is until the link is used."""
    told = because(by, reason, needed=needed)
    if not user.is_active:
        raise Conflict(field="is_active")
    with write(by=by) as change:
        change.record("person.invited", user, **told)
    return link_parts(user)


def link_parts(user: User) -> tuple[str, str]:
    """The same for whoever has just made it, to show it once more: that is no new deed."""
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


def invited(who: str, token: str) -> User | None:
    """Whose link it is; ``None`` when it is none, was used, or is too old."""
    user = person_in(who)
    return user if user is not None and default_token_generator.check_token(user, token) else None


def person_in(who: str) -> User | None:
    """Whose link it says it is, if they may sign in at all."""
    try:
        pk = int(urlsafe_base64_decode(who).decode())
    except (ValueError, OverflowError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first() if 0 < pk < 2**63 else None


def accept(*, who: str, token: str, password: str) -> User:
    """Set the password that the link is for; of two who use it at once, one does."""
    found = invited(who, token)
    if found is None:
        raise Conflict(field="password")
    check_password_words(password, found)
    with write(by=access_of(found)) as change:
        user = User.objects.select_for_update().get(pk=found.pk)
        if not default_token_generator.check_token(user, token):
            raise Conflict(field="password")
        set_password(by=access_of(user), user=user, password=password)
        unlock_by_own_password(change, user, hows=("owner", "admin", "rule"))
    return user
