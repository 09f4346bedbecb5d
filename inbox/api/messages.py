"""Messages of a conversation: read, send, repeat."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from inbox import queries
from inbox.actions import replies
from inbox.actions.reply_uses import send_counted
from inbox.api.send_body import SendBody
from inbox.api.serializers import MessageSerializer
from inbox.canned.variables import refuse_unfilled
from inbox.models import Message
from inbox.policies import CONVERSATION
from inbox.shapes import MessageShape
from inbox.shaping import message_shapes
from security.access import Access
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor
from security.errors import Invalid, Missing
from security.log.viewing import viewed

_FILES = ("image", "video", "audio", "document", "sticker")
# type → the fields it cannot do without, and those of its content; the names of other kinds are simply not looked at
_NEEDED: dict[str, tuple[str, ...]] = {
    "text": ("text",),
    "reaction": ("message", "emoji"),
    "location": ("latitude", "longitude"),
    "contacts": ("contacts",),
    "interactive": ("interactive",),
    "template": ("template",),
    **dict.fromkeys(_FILES, ("upload",)),
}
_CONTENT: dict[str, tuple[str, ...]] = {
    "text": ("text", "preview_url"),
    "location": ("latitude", "longitude", "name", "address"),
    "contacts": ("contacts",),
    **dict.fromkeys(_FILES, ("text", "voice")),
}
_NESTED = ("interactive", "template")  # their content is one object of the body, and has its name


def sending_parts(body: dict[str, Any]) -> dict[str, Any]:
    """What ``replies.send`` takes, of a body that says what to send; anything but a reaction."""
    kind = body["type"]
    _refuse_incomplete(body)
    nested = kind in _NESTED
    return {
        "client_ref": body["client_ref"],
        "kind": kind,
        "content": body[kind] if nested else {name: body[name] for name in _CONTENT[kind] if name in body},
        "at": kind if nested else "",
        "upload": body.get("upload"),
        "reply_to": body.get("reply_to"),
    }


def _refuse_incomplete(body: dict[str, Any]) -> None:
    for name in _NEEDED[body["type"]]:
        if name not in body:
            raise Missing(field=name, message=_("This is needed for a message of this type."))


def _sent(access: Access, conversation_id: UUID, body: dict[str, Any]) -> Message:
    if body["type"] == "reaction":
        _refuse_incomplete(body)
        target = {"message_id": body["message"], "emoji": body["emoji"]}
        ref = body["client_ref"]
        return replies.react(by=access, conversation_id=conversation_id, client_ref=ref, **target)
    canned = body.get("canned_reply")
    if canned is not None:  # the one text that may have come here with its variables
        refuse_unfilled(str(body.get("text", "")), field="text")
    parts = {"answers_seen": body.get("answers_seen"), "draft": body.get("draft"), **sending_parts(body)}
    if canned is not None:
        return send_counted(by=access, reply_id=canned, conversation_id=conversation_id, **parts)
    return replies.send(by=access, conversation_id=conversation_id, **parts)


def _as_told(message: Message) -> MessageShape:
    """As the write that changed it announced it, so that it need not be put together twice."""
    return message.told or message_shapes([message])[0]


def _id(spelled: str) -> UUID:
    try:
        return UUID(spelled)
    except ValueError:
        raise Invalid(field="around") from None


class MessagesView(KefuView):
    """A thread, newest first; and sending into it."""

    needs = {"GET": "inbox.see_conversation", "POST": "inbox.reply_conversation"}

    @extend_schema(
        parameters=paged(
            OpenApiParameter("around", OpenApiTypes.UUID, description="a message of it: begin a little after that one")
        ),
        responses=list_of(MessageSerializer),
    )
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """List the messages of a conversation

        The thread, newest first. With `around` the page holds that message between later and earlier ones; `next`
        leads to earlier ones as always.
        """
        limit, after = page_size(request), read_cursor(request)
        around = request.query_params.get("around")
        if around and after is None:
            rows = queries.messages_around(
                access=self.access, conversation_id=conversation_id, message_id=_id(around), limit=limit
            )
        else:
            rows = queries.message_page(access=self.access, conversation_id=conversation_id, after=after, limit=limit)
        viewed(self.access, "conversation.viewed", CONVERSATION, conversation_id)
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
        `message` and `emoji`; `location` needs `latitude` and `longitude`; `contacts`, `interactive` and `template`
        need what is named like them, and the last two may have an `upload` as their header. A repeated `client_ref`
        sends nothing and answers 200 with the first message. With `answers_seen` (the `answer_count` its writer knew
        of) it is refused with 409 `answered_meanwhile` when a colleague has answered since; without, it is not asked.
        """
        body = SendBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        message = _sent(self.access, conversation_id, given)
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
