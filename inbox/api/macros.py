"""Macros: kept, looked at, run and taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.actions.macro_runs import Look, look_at_macro, run_macro, undo_macro_run, undo_until, undoable
from inbox.actions.macros import add_macro, change_macro, delete_macro, order_macros, restore_macro
from inbox.macros.steps import KINDS
from inbox.models import Macro, MacroRun
from inbox.policies import can_edit_prepared
from security.access import Access
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of


@dataclass(frozen=True)
class MacroShape:
    """``region_id`` is null for a personal one. Of a step only what its ``kind`` needs is there."""

    id: str
    name: str
    steps: list[dict[str, Any]]
    region_id: int | None
    mine: bool
    editable: bool


@dataclass(frozen=True)
class RefusedStepShape:
    code: str
    message: str
    field: str | None
    remedy: str | None


@dataclass(frozen=True)
class LookShape:
    """What a run would do now: the variables of its texts, the values known of them, and what it would be refused
    with."""

    variables: list[str]
    values: dict[str, str]
    refusal: RefusedStepShape | None


@dataclass(frozen=True)
class MacroRunShape:
    """``undoable``: the kinds of steps that can be taken back until ``undo_until``."""

    id: str
    undoable: list[str]
    undo_until: datetime | None


class MacroSerializer(DataclassSerializer[MacroShape]):
    class Meta:
        dataclass = MacroShape
        ref_name = "Macro"


class LookSerializer(DataclassSerializer[LookShape]):
    class Meta:
        dataclass = LookShape
        ref_name = "MacroLook"


class MacroRunSerializer(DataclassSerializer[MacroRunShape]):
    class Meta:
        dataclass = MacroRunShape
        ref_name = "MacroRun"


class StepBody(Body):
    """Which fields are needed depends on ``kind``."""

    kind = serializers.ChoiceField(choices=tuple(KINDS))
    text = serializers.CharField(max_length=4096, required=False, allow_blank=True)
    reply_id = serializers.UUIDField(required=False, allow_null=True)
    template = serializers.DictField(required=False)
    to = serializers.JSONField(required=False)
    team = serializers.IntegerField(required=False)
    priority = serializers.CharField(max_length=8, required=False)
    marked = serializers.BooleanField(required=False)
    minutes = serializers.IntegerField(required=False)
    days = serializers.IntegerField(required=False)
    wakes_on_reply = serializers.BooleanField(required=False)
    meanwhile = serializers.CharField(max_length=8, required=False)


class MacroBody(Body):
    name = serializers.CharField(max_length=60)
    steps = StepBody(many=True)
    region_id = serializers.IntegerField(
        allow_null=True, required=False, default=None, min_value=1, max_value=2**31 - 1
    )


class MacroOrderBody(Body):
    ids = serializers.ListField(child=serializers.UUIDField(), max_length=2000)


class ValuesBody(Body):
    values = serializers.DictField(  # declared fields leave the class
        child=serializers.CharField(max_length=200, allow_blank=True), required=False, default=dict
    )


class RunBody(ValuesBody):
    client_ref = serializers.CharField(max_length=56)
    answers_seen = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, max_value=2**31 - 1
    )


class MacrosView(KefuView):
    """The macros I can run."""

    needs = {"GET": "inbox.see_conversation", "POST": "inbox.reply_conversation"}

    @extend_schema(responses=list_of(MacroSerializer))
    def get(self, request: Request) -> Response:
        """List macros

        My own and those of my regions, in their order.
        """
        rows = Macro.objects.visible_to(self.access).order_by("position", "created_at")
        return Response({"results": [_shape(row, self.access) for row in rows], "next": None})

    @extend_schema(request=MacroBody, responses={201: MacroSerializer})
    def post(self, request: Request) -> Response:
        """Add a macro

        For oneself, or with a region for everybody there (from senior on).
        """
        return Response(_shape(add_macro(by=self.access, **_given(request)), self.access), status=201)


class MacroView(KefuView):
    """One macro."""

    needs = {"PUT": "inbox.reply_conversation", "DELETE": "inbox.reply_conversation"}

    @extend_schema(request=MacroBody, responses=MacroSerializer)
    def put(self, request: Request, macro_id: UUID) -> Response:
        """Change a macro

        One's own, or from senior on a region's.
        """
        return Response(_shape(change_macro(by=self.access, macro_id=macro_id, **_given(request)), self.access))

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, macro_id: UUID) -> Response:
        """Delete a macro

        It can be restored for a while.
        """
        delete_macro(by=self.access, macro_id=macro_id)
        return Response(status=204)


class RestoreMacroView(KefuView):
    """A deleted one comes back."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=None, responses=MacroSerializer)
    def post(self, request: Request, macro_id: UUID) -> Response:
        """Restore a deleted macro

        As it was.
        """
        return Response(_shape(restore_macro(by=self.access, macro_id=macro_id), self.access))


