"""Byte ranges (RFC 9110): Safari plays no video or audio from a server that cannot answer them."""

import re

from django.http import HttpResponse

_ONE_RANGE = re.compile(r"\Abytes=([0-9]{0,18})-([0-9]{0,18})\Z")


def ranged(response: HttpResponse, header: str | None) -> HttpResponse:
    """Cut a whole 200 response down to the one range asked for; anything odd gets the whole (which is allowed)."""
    response["Accept-Ranges"] = "bytes"
    asked = _ONE_RANGE.match(header or "")
    if asked is None or asked.group(0) == "bytes=-":
        return response
    size = len(response.content)
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        response.status_code = 416
        response["Content-Range"] = f"bytes */{size}"
        response.content = b""
        return response
    response.status_code = 206
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.content = response.content[start : end + 1]
    return response
