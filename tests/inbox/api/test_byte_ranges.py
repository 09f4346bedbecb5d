"""Players ask for parts of a file."""

import pytest
from django.http import HttpResponse

from inbox.api.ranges import ranged


@pytest.mark.parametrize(
    ("header", "status", "content", "content_range"),
    [
        (None, 200, b"0123456789", None),
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 416, b"", "bytes */10"),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_a_range_is_answered_with_just_that_part(
    header: str | None, status: int, content: bytes, content_range: str | None
) -> None:
    response = ranged(HttpResponse(b"0123456789"), header)
    assert (response.status_code, response.content) == (status, content)
    assert response.get("Content-Range") == content_range
    assert response["Accept-Ranges"] == "bytes"
