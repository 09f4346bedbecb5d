"""The second factor (SE-2) as others ask for it: ``require_fresh_factor(access)`` before a deed that needs one (PM-9).

A session remembers when it last gave a code. It counts for the policy's minutes, and only as long as the factor is
there that was in force then: taken away or reset, every session has to show the new one.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from security.access import Access
from security.errors import FactorMissing, FactorNeeded
from security.models import SecurityPolicy, TotpFactor

_GIVEN = "factor_at"


def require_fresh_factor(access: Access) -> None:
    """Refuse (``second_factor_required``, or ``_missing``) unless this session gave a code lately. A key never did."""
    since = TotpFactor.objects.filter(user_id=access.user_id, confirmed=True).values_list("confirmed_at", flat=True)
    in_force = since.first()
    if in_force is None:
        raise FactorMissing
    if access.factor_at is None or access.factor_at < in_force or access.factor_at <= timezone.now() - fresh_for():
        raise FactorNeeded


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
