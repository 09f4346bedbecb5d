"""The custom fields of my regions, and what they say of contacts."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.actions.custom_fields import set_field
from contacts.actions.field_definitions import add_field, archive_field, change_field, restore_field
from contacts.field_queries import fields, fields_on_card
from contacts.field_shapes import FieldOnCardShape, FieldShape
from contacts.models import Contact
from contacts.models.custom_field import TYPES
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of
from security.errors import Missing

_SEE, _MANAGE, _EDIT = "contacts.see_contact", "contacts.manage_field", "contacts.edit_contact"


class FieldSerializer(DataclassSerializer[FieldShape]):
    class Meta:
        dataclass = FieldShape
        ref_name = "CustomField"


class FieldOnCardSerializer(DataclassSerializer[FieldOnCardShape]):
    class Meta:
        dataclass = FieldOnCardShape
        ref_name = "FieldOnCard"


class OptionBody(Body):
    key = serializers.CharField(max_length=60, required=False, allow_blank=True)
    label = serializers.CharField(max_length=60)  # type: ignore[assignment]


class FieldEdit(Body):
    label = serializers.CharField(max_length=60, required=False)  # type: ignore[assignment]
    options = OptionBody(many=True, required=False)
    required = serializers.BooleanField(required=False)  # type: ignore[assignment]
    order = serializers.IntegerField(min_value=0, max_value=10_000, required=False)


class FieldBody(Body):
    region_id = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    key = serializers.CharField(max_length=40)
    label = serializers.CharField(max_length=60)  # type: ignore[assignment]
    type = serializers.ChoiceField(choices=[name for name, _words in TYPES])
    options = OptionBody(many=True, required=False)
    required = serializers.BooleanField(required=False)  # type: ignore[assignment]
    filterable = serializers.BooleanField(required=False)


@extend_schema_field(OpenApiTypes.ANY)
class AnyValue(serializers.JSONField):
    """Text, a number, yes or no, or null."""


class FieldValueBody(Body):
    value = AnyValue(allow_null=True)

    def validate_value(self, value: object) -> object:
        if isinstance(value, list | dict):
            raise serializers.ValidationError(code="invalid")
        return value


class FieldsView(KefuView):
    """What my regions want to know of their contacts."""

    needs = {"GET": _SEE, "POST": _MANAGE}
    uncounted = frozenset({"GET"})

    @extend_schema(
        parameters=[OpenApiParameter("archived", bool, description="those that were put away, too")],
        responses=list_of(FieldSerializer),
    )
    def get(self, request: Request) -> Response:
        """List custom fields

        Of the caller's regions, in their order.
        """
        archived = request.query_params.get("archived", "") in ("1", "true")
        return Response({"results": fields(access=self.access, archived=archived), "next": None})

    @extend_schema(request=FieldBody, responses={201: FieldSerializer})
    def post(self, request: Request) -> Response:
        """Make a custom field

        `key`, `type` and `filterable` stay as they are for ever. A choice needs `options`.
        """
        body = FieldBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(FieldShape.of(add_field(by=self.access, **body.validated_data)), status=201)


class FieldView(KefuView):
    """One custom field."""

    needs = {"PATCH": _MANAGE}

    @extend_schema(request=FieldEdit, responses=FieldSerializer)
    def patch(self, request: Request, field_id: UUID) -> Response:
        """Change a custom field

        Its label, its choices (one that is sent with its `key` stays the same one), its order, whether it may be empty.
        """
        body = FieldEdit(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(FieldShape.of(change_field(by=self.access, field_id=field_id, **body.validated_data)))


class ArchiveFieldView(KefuView):
    """Putting a field away."""

    needs = {"POST": _MANAGE}

    @extend_schema(request=None, responses=FieldSerializer)
    def post(self, request: Request, field_id: UUID) -> Response:
        """Archive a custom field

        It is shown no more; what it said of contacts is kept.
        """
        return Response(FieldShape.of(archive_field(by=self.access, field_id=field_id)))


class RestoreFieldView(KefuView):
    """Bringing a field back."""

    needs = {"POST": _MANAGE}

    @extend_schema(request=None, responses=FieldSerializer)
    def post(self, request: Request, field_id: UUID) -> Response:
        """Restore a custom field

        With what it said of contacts.
        """
        return Response(FieldShape.of(restore_field(by=self.access, field_id=field_id)))


class ContactFieldView(KefuView):
    """What one field says of one contact."""

    needs = {"PUT": _EDIT}

    @extend_schema(request=FieldValueBody, responses=FieldOnCardSerializer)
    def put(self, request: Request, contact_id: UUID, field_id: UUID) -> Response:
        """Set a custom field of a contact

        As its type takes it; null or empty takes the value away.
        """
        body = FieldValueBody(data=request.data)
        body.is_valid(raise_exception=True)
        if "value" not in body.validated_data:
            raise Missing(field="value")
        value = body.validated_data["value"]
        set_field(by=self.access, contact_id=contact_id, definition_id=field_id, value=value)
        contact = Contact.objects.visible_to(self.access).get_or_404(contact_id)
        return Response(next(one for one in fields_on_card(contact) if one.id == str(field_id)))
