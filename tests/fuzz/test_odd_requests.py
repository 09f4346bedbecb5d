"""Requests that no schema describes: any bytes as a body, any header, any method, any address."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.routes import CALLS
from tests.fuzz.asking import signed_in, undone
from tests.fuzz.effort import search
from tests.fuzz.odd_json import JSON
from tests.fuzz.two_regions import TwoRegions
from tests.fuzz.verdicts import sound, state, tells_nothing_of_europe

ROUTES = sorted({call.route for call in CALLS} - {"api/v1/docs", "api/v1/schema"})
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"]
LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40).map(
    str.strip
)
TYPES = [
    "application/json",
    "application/json; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/x-www-form-urlencoded",
    "",
    ";",
    "application/json;;;=",
    "MULTIPART/form-data;boundary=",
]
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Accept": st.sampled_from(["application/xml", "", "*/*", "text/html;q=0", "application/json; indent=99", ","]),
        "Accept-Language": st.sampled_from(["", "zz", "zh-Hant", "de;q=x", "en" * 500]) | LATIN,
        "Authorization": st.sampled_from(["Api-Key", "Basic", "Api-Key é"]) | LATIN,
        "Cookie": st.sampled_from(["kefu_session=", "kefu_session=x; csrftoken=y", "=;="]) | LATIN,
        "X-CSRFToken": LATIN,
        "Range": st.sampled_from(["bytes=0-1", "bytes=-", "bytes=9-1", "bytes=99999999999-", "lines=1"]),
        "Content-Encoding": st.sampled_from(["gzip", "deflate", "x"]),
        "X-Forwarded-For": LATIN,
        "X-HTTP-Method-Override": st.sampled_from(METHODS),
        "If-None-Match": LATIN,
        "Referer": LATIN,
        "Origin": LATIN,
    },
)  # fmt: skip
FILE = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n'
    b"Content-Type: image/png\r\n\r\n%s\r\n--x--\r\n"
)
PARTS = st.builds(lambda name, content: FILE % (name, content), st.binary(max_size=30), st.binary(max_size=60))
BODIES = (
    st.binary(max_size=200)
    | PARTS
    | st.sampled_from([b"{}", b"[" * 3000, b'{"text":"\\ud800"}', b"\x1f\x8b", b'{"assignee":1e999}', b'{"a":1,"a":2}'])
)
QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["view", "cursor", "limit", "region", "channel", "contact", "q", "format", "lang", "next"]),
        st.sampled_from(["", "0", "-1", "any", "xml", "json", "api", "%00", "%ff", "1e3", "e30", "a" * 3000]) | LATIN,
    ),
    max_size=4,
)


@st.composite
def addresses(draw: st.DrawFn, world: TwoRegions) -> str:
    """A route with ids in its places, sometimes damaged."""
    path = "/" + draw(st.sampled_from(ROUTES))
    while "<" in path:
        start, end = path.index("<"), path.index(">")
        kind = path[start:end].partition(":")[2]
        path = path[:start] + str(draw(st.sampled_from(world.pool(kind)))) + path[end + 1 :]
    odd = draw(st.sampled_from(["", "", "", "/", "//", "/x", "%00", "%ff", "/../..", ".json", ";x", "%2F"]))
    return path + odd


def query_of(pairs: list[tuple[str, Any]]) -> str:
    return "&".join(f"{name}={value}" for name, value in pairs)


@pytest.mark.parametrize("level", ["observer", "agent", "admin"])
def test_whatever_is_sent_is_answered_or_refused(world: TwoRegions, level: str):
    who = signed_in(world.people[level], "session")
    before = state()

    @search(80, variant=level)
    @given(st.sampled_from(METHODS), addresses(world), QUERIES, HEADERS, st.sampled_from(TYPES), BODIES)
    def hold(method: str, path: str, query: Any, headers: Any, kind: str, body: bytes) -> None:
        with undone():
            answer = who.send(method, path, query_string=query_of(query), headers=headers, content_type=kind, data=body)
            if method == "HEAD" or answer.status_code in (204, 304, 416):
                assert answer.status_code < 500  # the server cuts the body of a HEAD off
            elif path.startswith("/api/"):
                sound(answer)
            tells_nothing_of_europe(world, answer, level=level)
            if answer.status_code >= 400:
                assert state() == before, "a refused request changed something"

    hold()


@pytest.mark.parametrize("level", ["agent", "admin"])
def test_any_json_in_any_place_of_a_body_is_answered_or_refused(world: TwoRegions, level: str):
    """Keys twice, numbers without end, texts no encoding takes: as bytes, because no client would write them."""
    who = signed_in(world.people[level], "key")
    before = state()

    @search(50, variant=level)
    @given(st.sampled_from(["POST", "PATCH"]), addresses(world), JSON, st.booleans())
    def hold(method: str, path: str, document: Any, twice: bool) -> None:
        raw = json.dumps(document)
        body = f'{{"text":{raw},"text":{raw},"type":"text","client_ref":{raw}}}' if twice else raw
        with undone():
            answer = who.send(method, path, data=body.encode("utf-8", "surrogatepass"), content_type="application/json")
            sound(answer)
            tells_nothing_of_europe(world, answer, level=level)
            if answer.status_code >= 400:
                assert state() == before

    hold()
