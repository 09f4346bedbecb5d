"""My notifications: the list, what I have read, and how I want to be told."""

from dataclasses import dataclass

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox import notification_queries as queries
from inbox.actions.notifications import choose_notifications, read_about, read_all, read_notifications
from inbox.models import NotificationChoices
from inbox.notification_shapes import NotificationShape, UnreadShape, notification_shapes
from inbox.notifying import Kind, kinds
from security.api.base import SIGNED_IN, KefuView
from security.api.bodies import Body
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.errors import Invalid, Missing

_READ_MOST = 200
_ONLY = (OpenApiParameter("only", str, enum=("mentions", "unread"), description="leave out everything else"),)


@dataclass(frozen=True)
class KindChoiceShape:
    """``group`` is where it stands in the settings; ``mutable``: one may do without it; ``derived``: told by the client
    from the live stream, and never in the list."""

    kind: str
    group: str
    mutable: bool
    derived: bool
    in_app: bool
    desktop: bool
    sound: bool


@dataclass(frozen=True)
class NotificationSettingsShape:
    """``volume`` of the sound, from 0 to 100."""

    kinds: list[KindChoiceShape]
    volume: int


class NotificationSerializer(DataclassSerializer[NotificationShape]):
    class Meta:
        dataclass = NotificationShape
        ref_name = "Notification"


class UnreadSerializer(DataclassSerializer[UnreadShape]):
    class Meta:
        dataclass = UnreadShape
        ref_name = "Unread"


class NotificationSettingsSerializer(DataclassSerializer[NotificationSettingsShape]):
    class Meta:
        dataclass = NotificationSettingsShape
        ref_name = "NotificationSettings"


class ReadBody(Body):
    """One of the two."""

    ids = serializers.ListField(child=serializers.UUIDField(), max_length=_READ_MOST, required=False)
    conversation = serializers.UUIDField(required=False)


class ReadAllBody(Body):
    until = serializers.DateTimeField()


class ChoiceBody(Body):
    in_app = serializers.BooleanField(required=False)
    desktop = serializers.BooleanField(required=False)
    sound = serializers.BooleanField(required=False)


class NotificationSettingsBody(Body):
    choices = serializers.DictField(child=ChoiceBody())
    volume = serializers.IntegerField(min_value=0, max_value=100)


class NotificationsView(KefuView):
    """What I was told."""

    needs = {"GET": SIGNED_IN}

    @extend_schema(parameters=paged(*_ONLY), responses=list_of(NotificationSerializer))
    def get(self, request: Request) -> Response:
        """List my notifications

        Newest first. What is about a conversation that the caller does not see any more is left out.
        """
        limit, only = page_size(request), request.query_params.get("only", "")
        if only not in ("", "mentions", "unread"):
            raise Invalid(field="only")
        rows = queries.notification_page(
            access=self.access,
            mentions=only == "mentions",
            unread=only == "unread",
            after=read_cursor(request),
            limit=limit,
        )
        shapes = {shape.id: shape for shape in notification_shapes(rows, reader=self.access)}
        return Response(
            page_json(
                rows,
                limit=limit,
                shape=lambda row: shapes[str(row.pk)],
                position=lambda row: (row.created_at.isoformat(), row.pk),
            )
        )


class UnreadView(KefuView):
    """How much I have not read."""

    needs = {"GET": SIGNED_IN}

    @extend_schema(responses=UnreadSerializer)
    def get(self, request: Request) -> Response:
        """Count my unread notifications

        No further than 100.
        """
        return Response(queries.unread(access=self.access))


class MarkReadView(KefuView):
    """I have read some."""

    needs = {"POST": SIGNED_IN}

    @extend_schema(request=ReadBody, responses={204: None})
    def post(self, request: Request) -> Response:
        """Mark notifications as read

        Those named by `ids`, or all about one `conversation`. The caller's other tabs learn of it.
        """
        body = ReadBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        if "conversation" in given:
            read_about(by=self.access, conversation_id=given["conversation"])
        elif "ids" in given:
            read_notifications(by=self.access, ids=given["ids"])
        else:
            raise Missing(field="ids")
        return Response(status=204)


class MarkAllReadView(KefuView):
    """I have read everything."""

    needs = {"POST": SIGNED_IN}

    @extend_schema(request=ReadAllBody, responses={204: None})
    def post(self, request: Request) -> Response:
        """Mark all notifications as read

        Up to a moment, usually that of the newest one shown: what comes meanwhile stays unread.
        """
        body = ReadAllBody(data=request.data)
        body.is_valid(raise_exception=True)
        read_all(by=self.access, until=body.validated_data["until"])
        return Response(status=204)


class NotificationSettingsView(KefuView):
    """How I want to be told."""

    needs = {"GET": SIGNED_IN, "PUT": SIGNED_IN}

    @extend_schema(responses=NotificationSettingsSerializer)
    def get(self, request: Request) -> Response:
        """Read how I am notified

        Every kind with its ways. Whether a browser shows anything on the desktop is that browser's own setting.
        """
        return Response(_settings(queries.choices_of(access=self.access)))

    @extend_schema(request=NotificationSettingsBody, responses=NotificationSettingsSerializer)
    def put(self, request: Request) -> Response:
        """Change how I am notified

        What is not named in `choices` is as it was at first.
        """
        body = NotificationSettingsBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = choose_notifications(by=self.access, **body.validated_data)
        return Response(_settings(row))


def _settings(row: NotificationChoices) -> NotificationSettingsShape:
    shown = [_choice(name, kind, row.choices.get(name, {})) for name, kind in kinds().items()]
    return NotificationSettingsShape(kinds=shown, volume=row.volume)


def _choice(name: str, kind: Kind, wanted: dict[str, bool]) -> KindChoiceShape:
    return KindChoiceShape(
        kind=name,
        group=kind.group,
        mutable=kind.mutable,
        derived=kind.derived,
        in_app=wanted.get("in_app", True),
        desktop=wanted.get("desktop", kind.desktop),
        sound=wanted.get("sound", kind.sound),
    )
