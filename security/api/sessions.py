"""One's own sessions and devices, and the word that one is still there (SE-3, SE-7)."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security.access import Access
from security.actions.devices import NAME_MAX, forget_device, rename_device
from security.actions.session_ends import end_other_sessions, end_session
from security.actions.sessions import note_activity
from security.actions.trust import stop_trusting
from security.api.base import SIGNED_IN, KefuView
from security.api.bodies import Body
from security.api.lists import list_of
from security.api.session_shapes import IdleShape, KnownDeviceShape, OwnSessionShape, idle_of
from security.errors import NotAllowed, require
from security.models import BrowserSession
from security.queries import devices_of, sessions_of
from security.sessions import session_of_request

_LONGEST_IDLE = 86_400


class OwnSessionSerializer(DataclassSerializer[OwnSessionShape]):
    class Meta:
        dataclass = OwnSessionShape
        ref_name = "OwnSession"


class KnownDeviceSerializer(DataclassSerializer[KnownDeviceShape]):
    class Meta:
        dataclass = KnownDeviceShape
        ref_name = "KnownDevice"


class IdleSerializer(DataclassSerializer[IdleShape]):
    class Meta:
        dataclass = IdleShape
        ref_name = "Idle"


class AliveBody(Body):
    idle_seconds = serializers.IntegerField(min_value=0, max_value=_LONGEST_IDLE)


class DeviceNameBody(Body):
    name = serializers.CharField(max_length=NAME_MAX, allow_blank=True)


class AliveView(KefuView):
    needs = {"POST": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(request=AliveBody, responses=IdleSerializer)
    def post(self, request: Request) -> Response:
        """Say that the person is still there

        Who did something in this browser `idle_seconds` ago. Nothing else a browser asks for keeps a session alive:
        neither what it fetches by itself nor the live connection.
        """
        row = _row_of(request._request, self.access)
        body = AliveBody(data=request.data)
        body.is_valid(raise_exception=True)
        ago = timedelta(seconds=body.validated_data["idle_seconds"])
        note_activity(row, at=timezone.now() - ago)
        return Response(idle_of(row))


class OwnSessionsView(KefuView):
    needs = {"GET": SIGNED_IN, "DELETE": SIGNED_IN}

    @extend_schema(responses=list_of(OwnSessionSerializer))
    def get(self, request: Request) -> Response:
        """Where I am signed in

        The sessions that count right now, this one first, then the latest used.
        """
        _row_of(request._request, self.access)
        rows = [OwnSessionShape.of(row, self.access) for row in sessions_of(self.access)]
        return Response({"results": sorted(rows, key=lambda one: not one.is_this), "next": None})

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign me out everywhere else

        Every session but this one ends, live connections too.
        """
        _row_of(request._request, self.access)
        end_other_sessions(by=self.access)
        return Response(status=204)


class OwnSessionView(KefuView):
    needs = {"DELETE": SIGNED_IN}

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, session_id: UUID) -> Response:
        """End one of my sessions

        Its next request is refused, its live connections close.
        """
        _row_of(request._request, self.access)
        end_session(by=self.access, session_id=session_id)
        return Response(status=204)


class OwnDevicesView(KefuView):
    needs = {"GET": SIGNED_IN}

    @extend_schema(responses=list_of(KnownDeviceSerializer))
    def get(self, request: Request) -> Response:
        """My known devices

        The browsers in which I have signed in before, the latest first.
        """
        here = _row_of(request._request, self.access).known_device_id
        rows = [KnownDeviceShape.of(row, here=here) for row in devices_of(self.access)]
        return Response({"results": rows, "next": None})


class OwnDeviceView(KefuView):
    needs = {"PATCH": SIGNED_IN, "DELETE": SIGNED_IN}

    @extend_schema(request=DeviceNameBody, responses=KnownDeviceSerializer)
    def patch(self, request: Request, device_id: UUID) -> Response:
        """Name a device of mine

        An empty name: it is called by its browser and system.
        """
        here = _row_of(request._request, self.access).known_device_id
        body = DeviceNameBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = rename_device(by=self.access, device_id=device_id, **body.validated_data)
        return Response(KnownDeviceShape.of(row, here=here))

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, device_id: UUID) -> Response:
        """Forget a device of mine

        Its sessions end (this one goes on), and its next sign-in is told as one in a new device.
        """
        _row_of(request._request, self.access)
        forget_device(by=self.access, device_id=device_id)
        return Response(status=204)


class DeviceTrustView(KefuView):
    needs = {"DELETE": SIGNED_IN}

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, device_id: UUID) -> Response:
        """Trust a device of mine no more

        Its next sign-in asks for the second factor again. Its sessions go on.
        """
        _row_of(request._request, self.access)
        stop_trusting(by=self.access, device_id=device_id)
        return Response(status=204)


def _row_of(request: HttpRequest, access: Access) -> BrowserSession:
    """A key has no session, and nothing to do with those of its owner."""
    row = session_of_request(request)
    require(row is not None and not access.key_name, NotAllowed)
    return row  # type: ignore[return-value]
