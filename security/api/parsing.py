"""Reading bodies: what the database or the client could never be given back is refused at the door, and what is larger
than anything of ours is not read to its end."""

import json
import math
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, MultiPartParser

_DEEPEST = 50  # far beyond any body of ours, and within what every JSON writer on the way takes


class CarefulJSON(JSONParser):
    """JSON of at most ``DATA_UPLOAD_MAX_MEMORY_SIZE`` bytes, without lone surrogates, endless nesting, ``NaN`` and
    numbers that no double or 64-bit integer holds (``1e999`` is no constant, but becomes infinity all the same)."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        largest: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(largest + 1)
        if len(raw) > largest:
            raise RequestDataTooBig
        try:
            body = json.loads(raw.decode("utf-8"), parse_constant=_refuse, parse_float=_finite, parse_int=_whole)
            _refuse_deeper_than(_DEEPEST, body)
            json.dumps(body, ensure_ascii=False).encode("utf-8")  # a lone surrogate is JSON, but no text
        except (ValueError, RecursionError) as error:
            raise ParseError from error
        return body


class CarefulForm(MultiPartParser):
    """A form with a file: no larger than ``KEFU_LARGEST_FORM``, with few parts (Django's own bounds)."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        meta = parser_context["request"].META if parser_context else {}
        if int(meta.get("CONTENT_LENGTH") or 0) > settings.KEFU_LARGEST_FORM:
            raise RequestDataTooBig
        try:
            return super().parse(stream, media_type, parser_context)
        except (TooManyFieldsSent, TooManyFilesSent) as error:
            raise RequestDataTooBig from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _finite(spelled: str) -> float:
    number = float(spelled)
    if not math.isfinite(number):
        raise ValueError("a number beyond all measure")
    return number


def _whole(spelled: str) -> int:
    number = int(spelled)
    if not -(2**63) <= number < 2**63:
        raise ValueError("a number beyond 64 bits")
    return number


def _refuse_deeper_than(most: int, value: Any) -> None:
    level = [value]
    for _ in range(most):
        lists = [part for part in level if isinstance(part, list)]
        objects = [part.values() for part in level if isinstance(part, dict)]
        level = [inner for parts in (*lists, *objects) for inner in parts]
        if not level:
            return
    raise ValueError("nested beyond reason")
