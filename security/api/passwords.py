"""One's own password: changed, or set anew by a link that came by e-mail."""

from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from security.actions.password_resets import ask_for_reset, reset_password
from security.actions.passwords import change_own_password
from security.api.base import SIGNED_IN, KefuView, Public
from security.api.bodies import Body
from security.api.factors import refuse_key


class ChangePasswordBody(Body):
    current = serializers.CharField(max_length=256, trim_whitespace=False)
    password = serializers.CharField(max_length=256, trim_whitespace=False)


class AskResetBody(Body):
    email = serializers.EmailField(max_length=254)


class ResetBody(Body):
    who = serializers.CharField(max_length=40)
    token = serializers.CharField(max_length=100)
    password = serializers.CharField(max_length=256, trim_whitespace=False)


class OwnPasswordView(KefuView):
    needs = {"POST": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(request=ChangePasswordBody, responses={204: None})
    def post(self, request: Request) -> Response:
        """Change my password

        With the one I have. My other sessions end, this one goes on.
        """
        refuse_key(self.access)
        body = ChangePasswordBody(data=request.data)
        body.is_valid(raise_exception=True)
        change_own_password(request._request, by=self.access, **body.validated_data)
        return Response(status=204)


class AskResetView(KefuView):
    needs = {"POST": Public("somebody who forgot their password cannot sign in")}

    @extend_schema(request=AskResetBody, responses={204: None})
    @method_decorator(csrf_protect)
    def post(self, request: Request) -> Response:
        """Ask for a link to set a new password

        The answer is the same whether or not anybody has the address.
        """
        body = AskResetBody(data=request.data)
        body.is_valid(raise_exception=True)
        ask_for_reset(**body.validated_data)
        return Response(status=204)


class ResetView(KefuView):
    needs = {"POST": Public("the link that came by e-mail says who it is")}

    @extend_schema(request=ResetBody, responses={204: None})
    @method_decorator(csrf_protect)
    def post(self, request: Request) -> Response:
        """Set a new password by the link

        It holds once. Signing in with it still asks for the second factor.
        """
        body = ResetBody(data=request.data)
        body.is_valid(raise_exception=True)
        reset_password(**body.validated_data)
        return Response(status=204)
