"""One's own second factor, and the code that a sensitive deed asks for (SE-2, PM-9)."""

from dataclasses import dataclass
from datetime import datetime

import qrcode
from drf_spectacular.utils import extend_schema
from qrcode.image.svg import SvgPathImage
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security.access import Access
from security.actions.factors import (
    Enrolment,
    begin_enrolment,
    confirm_enrolment,
    prove_factor,
    remove_factor,
    renew_recovery_codes,
)
from security.api.base import SIGNED_IN, KefuView
from security.api.bodies import Body
from security.errors import NotAllowed, require
from security.factors import forget_given, fresh_for, in_force_since, must_have_factor, note_given
from security.models import RecoveryCode, TotpFactor


@dataclass(frozen=True)
class FactorShape:
    """One's own second factor. ``enrolled``: an authenticator app is. ``fresh_until``: no code is asked for before
    then. ``needed``: somebody of this level must have one."""

    enrolled: bool
    since: datetime | None
    last_used_at: datetime | None
    recovery_left: int
    fresh_until: datetime | None
    needed: bool


@dataclass(frozen=True)
class EnrolmentShape:
    """``qr``: an SVG of ``uri``."""

    secret: str
    uri: str
    qr: str


@dataclass(frozen=True)
class RecoveryShape:
    """Shown this once."""

    codes: list[str]


@dataclass(frozen=True)
class FreshShape:
    fresh_until: datetime


class FactorSerializer(DataclassSerializer[FactorShape]):
    class Meta:
        dataclass = FactorShape
        ref_name = "Factor"


class EnrolmentSerializer(DataclassSerializer[EnrolmentShape]):
    class Meta:
        dataclass = EnrolmentShape
        ref_name = "FactorEnrolment"


class RecoverySerializer(DataclassSerializer[RecoveryShape]):
    class Meta:
        dataclass = RecoveryShape
        ref_name = "RecoveryCodes"


class FreshSerializer(DataclassSerializer[FreshShape]):
    class Meta:
        dataclass = FreshShape
        ref_name = "FreshFactor"


class PasswordBody(Body):
    password = serializers.CharField(max_length=256, trim_whitespace=False)


class CodeBody(Body):
    code = serializers.CharField(max_length=32)


class OwnFactorView(KefuView):
    """One's own second factor; a key has none to do with it."""

    needs = {"GET": SIGNED_IN, "POST": SIGNED_IN, "DELETE": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(responses=FactorSerializer)
    def get(self, request: Request) -> Response:
        """My second factor

        Whether one is set up, and how many recovery codes are left.
        """
        return Response(_factor_of(self.access))

    @extend_schema(request=PasswordBody, responses={201: EnrolmentSerializer})
    def post(self, request: Request) -> Response:
        """Begin to set up a second factor

        Needs the password. The secret is shown this once, and in force once `confirm` got a code of it.
        """
        refuse_key(self.access)
        body = PasswordBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(enrolment_of(begin_enrolment(by=self.access, **body.validated_data)), status=201)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Remove my second factor

        Needs a fresh code (`POST session/factor`).
        """
        remove_factor(by=self.access)
        forget_given(request._request)
        return Response(status=204)


class ConfirmFactorView(KefuView):
    needs = {"POST": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(request=CodeBody, responses=RecoverySerializer)
    def post(self, request: Request) -> Response:
        """Put my second factor into force

        With a code that the app shows. Answers with the recovery codes, which are never shown again.
        """
        refuse_key(self.access)
        body = CodeBody(data=request.data)
        body.is_valid(raise_exception=True)
        codes = confirm_enrolment(by=self.access, code="".join(body.validated_data["code"].split()))
        note_given(request._request)
        return Response(RecoveryShape(codes=codes))


class RecoveryCodesView(KefuView):
    needs = {"POST": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(request=None, responses=RecoverySerializer)
    def post(self, request: Request) -> Response:
        """New recovery codes

        The old ones are void. Needs a fresh code.
        """
        return Response(RecoveryShape(codes=renew_recovery_codes(by=self.access)))


class SessionFactorView(KefuView):
    needs = {"POST": SIGNED_IN}
    helps_to_comply = True

    @extend_schema(request=CodeBody, responses=FreshSerializer)
    def post(self, request: Request) -> Response:
        """Give a code of my second factor

        Of the app, or a recovery code. For some minutes this session may then do what needs a fresh one.
        """
        refuse_key(self.access)
        body = CodeBody(data=request.data)
        body.is_valid(raise_exception=True)
        prove_factor(by=self.access, code=body.validated_data["code"])
        return Response(FreshShape(fresh_until=note_given(request._request)))


def refuse_key(access: Access) -> None:
    require(not access.key_name, NotAllowed)


def _factor_of(access: Access) -> FactorShape:
    app = TotpFactor.objects.filter(user_id=access.user_id, confirmed=True).first()
    since = in_force_since(access.user_id)
    given = access.factor_at if access.factor_at and since and access.factor_at >= since else None
    return FactorShape(
        enrolled=app is not None,
        since=app.confirmed_at if app else None,
        last_used_at=app.last_used_at if app else None,
        recovery_left=RecoveryCode.objects.filter(factor__user_id=access.user_id, used_at=None).count(),
        fresh_until=given + fresh_for() if given else None,
        needed=must_have_factor(access),
    )


def enrolment_of(begun: Enrolment) -> EnrolmentShape:
    return EnrolmentShape(secret=begun.secret, uri=begun.uri, qr=_qr(begun.uri))


def _qr(uri: str) -> str:
    return str(qrcode.make(uri, image_factory=SvgPathImage, border=2).to_string(encoding="unicode"))
