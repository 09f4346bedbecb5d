"""The executives' own way in: a passkey and nothing else, from the addresses on their list."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from security.actions.passkeys import begin_showing_executive, show_executive_passkey
from security.api.base import KefuView, Public
from security.api.passkeys import PasskeyOptionsSerializer, ShownBody
from security.api.session import SessionSerializer, answer_of
from security.api.signing_in import csrf_asked

_WAY_IN = Public("the executives' own way in: refused from any address that is not on their list")


class ExecutiveShowingView(KefuView):
    needs = {"POST": _WAY_IN}

    @extend_schema(request=None, responses=PasskeyOptionsSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Executives: begin to show a passkey

        From the addresses that are allowed for executives; from nowhere while none are.
        """
        return Response({"options": begin_showing_executive(request._request)})


class ExecutiveView(KefuView):
    needs = {"POST": _WAY_IN}

    @extend_schema(request=ShownBody, responses=SessionSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Executives: sign in

        With a passkey. Somebody who is no executive is refused (`executives_only`).
        """
        body = ShownBody(data=request.data)
        body.is_valid(raise_exception=True)
        came = show_executive_passkey(request._request, answer=body.validated_data["credential"])
        return Response(answer_of(request, came))
