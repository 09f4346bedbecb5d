"""One's own API keys (SE-6). Making, rotating and revoking need a fresh code of the second factor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from security.access import Access
from security.actions.api_keys import MAKE, make_key, revoke_own_key, rotate_key
from security.api.base import SIGNED_IN, KefuView
from security.api.bodies import Body
from security.api.shapes import RegionShape
from security.errors import require
from security.levels import public_name
from security.models import ApiKey, KeyPolicy, Region

_ID_MAX = 2**31 - 1


@dataclass(frozen=True)
class ApiKeyShape:
    """``begins``: what the secret begins with, to tell keys apart. ``permissions`` and ``regions`` are what the key was
    given; ``lost``: those of its permissions that its owner does not have any more. ``state``: ``running``,
    ``overlapping`` (it has a successor), ``ended`` or ``revoked``. ``last_used_country``:
    ISO 3166-1, empty where it is not known."""

    id: str
    name: str
    begins: str
    permissions: list[str]
    lost: list[str]
    regions: list[RegionShape]
    addresses: list[str]
    state: str
    made_at: datetime
    ends_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    last_used_ip: str
    last_used_country: str


@dataclass(frozen=True)
class NewKeyShape:
    """``secret`` is told this once."""

    secret: str
    key: ApiKeyShape


@dataclass(frozen=True)
class ApiKeysShape:
    """Newest first. ``longest_days``: how long a new one may live; ``overlap_days``: how long a rotated one goes on;
    ``calls_per_second`` and ``burst`` are the pace of each."""

    results: list[ApiKeyShape]
    longest_days: int
    overlap_days: int
    calls_per_second: int
    burst: int


class ApiKeysSerializer(DataclassSerializer[ApiKeysShape]):
    class Meta:
        dataclass = ApiKeysShape
        ref_name = "ApiKeys"


class NewKeySerializer(DataclassSerializer[NewKeyShape]):
    class Meta:
        dataclass = NewKeyShape
        ref_name = "NewApiKey"


class NewKeyBody(Body):
    name = serializers.CharField(max_length=80)
    permissions = serializers.ListField(child=serializers.CharField(max_length=80), max_length=200)
    regions = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=_ID_MAX), max_length=200)
    addresses = serializers.ListField(child=serializers.CharField(max_length=60), max_length=50, required=False)
    days = serializers.IntegerField(min_value=1, max_value=_ID_MAX)


class ApiKeysView(KefuView):
    """My keys for programs."""

    needs = {"GET": SIGNED_IN, "POST": MAKE}  # whoever may make none any more still sees those that work
    uncounted = frozenset({"GET"})

    @extend_schema(responses=ApiKeysSerializer)
    def get(self, request: Request) -> Response:
        """List my API keys

        Also those that ended lately. The secret is never told again.
        """
        require(not self.access.key_name)
        policy = KeyPolicy.current()
        rows = ApiKey.objects.filter(user_id=self.access.user_id).select_related("successor")
        rows = rows.order_by("-created", "digest")
        told = ApiKeysShape(
            results=_shapes(rows, self.access),
            longest_days=policy.key_days,
            overlap_days=policy.overlap_days,
            calls_per_second=policy.calls_per_second,
            burst=policy.burst,
        )
        return Response(told)

    @extend_schema(request=NewKeyBody, responses={201: NewKeySerializer})
    def post(self, request: Request) -> Response:
        """Make an API key

        With some of my own permissions and regions, and on wish for some addresses only. It never does more than I may
        do at the time of a call. `secret` is told this once.
        """
        body = NewKeyBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = dict(body.validated_data)
        row, secret = make_key(by=self.access, region_ids=given.pop("regions"), **given)
        return Response(_new(row, secret, self.access), status=201)


class ApiKeyView(KefuView):
    """One key."""

    needs = {"DELETE": SIGNED_IN}

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, key_id: UUID) -> Response:
        """Revoke an API key

        The next call with it is refused.
        """
        revoke_own_key(by=self.access, key_id=key_id)
        return Response(status=204)


class RotateKeyView(KefuView):
    needs = {"POST": MAKE}

    @extend_schema(request=None, responses={201: NewKeySerializer})
    def post(self, request: Request, key_id: UUID) -> Response:
        """Rotate an API key

        Makes a successor with the same limits. The old key goes on for the days of the policy, so that programs can be
        changed over one by one.
        """
        row, secret = rotate_key(by=self.access, key_id=key_id)
        return Response(_new(row, secret, self.access), status=201)


def _new(row: ApiKey, secret: str, access: Access) -> NewKeyShape:
    return NewKeyShape(secret=secret, key=_shapes([row], access)[0])


def _shapes(rows: Iterable[ApiKey], access: Access) -> list[ApiKeyShape]:
    now = timezone.now()
    regions = {region.pk: RegionShape.of(region) for region in Region.objects.filter(pk__in=access.region_ids)}
    return [_shape(row, access, regions, now) for row in rows]


def _shape(row: ApiKey, access: Access, regions: Mapping[int, RegionShape], now: datetime) -> ApiKeyShape:
    given = access.permissions - {MAKE} if row.permissions is None else frozenset(row.permissions)
    where = regions if row.region_ids is None else [pk for pk in row.region_ids if pk in regions]
    return ApiKeyShape(
        id=str(row.public_id),
        name=row.name,
        begins=row.token_key,
        permissions=sorted(map(public_name, given)),
        lost=sorted(map(public_name, given - access.permissions)),
        regions=[regions[pk] for pk in where],
        addresses=row.addresses,
        state=_state(row, now),
        made_at=row.created,
        ends_at=row.expiry,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
        last_used_ip=row.last_used_ip,
        last_used_country=row.last_used_country,
    )


def _state(row: ApiKey, now: datetime) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.has_ended(now):
        return "ended"
    return "overlapping" if row.is_succeeded(now) else "running"
