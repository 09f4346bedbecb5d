"""One thing done to many conversations at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from contacts.errors import TagElsewhere, TooManyTags
from inbox.actions.bulk import change_many, undo_many
from inbox.api.assigning_serializers import AssigneesSerializer
from inbox.assigning.queries import assignees_of_all
from inbox.errors import AssigneeUnfit, ChangedMeanwhile, Locked, NotOpen
from inbox.models import BulkDeed, InboxPolicy
from inbox.models.bulk import DEEDS
from inbox.models.conversation import PRIORITIES
from security.api.base import KefuView
from security.api.bodies import Body
from security.errors import Invalid, Missing, NotAllowed, NotFound, Refusal

_REFUSALS = (
    AssigneeUnfit,
    ChangedMeanwhile,
    Invalid,
    Locked,
    NotAllowed,
    NotFound,
    NotOpen,
    TagElsewhere,
    TooManyTags,
)
_WORDS = {refusal.code: refusal.message for refusal in _REFUSALS}
_NEEDED = {
    "assign": "assignee",
    "snooze": "until",
    "priority": "priority",
    "payment": "payment",
    "tag": "tag",
    "untag": "tag",
}


@dataclass(frozen=True)
class RefusedItemShape:
    id: str
    code: str
    message: str


@dataclass(frozen=True)
class BulkDeedShape:
    """What became of it: in how many it was done, and which were refused and why."""

    id: str
    deed: str
    done: int
    refused: list[RefusedItemShape]
    undo_until: datetime | None


class BulkDeedSerializer(DataclassSerializer[BulkDeedShape]):
    class Meta:
        dataclass = BulkDeedShape
        ref_name = "BulkDeed"


class BulkBody(Body):
    client_ref = serializers.CharField(max_length=64)
    deed = serializers.ChoiceField(choices=DEEDS)
    ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=500)
    assignee = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**31 - 1)
    until = serializers.DateTimeField(required=False)
    priority = serializers.ChoiceField(choices=tuple(PRIORITIES), required=False)
    payment = serializers.BooleanField(required=False)
    tag = serializers.UUIDField(required=False)


class BulkView(KefuView):
    """Many conversations at once."""

    needs = {"POST": "inbox.bulk_conversation"}

    @extend_schema(request=BulkBody, responses=BulkDeedSerializer)
    def post(self, request: Request) -> Response:
        """Change many conversations at once

        Assign, resolve, snooze, prioritise, mark as payment, tag or untag, each as far as the caller may. It can be
        taken back until `undo_until`.
        """
        body = BulkBody(data=request.data)
        body.is_valid(raise_exception=True)
        values: dict[str, Any] = dict(body.validated_data)
        client_ref, deed, ids = (values.pop(name) for name in ("client_ref", "deed", "ids"))
        needed = _NEEDED.get(deed)
        if needed is not None and needed not in values:
            raise Missing(field=needed)
        done = change_many(by=self.access, client_ref=client_ref, deed=deed, ids=ids, values=values)
        return Response(_shape(done, "code"))


class ChosenBody(Body):
    ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=500)


class AssigneesOfManyView(KefuView):
    """Those who could have all of the chosen ones."""

    needs = {"POST": "inbox.bulk_conversation"}

    @extend_schema(request=ChosenBody, responses=AssigneesSerializer)
    def post(self, request: Request) -> Response:
        """List who could have many conversations

        People who would see and may answer each of them, with what they have at the moment.
        """
        body = ChosenBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(assignees_of_all(access=self.access, ids=body.validated_data["ids"]))


class UndoView(KefuView):
    """Taking it back."""

    needs = {"POST": "inbox.bulk_conversation"}

    @extend_schema(request=None, responses=BulkDeedSerializer)
    def post(self, request: Request, deed_id: UUID) -> Response:
        """Take back what was done to many conversations

        Each becomes exactly what it was; what somebody changed meanwhile is left alone and listed.
        """
        return Response(_shape(undo_many(by=self.access, deed_id=deed_id), "undo"))


def _shape(row: BulkDeed, asked: str) -> BulkDeedShape:
    tried = [item for item in row.items if asked in item]
    refused = list(_refused((item["id"], item[asked]) for item in tried if item[asked] is not None))
    latest = row.done_at + timedelta(seconds=InboxPolicy.current().bulk_undo_seconds)
    return BulkDeedShape(
        id=str(row.pk),
        deed=row.deed,
        done=len(tried) - len(refused),
        refused=refused,
        undo_until=latest if row.undone_at is None else None,
    )


def _refused(items: Iterable[tuple[str, str]]) -> Iterable[RefusedItemShape]:
    for pk, code in items:
        yield RefusedItemShape(id=pk, code=code, message=str(_WORDS.get(code, Refusal.message)))
