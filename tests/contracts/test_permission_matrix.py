"""Route by route, level by level: who gets an answer. A route that nobody listed fails here."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from security.checks import METHODS, api_views
from security.levels import LEVEL_NAMES, rank
from tests.conftest import Cast
from tests.contracts.calls import ANYBODY, Call
from tests.contracts.routes import CALLS, by_area
from tests.worlds.asia import Asia, asia

FAYS_OWN = {
    "PUT canned-replies/<": 200,
    "DELETE canned-replies/<": 204,
    "POST canned-replies/<": 200,
    "PATCH scheduled-replies/<": 200,
    "POST scheduled-replies/<": 200,
    "PUT macros/<": 200,
    "DELETE macros/<": 204,
    "POST macros/<": 200,
    "POST conversations/<uuid:conversation_id>/macros/<": 200,
    "POST macro-runs/<": 200,
    "POST conversations/bulk/<": 200,
    "PUT saved-views/<": 200,
    "DELETE saved-views/<": 204,
}
# What Gil wrote is decided on by those who mentor him; an open review is for reviewers, progress for oneself and them.
NOT_THERE = {"agent": 404, "senior": 404}
NOT_BY_LEVEL_ALONE = {
    "PATCH held-replies/<": NOT_THERE | {"supervisor": 403, "admin": 403},
    "DELETE held-replies/<": NOT_THERE | {"supervisor": 403, "admin": 403},
    "POST held-replies/<": NOT_THERE,
    "GET qa-reviews/<": NOT_THERE | {"observer": 404},
    "POST qa-reviews/<uuid:review_id>/acknowledge": NOT_THERE | {"observer": 404},
    "GET people/<": {"observer": 403, "senior": 403},
    # Ben has the duty of data protection for an hour; an export is for whoever asked for it, who is Ana.
    "GET contacts/<uuid:contact_id>/exports": {"agent": 200},
    "GET contacts/<uuid:contact_id>/hold": {"agent": 200},
    "POST contacts/<uuid:contact_id>/hold": {"agent": 201},
    "DELETE contacts/<uuid:contact_id>/hold": {"agent": 204},
    "GET contact-exports/<": {"agent": 404},
    "GET erasures": {"agent": 200},
    # Dee's own.
    "DELETE api-keys/<": {"supervisor": 403},
    "POST api-keys/<": {"admin": 404},
    # It is nobody's, so an agent has nothing to hand over; Dee would hand it to herself.
    "POST conversations/<uuid:conversation_id>/handovers": {"agent": 403, "supervisor": 400},
}
AREAS = by_area(CALLS)
PEOPLE = {"observer": "eli", "agent": "ben", "senior": "fay", "supervisor": "dee", "admin": "ana"}


@pytest.fixture
def world(cast: Cast) -> Asia:
    return asia(cast)


def test_every_route_and_method_is_listed():
    served = {(method.upper(), route) for route, view in api_views() for method in METHODS if hasattr(view, method)}
    assert {(call.method, call.route) for call in CALLS} == served
    assert len(CALLS) == len(served), "a route is listed twice"


@pytest.mark.parametrize("area", AREAS)
def test_each_level_gets_what_it_may(world: Asia, area: str):
    wrong = {}
    for call in AREAS[area]:
        got = {level: status_of(call, world, world.cast.browser(PEOPLE[level])) for level in LEVEL_NAMES}
        if got != (expected := _expected_by_level(call)):
            wrong[f"{call}"] = {"got": got, "expected": expected}
    assert wrong == {}


@pytest.mark.parametrize("area", AREAS)
def test_a_stranger_gets_nothing_but_what_is_public(world: Asia, area: str):
    got = {f"{call}": status_of(call, world, Client()) for call in AREAS[area]}
    assert got == {f"{call}": call.ok if call.lowest == ANYBODY else 401 for call in AREAS[area]}


def _expected_by_level(call: Call) -> dict[str, int]:
    expected = {level: _expected(call, level) for level in LEVEL_NAMES}
    # What is Fay's own does not exist for the others.
    if own := next((ok for start, ok in FAYS_OWN.items() if f"{call}".startswith(start)), None):
        expected["senior"] = own
    if call.route == "api/v1/access-requests/<uuid:request_id>/withdraw":  # and the one request is Ben's
        expected["agent"] = 200
    for start, told in NOT_BY_LEVEL_ALONE.items():
        expected |= told if f"{call}".startswith(start) else {}
    return expected


def _expected(call: Call, level: str) -> int:
    return call.ok if call.lowest == ANYBODY or rank(level) >= rank(call.lowest) else 403


def status_of(call: Call, world: Asia, browser: Client) -> int:
    """The answer's status; whatever the call did is undone."""
    return int(answer_to(call, world, browser).status_code)


def answer_to(call: Call, world: Asia, browser: Client) -> Any:
    body = call.body(world) if call.body else None
    how = {} if call.multipart or body is None else {"content_type": "application/json"}
    with transaction.atomic():
        answer = getattr(browser, call.method.lower())(call.path(world), data=body, **how)
        transaction.set_rollback(True)
    return answer
