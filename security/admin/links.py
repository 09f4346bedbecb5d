"""The page that shows a set-password link: an answer to a GET, so loading it again does not add the person again.

The link itself is kept nowhere. The admin's session holds for whom it was made, when, and a digest of the password it
is to replace; within the policy's minutes the page makes Django's signed token anew, and not once that password has
changed.
"""

import hmac
import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from security.actions.invitations import link_parts
from security.models import SignInPolicy, User

_KEPT = "kefu_link"


def to_link(request: HttpRequest, person: User) -> HttpResponse:
    fresh = User.objects.get(pk=person.pk)
    request.session[_KEPT] = {"person": fresh.pk, "at": time.time(), "state": _state(fresh)}
    return redirect("admin:security_user_link", fresh.pk)


def link_kept(request: HttpRequest, person: User) -> tuple[str, str] | None:
    """The parts of a link just made for ``person`` in this session."""
    kept = request.session.get(_KEPT) or {}
    if kept.get("person") != person.pk or not person.is_active:
        return None
    shown_seconds = 60 * SignInPolicy.current().link_shown_minutes
    if time.time() - kept["at"] > shown_seconds or not hmac.compare_digest(kept["state"], _state(person)):
        return None
    return link_parts(person)


def _state(person: User) -> str:
    return salted_hmac("security.admin.links", person.password, algorithm="sha256").hexdigest()
