"""The bin: what was deleted, by whom and why, and what waits for a second person (PM-9)."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.actions import bin as actions
from inbox.api.standing import ReasonBody
from inbox.bin import BinCountsShape, DeletionShape, bin_counts, bin_page, deletion_shapes
from inbox.models import Deletion
from security.api.base import KefuView
from security.api.lists import list_of, paged
from security.api.paging import page_size, read_cursor, write_cursor
from security.errors import Invalid

_DELETE = "inbox.delete_conversation"
_LONGEST_QUERY = 80


class DeletionSerializer(DataclassSerializer[DeletionShape]):
    class Meta:
        dataclass = DeletionShape
        ref_name = "Deletion"


class BinCountsSerializer(DataclassSerializer[BinCountsShape]):
    class Meta:
        dataclass = BinCountsShape
        ref_name = "BinCounts"


class DeleteView(KefuView):
    """A conversation goes into the bin."""

    needs = {"POST": _DELETE}

    @extend_schema(request=ReasonBody, responses=DeletionSerializer)
    def post(self, request: Request, conversation_id: UUID) -> Response:
        """Delete a conversation

        Into the bin, out of every list. Needs a fresh second factor (`POST session/factor`). Where the policy wants a
        second person, the answer's `state` is `asked`, and the conversation stays until somebody else confirms.
        """
        body = ReasonBody(data=request.data)
        body.is_valid(raise_exception=True)
        row = actions.delete_conversation(by=self.access, conversation_id=conversation_id, **body.validated_data)
        return _shown(row)


class BinView(KefuView):
    """What is in the bin, and what waits to go there."""

    needs = {"GET": _DELETE}

    @extend_schema(
        parameters=paged(
            OpenApiParameter("state", str, description="`binned` (usual) or `asked`"),
            OpenApiParameter("q", str, description="part of the contact's name or number"),
        ),
        responses=list_of(DeletionSerializer),
    )
    def get(self, request: Request) -> Response:
        """List the bin

        Newest first. With `q` the newest thousand are looked through.
        """
        state, like = request.query_params.get("state", "binned"), request.query_params.get("q", "").strip()
        if state not in ("binned", "asked"):
            raise Invalid(field="state")
        if len(like) > _LONGEST_QUERY:
            raise Invalid(field="q")
        limit = page_size(request)
        rows = bin_page(access=self.access, state=state, like=like, after=read_cursor(request), limit=limit)
        shown = rows[:limit]
        more = write_cursor([shown[-1].asked_at.isoformat(), shown[-1].pk]) if len(rows) > limit else None
        return Response({"results": deletion_shapes(shown), "next": more})


class BinCountsView(KefuView):
    """How much is in the bin."""

    needs = {"GET": _DELETE}
    uncounted = frozenset({"GET"})

    @extend_schema(responses=BinCountsSerializer)
    def get(self, request: Request) -> Response:
        """Count the bin

        Counted no further than 1,000.
        """
        return Response(bin_counts(access=self.access))


class OneDeletion(KefuView):
    needs = {"POST": _DELETE}


class ConfirmDeletionView(OneDeletion):
    @extend_schema(request=None, responses=DeletionSerializer)
    def post(self, request: Request, deletion_id: UUID) -> Response:
        """Confirm a deletion

        As the second person, with a fresh second factor of one's own. Whoever asked cannot (`same_person`).
        """
        return _shown(actions.confirm_deletion(by=self.access, deletion_id=deletion_id))


class RefuseDeletionView(OneDeletion):
    @extend_schema(request=None, responses=DeletionSerializer)
    def post(self, request: Request, deletion_id: UUID) -> Response:
        """Refuse a deletion

        The conversation stays. Whoever asked takes it back so.
        """
        return _shown(actions.refuse_deletion(by=self.access, deletion_id=deletion_id))


class RestoreView(OneDeletion):
    @extend_schema(request=None, responses=DeletionSerializer)
    def post(self, request: Request, deletion_id: UUID) -> Response:
        """Restore a conversation

        Back to where it was, with all that was in it.
        """
        return _shown(actions.restore_conversation(by=self.access, deletion_id=deletion_id))


class PurgeView(OneDeletion):
    @extend_schema(request=None, responses=DeletionSerializer)
    def post(self, request: Request, deletion_id: UUID) -> Response:
        """Destroy a conversation now

        Needs a fresh second factor, and by policy a second person: the first call asks, the other person's does it.
        Nothing brings it back.
        """
        return _shown(actions.order_purge(by=self.access, deletion_id=deletion_id))


class HoldView(KefuView):
    needs = {"POST": _DELETE, "DELETE": _DELETE}

    @extend_schema(request=ReasonBody, responses=DeletionSerializer)
    def post(self, request: Request, deletion_id: UUID) -> Response:
        """Keep a conversation in the bin

        Neither time nor anybody destroys it until the hold is released.
        """
        body = ReasonBody(data=request.data)
        body.is_valid(raise_exception=True)
        return _shown(actions.hold_deletion(by=self.access, deletion_id=deletion_id, **body.validated_data))

    @extend_schema(request=None, responses={200: DeletionSerializer})
    def delete(self, request: Request, deletion_id: UUID) -> Response:
        """Release the hold

        What is past its time is destroyed a day later.
        """
        return _shown(actions.release_hold(by=self.access, deletion_id=deletion_id))


def _shown(row: Deletion) -> Response:
    return Response(deletion_shapes([row])[0])
