"""Confirming the browser one is in, where the tier asks for known devices."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from security.actions.device_confirmations import confirm_by_link, confirm_own_device
from security.actions.signing_in import ask_for_device, go_on
from security.api.base import SIGNED_IN, KefuView, Public
from security.api.bodies import Body
from security.api.session import SessionSerializer, answer_of, session_answer
from security.api.signing_in import MIDWAY, csrf_asked
from security.signing_in.pending import pending_of


class DeviceTokenBody(Body):
    token = serializers.CharField(max_length=400)


class DeviceStepView(KefuView):
    needs = {"POST": MIDWAY}

    @extend_schema(request=None, responses=SessionSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Sign in: have this browser confirmed

        A link is mailed, or the admins are told where no mail is set up. Goes on once it was confirmed.
        """
        return Response(answer_of(request, ask_for_device(request._request)))


class DeviceLinkView(KefuView):
    needs = {"POST": Public("the link of a mail, which is for the very browser that somebody is signing in in")}

    @extend_schema(request=DeviceTokenBody, responses=SessionSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Confirm this browser by the link of a mail

        Once, and in the browser that it is about only. Signing in goes on where it was still waiting.
        """
        body = DeviceTokenBody(data=request.data)
        body.is_valid(raise_exception=True)
        user = confirm_by_link(request._request, body.validated_data["token"])
        waiting = pending_of(request._request)
        if waiting is not None and waiting.user.pk == user.pk:
            return Response(answer_of(request, go_on(request._request)))
        return Response(session_answer(request))


class OwnDeviceConfirmationView(KefuView):
    needs = {"POST": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Confirm the browser I am signed in in

        With a fresh second factor; only one that was known before the tier rose.
        """
        confirm_own_device(by=self.access)
        return Response(status=204)
