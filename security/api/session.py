"""Signing in and out, and the signed-in person's own settings."""

from collections.abc import Callable
from typing import Any

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
from security.api.shapes import MeShape, SessionShape, SignInStepShape
from security.models import User
from security.signing_in.pending import pending_of
from security.signing_in.steps import next_step

# What ``me`` says that is known upstairs only: the field of ``MeShape``, and who answers.
_facts: dict[str, Callable[[Access], Any]] = {}


def register_fact(field: str, told: Callable[[Access], Any]) -> None:
    _facts[field] = told


def me_of(user: User, access: Access) -> MeShape:
    return MeShape.of(user, access, **{field: told(access) for field, told in _facts.items()})


def answer_of(came: SignedIn | Waiting) -> SessionShape:
    """Who is in now, or what is asked for next."""
    if isinstance(came, Waiting):
        return SessionShape(user=None, step=SignInStepShape.of(came.step), recovery_codes=came.codes)
    return SessionShape(user=me_of(came.user, access_of(came.user)), recovery_codes=came.codes)


def _nobody(request: Request) -> SessionShape:
    waiting = pending_of(request._request)
    step = next_step(waiting.user, waiting.shown) if waiting else None
    return SessionShape(user=None, step=SignInStepShape.of(step) if step else None)


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

    @extend_schema(responses=SessionSerializer)
    def get(self, request: Request) -> Response:
        """Who is signed in in this browser

        `user` is null for a stranger; `step` then says what is asked for next of somebody in the middle of signing in.
        Also sets the CSRF cookie that signing in and every later change need.
        """
        get_token(request._request)
        if not isinstance(request.user, User):
            return Response(_nobody(request))
        return Response(SessionShape(user=me_of(request.user, access_of(request.user))))

    @extend_schema(request=SignInBody, responses=SessionSerializer)
    @method_decorator(csrf_protect)
    def post(self, request: Request) -> Response:
        """Sign in

        With an e-mail address and a password. Answers with who is in, or with the `step` that is asked for next
        (`session/code`, `session/enrolment`, `session/password`). Programs use an API key instead.
        """
        body = SignInBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(answer_of(sign_in(request._request, **body.validated_data)))

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out

        Ends the browser session and closes its live connections.
        """
        sign_out(request._request)
        return Response(status=204)


class MeView(KefuView):
    """Who am I, and what may I do."""

    needs = {"GET": SIGNED_IN, "PATCH": SIGNED_IN}

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
