"""Signing in as a level of Asia, by browser session or by key, and calling the application in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import reject
from requests.exceptions import InvalidJSONError
from schemathesis import Case, Response
from werkzeug.test import Client as WerkzeugClient

from security.encryption.keyring import forget_keys
from security.limits.buckets import forget_taken
from security.models import ApiKey, User
from security.policy import Policy
from tests.worlds.serving import session_of

_CSRF = "c" * 32
_application = cache(get_wsgi_application)


@dataclass
class Signed:
    """What a request must bear to be this person's."""

    headers: dict[str, str]
    cookies: dict[str, str]

    def call(self, case: Case) -> Response:
        """A body that no JSON can spell (a number beyond all measure in a free-form object) is not sent at all: what
        answers such bytes is tried by ``test_odd_requests``."""
        try:
            return self._called(case)
        except InvalidJSONError:
            reject()

    def _called(self, case: Case) -> Response:
        return case.call(app=_application(), base_url="http://localhost", headers=self.headers, cookies=self.cookies)

    def send(self, method: str, path: str, *, headers: dict[str, Any] | None = None, **how: Any) -> Response:
        """A request that no schema describes."""
        client = WerkzeugClient(_application())
        for name, value in self.cookies.items():
            client.set_cookie(name, value, domain="localhost")
        answer = client.open(path, method=method, headers={**self.headers, **(headers or {})}, **how)
        return Response.from_any(answer)


def signed_in(user: User, way: str) -> Signed:
    """``way``: ``session`` or ``key``."""
    if way == "key":
        _, key = ApiKey.objects.create(user=user, expiry=None)
        return Signed({"Authorization": f"Api-Key {key}"}, {})
    return Signed({"X-CSRFToken": _CSRF}, {"csrftoken": _CSRF, "kefu_session": session_of(user)})


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back, so that every example begins with the same world."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)  # as Django's own test client does: the transaction must live on
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
        forget_keys()
        forget_taken()
        Policy.forget()