class MacroOrderView(KefuView):
    """In which order they stand."""

    needs = {"PUT": "inbox.reply_conversation"}

    @extend_schema(request=MacroOrderBody, responses={204: None})
    def put(self, request: Request) -> Response:
        """Order macros

        As far as they are the caller's to order.
        """
        body = MacroOrderBody(data=request.data)
        body.is_valid(raise_exception=True)
        order_macros(by=self.access, **body.validated_data)
        return Response(status=204)


class LookView(KefuView):
    """What a macro would do in a conversation."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=ValuesBody, responses=LookSerializer)
    def post(self, request: Request, conversation_id: UUID, macro_id: UUID) -> Response:
        """Look at a macro before running it

        The run is tried and taken back: nothing is kept and nothing leaves, and what would be refused is told.
        """
        body = ValuesBody(data=request.data)
        body.is_valid(raise_exception=True)
        look = look_at_macro(by=self.access, conversation_id=conversation_id, macro_id=macro_id, **body.validated_data)
        return Response(_look(look))


class RunView(KefuView):
    """A macro is run."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=RunBody, responses=MacroRunSerializer)
    def post(self, request: Request, conversation_id: UUID, macro_id: UUID) -> Response:
        """Run a macro on a conversation

        All of its steps, each as far as the caller may do it alone, or none. A repeated `client_ref` does nothing.
        With `answers_seen` one that says something is refused with 409 `answered_meanwhile` when a colleague has
        answered since.
        """
        body = RunBody(data=request.data)
        body.is_valid(raise_exception=True)
        run = run_macro(by=self.access, conversation_id=conversation_id, macro_id=macro_id, **body.validated_data)
        return Response(_run(run))


class UndoRunView(KefuView):
    """Taking it back."""

    needs = {"POST": "inbox.reply_conversation"}

    @extend_schema(request=None, responses=MacroRunSerializer)
    def post(self, request: Request, run_id: UUID) -> Response:
        """Take back what a macro changed

        Assignee, priority, snooze, payment mark and resolution become what they were; what was sent or noted stays.
        """
        return Response(_run(undo_macro_run(by=self.access, run_id=run_id)))


def _given(request: Request) -> dict[str, Any]:
    body = MacroBody(data=request.data)
    body.is_valid(raise_exception=True)
    given = dict(body.validated_data)
    given["steps"] = [
        {**step, "reply_id": str(step["reply_id"])} if step.get("reply_id") else dict(step) for step in given["steps"]
    ]
    return given


def _shape(row: Macro, access: Access) -> MacroShape:
    return MacroShape(
        id=str(row.pk),
        name=row.name,
        steps=row.steps,
        region_id=row.region_id if row.owner_id is None else None,
        mine=row.owner_id == access.user_id,
        editable=access.can("inbox.reply_conversation") and can_edit_prepared(access, row),
    )


def _look(look: Look) -> LookShape:
    told = look.refusal.as_json() if look.refusal is not None else None
    return LookShape(
        variables=look.variables,
        values=look.values,
        refusal=RefusedStepShape(**told) if told is not None else None,  # type: ignore[arg-type]
    )


def _run(row: MacroRun) -> MacroRunShape:
    kinds = undoable(row)
    latest = undo_until(row) if kinds and row.undone_at is None else None
    return MacroRunShape(id=str(row.pk), undoable=kinds, undo_until=latest)
