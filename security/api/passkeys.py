"""Passkeys: one's own, and signing in with them (WebAuthn, JSON as `PublicKeyCredential` gives and takes it)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security.actions.passkeys import (
    NAME_MAX,
    add_first_passkey,
    add_passkey,
    begin_first_passkey,
    begin_making,
    begin_showing,
    prove_passkey,
    remove_passkey,
    rename_passkey,
    show_passkey,
)
from security.api.base import SIGNED_IN, KefuView, Public
from security.api.bodies import Body
from security.api.factors import FreshSerializer, FreshShape, RecoverySerializer, RecoveryShape
from security.api.session import SessionSerializer, answer_of
from security.api.signing_in import MIDWAY, csrf_asked
from security.factors import note_given
from security.limits.table import CHALLENGES, STEPS
from security.models import Passkey


@dataclass(frozen=True)
class PasskeyShape:
    """``rp_id``: the host name it works under. ``backed_up``: it is kept in a cloud account as well."""

    id: UUID
    name: str
    rp_id: str
    backed_up: bool
    made_at: datetime
    last_used_at: datetime | None

    @classmethod
    def of(cls, row: Passkey) -> "PasskeyShape":
        return cls(
            id=row.pk,
            name=row.name,
            rp_id=row.rp_id,
            backed_up=row.backed_up,
            made_at=row.made_at,
            last_used_at=row.last_used_at,
        )


class PasskeySerializer(DataclassSerializer[PasskeyShape]):
    class Meta:
        dataclass = PasskeyShape
        ref_name = "Passkey"


class PasskeyOptionsSerializer(serializers.Serializer[None]):
    """``options``: for ``navigator.credentials``, as the browser's own ``parse…OptionsFromJSON`` reads them."""

    options = serializers.DictField()

    class Meta:
        ref_name = "PasskeyOptions"


class MakingBody(Body):
    password = serializers.CharField(max_length=256, trim_whitespace=False, required=False, allow_blank=True)


class MadeBody(Body):
    name = serializers.CharField(max_length=NAME_MAX)
    credential = serializers.DictField()


class ShownBody(Body):
    credential = serializers.DictField()


class ShownStepBody(ShownBody):
    """``trust``: this browser from now on, where it is the second factor after a password."""

    trust = serializers.BooleanField(default=False)


class PasskeyNameBody(Body):
    name = serializers.CharField(max_length=NAME_MAX)


class PasskeysView(KefuView):
    """One's own."""

    needs = {"GET": SIGNED_IN, "POST": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(responses=PasskeySerializer(many=True))
    def get(self, request: Request) -> Response:
        """My passkeys

        In the order they were made.
        """
        return Response([PasskeyShape.of(row) for row in Passkey.objects.filter(user_id=self.access.user_id)])

    @extend_schema(request=MadeBody, responses=RecoverySerializer)
    def post(self, request: Request) -> Response:
        """Keep a passkey

        The browser's answer to the options of `me/passkeys/options`. With the first factor come recovery codes.
        """
        body = MadeBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        codes = add_passkey(request._request, by=self.access, name=given["name"], answer=given["credential"])
        return Response(RecoveryShape(codes=codes))


class PasskeyMakingView(KefuView):
    needs = {"POST": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(request=MakingBody, responses=PasskeyOptionsSerializer)
    def post(self, request: Request) -> Response:
        """Begin to make a passkey

        With the password where it is the first factor, with a fresh factor where there is one.
        """
        body = MakingBody(data=request.data)
        body.is_valid(raise_exception=True)
        password = body.validated_data.get("password", "")
        return Response({"options": begin_making(request._request, by=self.access, password=password)})


class PasskeyView(KefuView):
    needs = {"PATCH": SIGNED_IN, "DELETE": SIGNED_IN}

    @extend_schema(request=PasskeyNameBody, responses=PasskeySerializer)
    def patch(self, request: Request, passkey_id: UUID) -> Response:
        """Rename a passkey

        To tell them apart.
        """
        body = PasskeyNameBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(PasskeyShape.of(rename_passkey(by=self.access, passkey_id=passkey_id, **body.validated_data)))

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, passkey_id: UUID) -> Response:
        """Remove a passkey

        Needs a fresh factor; never the only one of somebody who must have one.
        """
        remove_passkey(by=self.access, passkey_id=passkey_id)
        return Response(status=204)


class PasskeyShowingView(KefuView):
    needs = {"POST": Public("signing in with a passkey; whoever is signed in shows theirs for a deed")}
    limits = {"POST": CHALLENGES}

    @extend_schema(request=None, responses=PasskeyOptionsSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Begin to show a passkey

        Of whoever is signed in or signing in here; for a stranger, of anybody.
        """
        return Response({"options": begin_showing(request._request)})


class PasskeyStepView(KefuView):
    needs = {"POST": Public("signing in with a passkey")}
    limits = {"POST": STEPS}

    @extend_schema(request=ShownStepBody, responses=SessionSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Sign in: with a passkey

        After the password, or instead of it. An executive's is refused here (`executive_elsewhere`).
        """
        body = ShownStepBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        came = show_passkey(request._request, answer=given["credential"], trust=given["trust"])
        return Response(answer_of(request, came))


class PasskeyEnrolmentView(KefuView):
    needs = {"POST": MIDWAY}
    limits = {"POST": STEPS}

    @extend_schema(request=None, responses=PasskeyOptionsSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Sign in: begin to make a first passkey

        Where somebody must have a second factor and has none.
        """
        return Response({"options": begin_first_passkey(request._request)})


class PasskeyEnrolledView(KefuView):
    needs = {"POST": MIDWAY}
    limits = {"POST": STEPS}

    @extend_schema(request=MadeBody, responses=SessionSerializer)
    @csrf_asked
    def post(self, request: Request) -> Response:
        """Sign in: keep the first passkey

        Answers with the recovery codes besides, which are never shown again.
        """
        body = MadeBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        came = add_first_passkey(request._request, name=given["name"], answer=given["credential"])
        return Response(answer_of(request, came))


class PasskeyFreshView(KefuView):
    needs = {"POST": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(request=ShownBody, responses=FreshSerializer)
    def post(self, request: Request) -> Response:
        """Show a passkey for what needs a fresh factor

        As `POST session/factor` does with a code.
        """
        body = ShownBody(data=request.data)
        body.is_valid(raise_exception=True)
        prove_passkey(request._request, by=self.access, answer=body.validated_data["credential"])
        return Response(FreshShape(fresh_until=note_given(request._request)))
