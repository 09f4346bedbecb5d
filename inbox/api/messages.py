"""Messages of a conversation: read, send, repeat."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inbox import queries
from inbox.actions import replies
from inbox.api.serializers import MessageSerializer, SendBody
from inbox.models import Message
from inbox.shapes import MessageShape
from inbox.shaping import message_shapes
from security.access import Access
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.errors import Missing

Sender = Callable[[Access, UUID, dict[str, Any]], Message]


def _text(access: Access, conversation_id: UUID, body: dict[str, Any]) -> Message:
    _need(body, "text")
    return replies.send_text(by=access, conversation_id=conversation_id, **_with(body, "text", "reply_to"))


def _media(access: Access, conversation_id: UUID, body: dict[str, Any]) -> Message:
    _need(body, "upload")
    return replies.send_media(by=access, conversation_id=conversation_id, **_with(body, "upload", "text", "reply_to"))


def _reaction(access: Access, conversation_id: UUID, body: dict[str, Any]) -> Message:
    _need(body, "message", "emoji")
    given = {"message_id": body["message"], **_with(body, "emoji")}
    return replies.react(by=access, conversation_id=conversation_id, **given)


def _location(access: Access, conversation_id: UUID, body: dict[str, Any]) -> Message:
    _need(body, "latitude", "longitude")
    place = _with(body, "latitude", "longitude", "name", "address")
    return replies.send_location(by=access, conversation_id=conversation_id, **place)


def _template(access: Access, conversation_id: UUID, body: dict[str, Any]) -> Message:
    _need(body, "template")
    return replies.send_template(by=access, conversation_id=conversation_id, **_with(body, "template"))


_SENDERS: dict[str, Sender] = {
    "text": _text,
    "reaction": _reaction,
    "location": _location,
    "template": _template,
    **dict.fromkeys(("image", "video", "audio", "document", "sticker"), _media),
}


def _with(body: dict[str, Any], *names: str) -> dict[str, Any]:
    defaults = {"text": ""} if "text" in names else {}
    return {"client_ref": body["client_ref"], **defaults, **{name: body[name] for name in names if name in body}}


def _as_told(message: Message) -> MessageShape:
    """As the write that changed it announced it, so that it need not be put together twice."""
    return message.told or message_shapes([message])[0]


def _need(body: dict[str, Any], *names: str) -> None:
    for name in names:
        if name not in body:
            raise Missing(field=name, message=_("This is needed for a message of this type."))


class MessagesView(KefuView):
    """A thread, newest first; and sending into it."""

    needs = {"GET": "inbox.see_conversation", "POST": "inbox.reply_conversation"}

    @extend_schema(parameters=paged(), responses=list_of(MessageSerializer))
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """List the messages of a conversation

        The thread, newest first.
        """
        limit = page_size(request)
        rows = queries.message_page(
            access=self.access, conversation_id=conversation_id, after=read_cursor(request), limit=limit
        )
        shapes = {shape.id: shape for shape in message_shapes(rows)}
        return Response(
            page_json(
                rows,
                limit=limit,
                shape=lambda row: shapes[str(row.pk)],
                position=lambda row: (row.at.isoformat(), row.pk),
            )
        )

    @extend_schema(request=SendBody, responses={201: MessageSerializer, 200: MessageSerializer})
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Send a message

        Queues it and answers 201; what became of it comes by the live stream. Which fields are needed depends on
        `type`: `text` needs `text`; `image`, `video`, `audio`, `document` and `sticker` need `upload`; `reaction` needs
        `message` and `emoji`; `location` needs `latitude` and `longitude`; `template` needs `template`. A repeated
        `client_ref` sends nothing and answers 200 with the first message.
        """
        body = SendBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        message = _SENDERS[given["type"]](self.access, conversation_id, given)
        made = given["type"] != "reaction" and not message.repeated
        return Response(_as_told(message), status=201 if made else 200)


class RepeatView(KefuView):
    """Queue a failed message again."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=None, responses=MessageSerializer)
    def post(self, request: Request, message_id: UUID) -> Response:
        """Send a failed message again

        Only where repeating can help and cannot reach the customer twice.
        """
        message = replies.repeat_message(by=self.access, message_id=message_id)
        return Response(_as_told(message))
