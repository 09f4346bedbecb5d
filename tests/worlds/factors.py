"""An authenticator app, for tests: what somebody has set up, and the codes it shows."""

import base64
import time
from dataclasses import dataclass, replace
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP

from security.access import Access
from security.actions.factors import begin_enrolment, confirm_enrolment
from security.models import TotpFactor, User
from tests.conftest import PASSWORD, Cast


@dataclass
class Authenticator:
    """``secret``: in base 32, as the enrolment tells it."""

    secret: str

    def code(self, steps: int = 0) -> str:
        """The code of now, or of ``steps`` later."""
        padded = self.secret + "=" * (-len(self.secret) % 8)
        totp = TOTP(base64.b32decode(padded))
        totp.time = time.time() + 30 * steps
        return f"{totp.token():06d}"


def enrol(cast: Cast, name: str) -> Authenticator:
    """``name`` has a second factor in force. The code of now is not used up by it."""
    access = cast.access(name)
    app = Authenticator(begin_enrolment(by=access, password=PASSWORD).secret)
    confirm_enrolment(by=access, code=app.code())
    TotpFactor.objects.filter(user_id=access.user_id).update(last_t=-1)
    return app


def fresh_access(cast: Cast, name: str) -> Access:
    """``name`` just gave a code."""
    if not TotpFactor.objects.filter(user=getattr(cast, name), confirmed=True).exists():
        enrol(cast, name)
    return replace(cast.access(name), factor_at=timezone.now())


def fresh_browser(cast: Cast, name: str) -> Client:
    """A signed-in client whose session just gave a code."""
    fresh_access(cast, name)
    browser = cast.browser(name)
    session = browser.session
    session["factor_at"] = timezone.now().isoformat()
    session.save()
    return browser


def let_pass(user: User, seconds: float) -> None:
    """Wrong codes of ``user`` were given so much longer ago."""
    for row in TotpFactor.objects.filter(user=user).exclude(throttling_failure_timestamp=None):
        row.throttling_failure_timestamp -= timedelta(seconds=seconds)
        row.save(update_fields=["throttling_failure_timestamp"])
