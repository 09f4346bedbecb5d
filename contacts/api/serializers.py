"""Shapes as serializers, for the OpenAPI document."""

from rest_framework import serializers
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.shapes import ContactShape, NoteShape
from security.api.bodies import Body


class ContactSerializer(DataclassSerializer[ContactShape]):
    class Meta:
        dataclass = ContactShape
        ref_name = "Contact"


class NoteSerializer(DataclassSerializer[NoteShape]):
    class Meta:
        dataclass = NoteShape
        ref_name = "Note"


class ContactEdit(Body):
    name = serializers.CharField(max_length=500, required=False, allow_blank=True)
    language = serializers.CharField(max_length=10, required=False, allow_blank=True)


class NoteBody(Body):
    text = serializers.CharField(max_length=20000)
