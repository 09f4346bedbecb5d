"""The tags of my regions, and putting them on contacts."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.actions.tagging import tag_contact, untag_contact
from contacts.actions.tags import add_tag, archive_tag, change_tag, merge_tags, restore_tag
from contacts.models import Contact
from contacts.models.tag import COLOURS, SCOPES
from contacts.tag_queries import tags, tags_of_contact
from contacts.tag_shapes import PutTagShape, TagShape
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of
from security.writing import write

_SEE, _MANAGE, _APPLY = "contacts.see_contact", "contacts.manage_tag", "contacts.apply_tag"
_FLAG = {"1": True, "true": True}


class TagSerializer(DataclassSerializer[TagShape]):
    class Meta:
        dataclass = TagShape
        ref_name = "Tag"


class PutTagSerializer(DataclassSerializer[PutTagShape]):
    class Meta:
        dataclass = PutTagShape
        ref_name = "PutTag"


class TagEdit(Body):
    name = serializers.CharField(max_length=60, required=False)
    colour = serializers.ChoiceField(choices=COLOURS, required=False)
    group = serializers.CharField(max_length=60, required=False, allow_blank=True)
    description = serializers.CharField(max_length=500, required=False, allow_blank=True)
    scope = serializers.ChoiceField(choices=[name for name, _words in SCOPES], required=False)


class TagBody(TagEdit):
    region_id = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    name = serializers.CharField(max_length=60)


class MergeTagBody(Body):
    into = serializers.UUIDField()


class TaggingBody(Body):
    """Tags by their ids."""

    add = serializers.ListField(child=serializers.UUIDField(), max_length=50, required=False)
    remove = serializers.ListField(child=serializers.UUIDField(), max_length=50, required=False)


class TagsView(KefuView):
    """What can be put on contacts and conversations."""

    needs = {"GET": _SEE, "POST": _MANAGE}
    uncounted = frozenset({"GET"})

    @extend_schema(
        parameters=[
            OpenApiParameter("archived", bool, description="those that were put away, too"),
            OpenApiParameter("uses", bool, description="with how many of all contacts and conversations each is on"),
        ],
        responses=list_of(TagSerializer),
    )
    def get(self, request: Request) -> Response:
        """List tags

        Of the caller's regions, by group and name.
        """
        asked = request.query_params
        archived, counted = asked.get("archived", "") in _FLAG, asked.get("uses", "") in _FLAG
        return Response({"results": tags(access=self.access, archived=archived, counted=counted), "next": None})

    @extend_schema(request=TagBody, responses={201: TagSerializer})
    def post(self, request: Request) -> Response:
        """Make a tag

        Its name is there once in a region, however it is written.
        """
        body = TagBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(TagShape.of(add_tag(by=self.access, **body.validated_data)), status=201)


class TagView(KefuView):
    """One tag."""

    needs = {"PATCH": _MANAGE}

    @extend_schema(request=TagEdit, responses=TagSerializer)
    def patch(self, request: Request, tag_id: UUID) -> Response:
        """Change a tag

        Its name, colour, group, description, or what it can be put on. What has it keeps it.
        """
        body = TagEdit(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(TagShape.of(change_tag(by=self.access, tag_id=tag_id, **body.validated_data)))


class ArchiveTagView(KefuView):
    """Putting a tag away."""

    needs = {"POST": _MANAGE}

    @extend_schema(request=None, responses=TagSerializer)
    def post(self, request: Request, tag_id: UUID) -> Response:
        """Archive a tag

        It is offered and shown no more. What it was put on is kept, and comes back with it.
        """
        return Response(TagShape.of(archive_tag(by=self.access, tag_id=tag_id)))


class RestoreTagView(KefuView):
    """Bringing a tag back."""

    needs = {"POST": _MANAGE}

    @extend_schema(request=None, responses=TagSerializer)
    def post(self, request: Request, tag_id: UUID) -> Response:
        """Restore a tag

        Back from the archive. One that was merged takes back what it had, as far as that still has the other one.
        """
        return Response(TagShape.of(restore_tag(by=self.access, tag_id=tag_id)))


class MergeTagView(KefuView):
    """Making one tag of two."""

    needs = {"POST": _MANAGE}

    @extend_schema(request=MergeTagBody, responses=TagSerializer)
    def post(self, request: Request, tag_id: UUID) -> Response:
        """Merge a tag into another one

        Whatever has it has the other one instead; it is archived, and restoring it takes the merge back. The answer is
        the one that stays.
        """
        body = MergeTagBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(TagShape.of(merge_tags(by=self.access, tag_id=tag_id, into_id=body.validated_data["into"])))


class ContactTagsView(KefuView):
    """The tags on a contact."""

    needs = {"POST": _APPLY}

    @extend_schema(request=TaggingBody, responses=list_of(PutTagSerializer))
    def post(self, request: Request, contact_id: UUID) -> Response:
        """Put tags on a contact and take them off

        All or nothing; what is there already, or is not there, changes nothing. The answer is what it has now.
        """
        wanted = read_tagging(request)
        with write(by=self.access):
            contact = Contact.objects.visible_to(self.access).get_or_404(contact_id)
            for tag_id in wanted["remove"]:
                untag_contact(by=self.access, contact_id=contact.pk, tag_id=tag_id)
            for tag_id in wanted["add"]:
                tag_contact(by=self.access, contact_id=contact.pk, tag_id=tag_id)
        return Response({"results": tags_of_contact(contact), "next": None})


def read_tagging(request: Request) -> dict[str, list[UUID]]:
    body = TaggingBody(data=request.data)
    body.is_valid(raise_exception=True)
    wanted: dict[str, Any] = body.validated_data
    return {"add": wanted.get("add", []), "remove": wanted.get("remove", [])}
