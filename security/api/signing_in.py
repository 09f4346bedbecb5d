"""The steps of signing in after the password. Each answers like `POST session`: who is in, or what is next."""

from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from security.actions.signing_in import (
    begin_step_enrolment,
    confirm_step_enrolment,
    give_code,
    replace_expired,
)
from security.api.base import KefuView, Public
from security.api.bodies import Body
from security.api.factors import CodeBody, EnrolmentSerializer, enrolment_of
from security.api.session import SessionSerializer, answer_of
from security.limits.table import STEPS

MIDWAY = Public("in the middle of signing in: the session knows whose password was right")
csrf_asked = method_decorator(csrf_protect)  # nobody is signed in yet, so DRF itself would not ask


class CodeStepBody(CodeBody):
    """``trust``: this browser from now on, for the days that the step says."""

    trust = serializers.BooleanField(default=False)


class NewPasswordBody(Body):
    password = serializers.CharField(max_length=256, trim_whitespace=False)


class CodeStepView(KefuView):
    needs = {"POST": MIDWAY}
    limits = {"POST": STEPS}

    @extend_schema(request=CodeStepBody, responses=SessionSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Sign in: the code

        Of the authenticator app, or a recovery code, which is used up. With `trust` none is asked for at sign-in in
        this browser for as many days as the step says (`trust_days`; 0: not offered).
        """
        body = CodeStepBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(answer_of(request, give_code(request._request, **body.validated_data)))


class EnrolmentStepView(KefuView):
    needs = {"POST": MIDWAY}
    limits = {"POST": STEPS}

    @extend_schema(request=None, responses={201: EnrolmentSerializer})
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Sign in: begin to set up a second factor

        Where somebody of this level must have one and has none. The secret is shown this once.
        """
        return Response(enrolment_of(begin_step_enrolment(request._request)), status=201)


class ConfirmStepView(KefuView):
    needs = {"POST": MIDWAY}
    limits = {"POST": STEPS}

    @extend_schema(request=CodeBody, responses=SessionSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Sign in: put the second factor into force

        With a code of the app. Answers with the recovery codes besides, which are never shown again.
        """
        body = CodeBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(answer_of(request, confirm_step_enrolment(request._request, **body.validated_data)))


class PasswordStepView(KefuView):
    needs = {"POST": MIDWAY}
    limits = {"POST": STEPS}

    @extend_schema(request=NewPasswordBody, responses=SessionSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Sign in: a new password

        Where the one that was given has expired.
        """
        body = NewPasswordBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(answer_of(request, replace_expired(request._request, **body.validated_data)))
