"""Trainees' replies that wait for a mentor (PM-4): the queue, and deciding."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.actions.held_decisions import approve_held, reject_held
from inbox.actions.holding import comment_held, revise_held, withdraw_held
from inbox.api.serializers import MessageSerializer
from inbox.coaching import queries
from inbox.coaching.shapes import CoachingShape, HeldReplyShape
from inbox.coaching.shaping import held_shapes, remark_shapes
from inbox.models import HeldReply
from inbox.models.held import HELD_STATES
from security.api.base import SIGNED_IN, KefuView
from security.api.bodies import Body
from security.api.lists import list_of, paged
from security.api.paging import page_json, page_size, read_cursor

_ALARMS = ("late", "ended", "reassigned", "locked", "resolved", "answered", "closing", "closed")


class HeldReplySerializer(DataclassSerializer[HeldReplyShape]):
    state = serializers.ChoiceField(choices=[name for name, _ in HELD_STATES])
    alarms = serializers.ListField(child=serializers.ChoiceField(choices=_ALARMS))
    message = MessageSerializer()

    class Meta:
        dataclass = HeldReplyShape
        ref_name = "HeldReply"


class CoachingSerializer(DataclassSerializer[CoachingShape]):
    held = HeldReplySerializer(many=True)

    class Meta:
        dataclass = CoachingShape
        ref_name = "Coaching"


class ReviseBody(Body):
    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    text = serializers.CharField(trim_whitespace=False)


class ApproveHeldBody(Body):
    """``text``: leave in these words instead. ``answers_seen``: as with a message one sends."""

    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    text = serializers.CharField(trim_whitespace=False, required=False, allow_null=True, default=None)
    answers_seen = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, max_value=2**31 - 1
    )


class RejectBody(Body):
    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    comment = serializers.CharField(max_length=2000)


class CommentBody(Body):
    text = serializers.CharField(max_length=2000)


class CoachingView(KefuView):
    """What is said of the messages of one thread."""

    needs = {"GET": "inbox.see_conversation"}

    @extend_schema(responses=CoachingSerializer)
    def get(self, request: Request, conversation_id: UUID) -> Response:
        """Read what mentors and reviewers say of a thread

        How its held replies were decided, and remarks of reviews at its messages, as far as the caller may know it:
        their own, their trainees', or all as one who leads or reviews.
        """
        held, remarks = queries.coaching_of(access=self.access, conversation_id=conversation_id)
        return Response(CoachingShape(held_shapes(held, reader=self.access), remark_shapes(remarks)))


class HeldRepliesView(KefuView):
    """The queue of replies that wait for a mentor."""

    needs = {"GET": SIGNED_IN}

    @extend_schema(
        parameters=paged(OpenApiParameter("box", str, enum=queries.BOXES)), responses=list_of(HeldReplySerializer)
    )
    def get(self, request: Request) -> Response:
        """List held replies

        `waiting`: what the caller may decide on, the oldest first; `decided`: what was decided; `mine`: what they wrote
        themselves.
        """
        limit = page_size(request)
        box = request.query_params.get("box", "waiting")
        rows = queries.held_page(access=self.access, box=box, after=read_cursor(request), limit=limit)
        shapes = {shape.id: shape for shape in held_shapes(rows, reader=self.access)}
        return Response(
            page_json(
                rows,
                limit=limit,
                shape=lambda row: shapes[str(row.pk)],
                position=lambda row: (row.held_at.isoformat(), row.pk),
            )
        )


class _OneReply(KefuView):
    def shown(self, row: HeldReply) -> Response:
        found = queries.held_reply(access=self.access, held_id=row.pk)
        return Response(held_shapes([found], reader=self.access)[0])


class HeldReplyView(_OneReply):
    """One held reply, as its author."""

    needs = {"PATCH": "inbox.reply_conversation", "DELETE": "inbox.reply_conversation"}

    @extend_schema(request=ReviseBody, responses=HeldReplySerializer)
    def patch(self, request: Request, held_id: UUID) -> Response:
        """Change my held reply

        Its text, while it waits. `revision` is that of the text the caller read.
        """
        body = ReviseBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(revise_held(by=self.access, held_id=held_id, **body.validated_data))

    @extend_schema(request=None, responses={200: HeldReplySerializer})
    def delete(self, request: Request, held_id: UUID) -> Response:
        """Take my held reply back

        It is never sent, and stays readable in the thread.
        """
        return self.shown(withdraw_held(by=self.access, held_id=held_id))


class ApproveHeldView(_OneReply):
    """A mentor lets a reply leave."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=ApproveHeldBody, responses=HeldReplySerializer)
    def post(self, request: Request, held_id: UUID) -> Response:
        """Approve a held reply

        It is queued now, in its author's name; with `text` in these words. All sending rules are asked again: a refusal
        leaves it as it is. `revision` is that of what the caller read: a text that was changed meanwhile is not sent.
        With `answers_seen` it is refused with 409 `answered_meanwhile` when a colleague has answered since.
        """
        body = ApproveHeldBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(approve_held(by=self.access, held_id=held_id, **body.validated_data))


class RejectHeldView(_OneReply):
    """A mentor keeps a reply from leaving."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=RejectBody, responses=HeldReplySerializer)
    def post(self, request: Request, held_id: UUID) -> Response:
        """Reject a held reply

        Nothing is sent. The trainee reads the comment, and may write it anew.
        """
        body = RejectBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.shown(reject_held(by=self.access, held_id=held_id, **body.validated_data))


class HeldCommentsView(_OneReply):
    """Words on a held reply."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=CommentBody, responses={201: HeldReplySerializer})
    def post(self, request: Request, held_id: UUID) -> Response:
        """Comment on a held reply

        Without deciding; mentors and the trainee alike.
        """
        body = CommentBody(data=request.data)
        body.is_valid(raise_exception=True)
        answer = self.shown(comment_held(by=self.access, held_id=held_id, **body.validated_data))
        answer.status_code = 201
        return answer
