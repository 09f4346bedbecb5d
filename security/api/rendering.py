"""Answers as JSON, straight from shapes.

The serializers describe the shapes to the OpenAPI document. They do not build answers: they make their fields anew for
every row, which took four fifths of a list's time.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

_encoder = JSONEncoder()


class ShapeRenderer(JSONRenderer):
    """Frozen dataclasses, times in UTC with a ``Z`` and everything that DRF's own renderer knows."""

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=_plain, option=orjson.OPT_UTC_Z)


def _plain(value: object) -> Any:
    return str(value) if isinstance(value, Promise) else _encoder.default(value)
