"""The request body of a message to be sent. Lengths and counts are WhatsApp's own and are checked by
``inbox.whatsapp.kinds``; here only the JSON types."""

from rest_framework import serializers

from inbox.whatsapp.kinds import SENDABLE
from inbox.whatsapp.kinds.interactive import TYPES
from security.api.bodies import Body


def _words() -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)


class CardBody(Body):
    """A contact card to share."""

    name = _words()
    phones = serializers.ListField(child=serializers.CharField(), required=False)
    emails = serializers.ListField(child=serializers.CharField(), required=False)
    company = _words()


class ButtonBody(Body):
    id = _words()
    title = _words()


class RowBody(Body):
    id = _words()
    title = _words()
    description = _words()


class SectionBody(Body):
    """Of a list (``rows``) or of several products (``products``: the seller's own ids)."""

    title = _words()
    rows = RowBody(many=True, required=False)
    products = serializers.ListField(child=serializers.CharField(), required=False)


class FlowBody(Body):
    id = _words()
    name = _words()
    label = _words()  # type: ignore[assignment]  # declared fields leave the class
    token = _words()
    screen = _words()
    data = serializers.DictField(required=False)  # type: ignore[assignment]
    draft = serializers.BooleanField(required=False)


class InteractiveBody(Body):
    """A message with something to press; which fields are needed depends on ``type``."""

    type = serializers.ChoiceField(choices=TYPES)
    text = _words()
    header = _words()
    footer = _words()
    buttons = ButtonBody(many=True, required=False)
    button = _words()
    sections = SectionBody(many=True, required=False)
    label = _words()  # type: ignore[assignment]
    url = _words()
    catalog_id = _words()
    product = _words()
    flow = FlowBody(required=False)
    order = serializers.DictField(required=False)


class TemplateBody(Body):
    """``components`` are Meta's own; ``text``, ``header``, ``footer`` and ``buttons`` are what the thread shows."""

    name = serializers.CharField()
    language = serializers.CharField()
    components = serializers.ListField(child=serializers.DictField(), required=False)
    text = _words()
    header = _words()
    footer = _words()
    buttons = serializers.ListField(child=serializers.CharField(), required=False)


class SendBody(Body):
    """What may be sent; which fields are needed depends on ``type``."""

    type = serializers.ChoiceField(choices=SENDABLE)
    client_ref = serializers.CharField(max_length=64)
    text = _words()
    preview_url = serializers.BooleanField(required=False)
    reply_to = serializers.UUIDField(required=False, allow_null=True)
    answers_seen = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=2**31 - 1)
    upload = serializers.UUIDField(required=False)
    voice = serializers.BooleanField(required=False)
    message = serializers.UUIDField(required=False)
    emoji = serializers.CharField(max_length=16, required=False, allow_blank=True)
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False)
    name = _words()
    address = _words()
    contacts = CardBody(many=True, required=False)
    interactive = InteractiveBody(required=False)
    template = TemplateBody(required=False)
