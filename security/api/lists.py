"""The one shape of every list: ``{"results": […], "next": cursor or null}``."""

from functools import cache

from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers


@cache
def list_of(row: type[serializers.BaseSerializer]) -> serializers.Serializer:
    """A list response of ``row`` for the OpenAPI document."""
    name = row.Meta.ref_name  # type: ignore[attr-defined]
    return inline_serializer(f"{name}List", {"results": row(many=True), "next": serializers.CharField(allow_null=True)})


def paged(*more: OpenApiParameter) -> list[OpenApiParameter]:
    """The query parameters every cursor page takes, plus ``more``."""
    return [
        OpenApiParameter("cursor", str, description="`next` of the page before"),
        OpenApiParameter("limit", int, description="1 to 100, usually 50"),
        *more,
    ]
