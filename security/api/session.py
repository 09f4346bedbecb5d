"""Signing in and out, and the signed-in person's own settings."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security.access import Access, access_of
from security.actions.people import change_own_settings
from security.actions.sessions import sign_out
from security.actions.signing_in import SignedIn, Waiting, sign_in
from security.api.base import SIGNED_IN, KefuView, Public
from security.api.bodies import Body
from security.api.session_shapes import SessionShape, SignInStepShape, idle_of
from security.api.shapes import MeShape
from security.api.tier_shapes import TierShape
from security.factors import factor_at_of
from security.models import User
from security.network.allowlist import group_of, require_address
from security.sessions import session_of_request, why_over
from security.signing_in.pending import pending_of
from security.signing_in.steps import next_step

# What ``me`` says that is known upstairs only: the field of ``MeShape``, and who answers.
_facts: dict[str, Callable[[Access], Any]] = {}


def register_fact(field: str, told: Callable[[Access], Any]) -> None:
    _facts[field] = told


def me_of(user: User, access: Access) -> MeShape:
    return MeShape.of(user, access, **{field: told(access) for field, told in _facts.items()})


def answer_of(request: Request, came: SignedIn | Waiting) -> SessionShape:
    """Who is in now, or what is asked for next."""
    if isinstance(came, Waiting):
        return SessionShape(user=None, step=SignInStepShape.of(came.step), recovery_codes=came.codes)
    return replace(_session(request._request, came.user), recovery_codes=came.codes)


def session_answer(request: Request) -> SessionShape:
    """Who is in, if anybody."""
    user = request.user
    return _session(request._request, user) if isinstance(user, User) else _nobody(request)


def _nobody(request: Request) -> SessionShape:
    waiting = pending_of(request._request)
    step = next_step(waiting.user, waiting.shown) if waiting else None
    over = why_over(request._request)
    return SessionShape(user=None, over=over, step=SignInStepShape.of(step) if step else None)


class MeSerializer(DataclassSerializer[MeShape]):
    class Meta:
        dataclass = MeShape
        ref_name = "Me"


class SessionSerializer(DataclassSerializer[SessionShape]):
    class Meta:
        dataclass = SessionShape
        ref_name = "Session"


class SignInBody(Body):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=256, trim_whitespace=False)


class SettingsBody(Body):
    language = serializers.CharField(max_length=10, required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    availability = serializers.CharField(max_length=12, required=False)


class SessionView(KefuView):
    """The browser session."""

    needs = {
        "GET": Public("the sign-in page asks whether somebody is signed in"),
        "POST": Public("signing in"),
        "DELETE": SIGNED_IN,
    }
    helps_to_comply = True
    from_anywhere = frozenset({"DELETE"})

    @extend_schema(responses=SessionSerializer)
    def get(self, request: Request) -> Response:
        """Who is signed in in this browser

        `user` is null for a stranger; `step` then says what is asked for next of somebody in the middle of signing in,
        and `over` tells whoever was signed in until lately why they are not any more (idle, revoked, by_admin,
        password, locked, address, signed_out, expired). `idle`: for how long they may do nothing. Also sets the CSRF
        cookie that signing in and every later change need.
        """
        get_token(request._request)
        if isinstance(request.user, User):
            require_address(group_of(access_of(request.user)))
        return Response(session_answer(request))

    @extend_schema(request=SignInBody, responses=SessionSerializer)
    @method_decorator(csrf_protect)
    def post(self, request: Request) -> Response:
        """Sign in

        With an e-mail address and a password. Answers with who is in, or with the `step` that is asked for next
        (`session/code`, `session/enrolment`, `session/password`). Programs use an API key instead.
        """
        body = SignInBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(answer_of(request, sign_in(request._request, **body.validated_data)))

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out

        Ends the browser session and closes its live connections.
        """
        sign_out(request._request)
        return Response(status=204)


def _session(request: HttpRequest, user: User) -> SessionShape:
    row = session_of_request(request)
    session_id = row.pk if row is not None else None
    access = access_of(user, factor_at=factor_at_of(request), session_id=session_id)
    idle = idle_of(row) if row is not None else None
    return SessionShape(user=me_of(user, access), over="", idle=idle, tier=TierShape.of(access))


class MeView(KefuView):
    """Who am I, and what may I do."""

    needs = {"GET": SIGNED_IN, "PATCH": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Who I am and what I may do

        Level, duties, permissions and regions of the caller; a key acts as its owner.
        """
        return Response(me_of(request.user, self.access))  # type: ignore[arg-type]

    @extend_schema(request=SettingsBody, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change my own settings

        Language, time zone or availability; what is left out stays as it is.
        """
        body = SettingsBody(data=request.data)
        body.is_valid(raise_exception=True)
        user = change_own_settings(by=self.access, **body.validated_data)
        return Response(me_of(user, access_of(user)))
