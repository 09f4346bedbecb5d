"""Shapes as serializers for the OpenAPI document, and the request bodies."""

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.models.message import KINDS, STATUSES
from inbox.shapes import (
    CannedReplyShape,
    ConversationShape,
    CountsShape,
    MediaShape,
    MessageShape,
    PreviewShape,
    QuotedShape,
    UploadShape,
)
from security.api.bodies import Body


class PreviewSerializer(DataclassSerializer[PreviewShape]):
    kind = serializers.ChoiceField(choices=KINDS)
    direction = serializers.ChoiceField(choices=("in", "out"))
    status = serializers.ChoiceField(choices=STATUSES)

    class Meta:
        dataclass = PreviewShape
        ref_name = "MessagePreview"


class ConversationSerializer(DataclassSerializer[ConversationShape]):
    state = serializers.ChoiceField(choices=("open", "snoozed", "resolved"))
    priority = serializers.ChoiceField(choices=("urgent", "high", "normal", "low"))
    woken_how = serializers.ChoiceField(choices=("due", "reply", "window"), allow_null=True)
    due_for = serializers.ChoiceField(choices=("first", "next", "resolution"), allow_null=True)
    last_message = PreviewSerializer(allow_null=True)

    class Meta:
        dataclass = ConversationShape
        ref_name = "Conversation"


class QuotedSerializer(DataclassSerializer[QuotedShape]):
    kind = serializers.ChoiceField(choices=KINDS)
    direction = serializers.ChoiceField(choices=("in", "out"))

    class Meta:
        dataclass = QuotedShape
        ref_name = "Quoted"


class MediaSerializer(DataclassSerializer[MediaShape]):
    state = serializers.ChoiceField(choices=("fetching", "ready", "failed"))

    class Meta:
        dataclass = MediaShape
        ref_name = "Media"


class MessageSerializer(DataclassSerializer[MessageShape]):
    kind = serializers.ChoiceField(choices=KINDS)
    direction = serializers.ChoiceField(choices=("in", "out"))
    status = serializers.ChoiceField(choices=STATUSES)
    quoted = QuotedSerializer(allow_null=True)

    class Meta:
        dataclass = MessageShape
        ref_name = "Message"


class CannedReplySerializer(DataclassSerializer[CannedReplyShape]):
    class Meta:
        dataclass = CannedReplyShape
        ref_name = "CannedReply"


class UploadSerializer(DataclassSerializer[UploadShape]):
    class Meta:
        dataclass = UploadShape
        ref_name = "Upload"


class CountsSerializer(DataclassSerializer[CountsShape]):
    class Meta:
        dataclass = CountsShape
        ref_name = "Counts"


class AssignBody(Body):
    assignee = serializers.IntegerField(allow_null=True, min_value=1, max_value=2**31 - 1)


class TeamBody(Body):
    team = serializers.IntegerField(allow_null=True, min_value=1, max_value=2**31 - 1)


class CannedReplyBody(Body):
    shortcut = serializers.CharField(max_length=41)
    title = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    text = serializers.CharField(max_length=4096)


class UploadBody(Body):
    file = serializers.FileField(max_length=1000, allow_empty_file=False)
    voice = serializers.BooleanField(required=False, default=False)
    for_note = serializers.BooleanField(required=False, default=False)


class TypingSerializer(serializers.Serializer[None]):
    shown = serializers.BooleanField()
    wanted = serializers.BooleanField()

    class Meta:
        ref_name = "Typing"
