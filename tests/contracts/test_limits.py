"""Nothing can be changed, and nobody can sign in, without being counted."""

from security.api.base import KefuView, Public
from security.checks import METHODS, api_views
from security.limits.table import EXPORTS, SIGN_INS, UPLOADS, WRITES
from tests.contracts.routes import CALLS

_CHANGES = ("POST", "PUT", "PATCH", "DELETE")
VIEWS = [(route, view) for route, view in api_views() if issubclass(view, KefuView)]


def test_every_route_that_changes_something_is_limited():
    free = {
        f"{method.upper()} {route}"
        for route, view in VIEWS
        for method in METHODS
        if method.upper() in _CHANGES and hasattr(view, method) and view.limit_of(method.upper()) is None
    }
    assert free == set() and len(CALLS) > len(VIEWS)


def test_what_strangers_may_send_is_counted_by_address():
    open_ones = [
        view.limit_of(method)
        for _route, view in VIEWS
        for method, need in view.needs.items()
        if isinstance(need, Public) and method in _CHANGES
    ]
    assert open_ones and all(limit is not None and limit.per_address for limit in open_ones)


def test_files_are_counted_as_files():
    named = {f"{method} {route}": view.limit_of(method) for route, view in VIEWS for method in view.needs}
    assert {call for call, limit in named.items() if limit is UPLOADS} >= {
        "POST api/v1/conversations/<uuid:conversation_id>/uploads",
        "POST api/v1/canned-replies/import",
    }
    exports = {call for call, limit in named.items() if limit is EXPORTS}
    assert exports >= {"POST api/v1/operations/export", "GET api/v1/canned-replies/export"}
    asked_after = {"GET api/v1/contact-exports/<uuid:export_id>"}  # whether it is ready
    left = {call.partition(" ")[2] for call in named if "export" in call and call not in asked_after}
    assert left <= {one.partition(" ")[2] for one in exports}
    assert named["POST api/v1/session"] is SIGN_INS and named["PATCH api/v1/me"] is WRITES
