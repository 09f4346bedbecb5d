"""Service hours, holidays and promised times of my regions."""

from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_dataclasses.serializers import DataclassSerializer

from inbox.actions.sla import DayOff, Promise, Span, set_service
from inbox.models import Holiday, ServiceHours, SlaPolicy
from inbox.models.conversation import PRIORITIES
from security.access import Access
from security.api.base import KefuView
from security.api.bodies import Body
from security.api.lists import list_of
from security.models import Region

_NAMES = {number: name for name, number in PRIORITIES.items()}
_LONGEST_MINUTES, _LONGEST_HOURS = 43_200, 8_760


@dataclass(frozen=True)
class SpanShape:
    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True)
class DayOffShape:
    on: str
    name: str


@dataclass(frozen=True)
class PromiseShape:
    channel_id: str | None
    priority: str | None
    first_minutes: int | None
    next_minutes: int | None
    resolution_hours: int | None
    within_hours: bool


@dataclass(frozen=True)
class ServiceShape:
    region_id: int
    name: str
    time_zone: str
    hours: list[SpanShape]
    holidays: list[DayOffShape]
    promises: list[PromiseShape]


class ServiceSerializer(DataclassSerializer[ServiceShape]):
    class Meta:
        dataclass = ServiceShape
        ref_name = "Service"


class SpanBody(Body):
    weekday = serializers.IntegerField(min_value=0, max_value=6)
    opens = serializers.TimeField()
    closes = serializers.TimeField()


class DayOffBody(Body):
    on = serializers.DateField()
    name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")


class PromiseBody(Body):
    channel_id = serializers.UUIDField(allow_null=True)
    priority = serializers.ChoiceField(choices=tuple(PRIORITIES), allow_null=True)
    first_minutes = serializers.IntegerField(allow_null=True, min_value=1, max_value=_LONGEST_MINUTES)
    next_minutes = serializers.IntegerField(allow_null=True, min_value=1, max_value=_LONGEST_MINUTES)
    resolution_hours = serializers.IntegerField(allow_null=True, min_value=1, max_value=_LONGEST_HOURS)
    within_hours = serializers.BooleanField(required=False, default=True)


class ServiceBody(Body):
    hours = serializers.ListField(child=SpanBody(), max_length=100)
    holidays = serializers.ListField(child=DayOffBody(), max_length=400)
    promises = serializers.ListField(child=PromiseBody(), max_length=100)


class ServicesView(KefuView):
    """What my regions promise."""

    needs = {"GET": "inbox.manage_service"}

    @extend_schema(responses=list_of(ServiceSerializer))
    def get(self, request: Request) -> Response:
        """List service hours and promised times

        Of each of my regions: weekly hours, holidays, and how soon customers are promised an answer.
        """
        regions = Region.objects.filter(pk__in=self.access.region_ids)
        return Response({"results": [_shape(region, self.access) for region in regions], "next": None})


class ServiceView(KefuView):
    """What one of my regions promises."""

    needs = {"PUT": "inbox.manage_service"}

    @extend_schema(request=ServiceBody, responses=ServiceSerializer)
    def put(self, request: Request, region_id: int) -> Response:
        """Replace service hours and promised times

        All of a region at once. What is due in its open conversations is worked out anew.
        """
        body = ServiceBody(data=request.data)
        body.is_valid(raise_exception=True)
        asked: dict[str, Any] = body.validated_data
        set_service(
            by=self.access,
            region_id=region_id,
            hours=[Span(**one) for one in asked["hours"]],
            holidays=[DayOff(**one) for one in asked["holidays"]],
            promises=[Promise(**one) for one in asked["promises"]],
        )
        return Response(_shape(Region.objects.get(pk=region_id), self.access))


def _shape(region: Region, access: Access) -> ServiceShape:
    hours = ServiceHours.objects.visible_to(access).filter(region=region).order_by("weekday", "opens")
    holidays = Holiday.objects.visible_to(access).filter(region=region).order_by("on")
    promises = SlaPolicy.objects.visible_to(access).filter(region=region).order_by("id")
    return ServiceShape(
        region_id=region.pk,
        name=region.name,
        time_zone=region.time_zone,
        hours=[SpanShape(one.weekday, f"{one.opens:%H:%M}", f"{one.closes:%H:%M}") for one in hours],
        holidays=[DayOffShape(one.on.isoformat(), one.name) for one in holidays],
        promises=[
            PromiseShape(
                channel_id=str(one.channel_id) if one.channel_id else None,
                priority=None if one.priority is None else _NAMES[one.priority],
                first_minutes=one.first_minutes,
                next_minutes=one.next_minutes,
                resolution_hours=one.resolution_hours,
                within_hours=one.within_hours,
            )
            for one in promises
        ],
    )
