"""The second factor (SE-2) as others ask for it: ``require_fresh_factor(access)`` before a deed that needs one (PM-9).

It is an authenticator app or a passkey. A session remembers when it last gave one. That counts for the policy's
minutes, and only as long as no factor was taken away since: after that every session has to show one that is left.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from security.access import Access
from security.account_errors import FactorMissing, FactorNeeded
from security.levels import rank
from security.models import Passkey, SecurityPolicy, SignInPolicy, TotpFactor, User
from security.signing_in.policy import NOBODY
from security.tier_policy import ADVANCED
from security.tiers.standing import in_force

_GIVEN = "factor_at"


def require_fresh_factor(access: Access) -> None:
    """Refuse (``second_factor_required``, or ``_missing``) unless this session gave one lately. A key never did."""
    since = in_force_since(access.user_id)
    if since is None:
        raise FactorMissing
    if access.factor_at is None or access.factor_at < since or access.factor_at <= timezone.now() - fresh_for():
        raise FactorNeeded


def in_force_since(user_id: int) -> datetime | None:
    """From when on a factor that somebody gives counts; ``None``: they have none."""
    apps = TotpFactor.objects.filter(user_id=user_id, confirmed=True).values_list("confirmed_at", flat=True)
    passkeys = Passkey.objects.filter(user_id=user_id).values_list("made_at", flat=True)
    begun = [at for at in (*apps, *passkeys) if at is not None]
    if not begun:
        return None
    removed = User.objects.filter(pk=user_id).values_list("factor_removed_at", flat=True).first()
    return max(min(begun), removed) if removed else min(begun)


def has_factor(user_id: int) -> bool:
    return in_force_since(user_id) is not None


def require_factor_for_grave(access: Access) -> None:
    """Before a grave deed of an admin: a fresh one of whoever must have one to sign in, or gives one at the door of
    Django admin. Where nobody is asked for any (the demo world), nobody is stopped here either."""
    if must_have_factor(access) or SecurityPolicy.current().admin_needs_factor:
        require_fresh_factor(access)


def must_have_factor(access: Access) -> bool:
    """Whether they have to have one to sign in: by the policy, or since the tier asks everybody (SE-2, SE-4)."""
    return in_force(ADVANCED) or must_have_by_policy(access)


def must_have_by_policy(access: Access) -> bool:
    """Whether somebody of this level has to have one in the basic tier."""
    return level_must_have(access.level)


def level_must_have(level: str) -> bool:
    lowest = SignInPolicy.current().factor_from
    return lowest != NOBODY and rank(level) >= rank(lowest)


def fresh_for() -> timedelta:
    return timedelta(minutes=SecurityPolicy.current().factor_fresh_minutes)


def factor_at_of(request: HttpRequest) -> datetime | None:
    """When the session of ``request`` last gave a code."""
    session = getattr(request, "session", None)
    given = session.get(_GIVEN) if session is not None else None
    return datetime.fromisoformat(given) if given else None


def note_given(request: HttpRequest) -> datetime:
    """The session of ``request`` gave a code just now. Returns until when none is asked for."""
    now = timezone.now()
    request.session[_GIVEN] = now.isoformat()
    return now + fresh_for()


def forget_given(request: HttpRequest) -> None:
    request.session.pop(_GIVEN, None)
