"""Every operation of the OpenAPI document as a strategy of calls: sound, odd, and with ids that exist."""

import warnings
from typing import Any

import schemathesis
from drf_spectacular.generators import SchemaGenerator
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from security.api.paging import write_cursor
from tests.contracts.routes import CALLS
from tests.fuzz.odd_json import ODD, mutated
from tests.fuzz.two_regions import TwoRegions

warnings.filterwarnings("ignore", category=UserWarning, module="schemathesis")
SCHEMA = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
OPERATIONS: dict[str, Any] = {}
for found in SCHEMA.get_all_operations():
    operation: Any = found.ok()  # type: ignore[union-attr]  # a part that is no operation raises here
    OPERATIONS[operation.label] = operation
# Uploads are multipart: their parts are odd enough by themselves, and JSON is refused by its content type.
_BODIES = {
    "POST /api/v1/session": {"email": "ben@kefu.test", "password": "wrong"},
    "PATCH /api/v1/me": {"availability": "away", "language": "en", "time_zone": "Asia/Taipei"},
    "POST /api/v1/canned-replies": {"shortcut": "bye", "title": "Bye", "text": "Goodbye"},
    "PATCH /api/v1/contacts/{contact_id}": {"name": "Lin Mei", "language": "en"},
    "POST /api/v1/contacts/{contact_id}/notes": {"text": "Called back"},
    "POST /api/v1/conversations/{conversation_id}/assign": {"assignee": None},
    "POST /api/v1/channels/{channel_id}/pause": {"minutes": 30},
    "POST /api/v1/channels/{channel_id}/test": {"phone": "+886900000777"},
}
_SEND = "POST /api/v1/conversations/{conversation_id}/messages"
_SENDS: list[dict[str, Any]] = [
    {"type": "text", "text": "Yes", "client_ref": "1", "reply_to": None},
    {"type": "image", "text": "Look", "client_ref": "2", "upload": None},
    {"type": "reaction", "emoji": "👍", "client_ref": "3", "message": None},
    {"type": "location", "latitude": 25.03, "longitude": 121.5, "name": "n", "address": "a", "client_ref": "4"},
    {"type": "template", "client_ref": "5",
     "template": {"name": "hello", "language": "en", "text": "Hi",
                  "components": [{"type": "body", "parameters": [{"type": "text", "text": "Mei"}]}]}},
]  # fmt: skip


def _generated(label: str) -> st.SearchStrategy[Case]:
    operation = OPERATIONS[label]
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if not (list(operation.path_parameters) or list(operation.query) or list(operation.body)):
        return right
    return right | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


_GENERATED = {label: _generated(label) for label in OPERATIONS}


@st.composite
def calls(draw: st.DrawFn, world: TwoRegions, label: str | None = None) -> Case:
    """One call of the API, of one operation or of any."""
    label = label or draw(st.sampled_from(sorted(OPERATIONS)))
    case = draw(_GENERATED[label])
    bodies = _SENDS if label == _SEND else [_BODIES[label]] if label in _BODIES else []
    if bodies and draw(st.integers(0, 2)):
        body = _with_ids(draw, world, draw(st.sampled_from(bodies)))
        case.body, case.media_type = draw(st.just(body) | mutated(body)), "application/json"
    elif isinstance(case.body, dict) and case.media_type == "application/json":
        case.body = _with_ids(draw, world, case.body)
    for name in case.path_parameters or {}:
        if draw(st.integers(0, 4)):
            case.path_parameters[name] = str(draw(st.sampled_from(world.pool(name))))
    _ask(draw, world, case)
    return case


def _with_ids(draw: st.DrawFn, world: TwoRegions, body: dict[str, Any]) -> dict[str, Any]:
    """``body`` with ids of rows, ours and theirs, where it names any."""
    named = [name for name in ("assignee", "upload", "message", "reply_to") if name in body]
    return {**body, **{name: _told(draw(st.sampled_from(world.pool(name)))) for name in named}}


def _told(pk: Any) -> Any:
    return pk if isinstance(pk, int) else str(pk)


def _ask(draw: st.DrawFn, world: TwoRegions, case: Case) -> None:
    """Put ids and positions into the query where the operation takes any."""
    taken = {parameter.name for parameter in case.operation.query}
    query = dict(case.query or {})
    for name in sorted(taken & {"channel", "contact", "region"}):
        if draw(st.integers(0, 3)) == 0:
            query[name] = str(draw(st.sampled_from(world.pool(name))))
    if "cursor" in taken and draw(st.booleans()):
        query["cursor"] = draw(cursors(world))
    case.query = query


def cursors(world: TwoRegions) -> st.SearchStrategy[str]:
    ids = world.pool("conversation_id") + world.pool("contact_id") + world.pool("message_id")
    times = ["2999-01-01T00:00:00+00:00", "0001-01-01T00:00:00+00:00", "2026-02-30T00:00:00Z", "now", ""]
    right = st.builds(lambda at, pk: write_cursor([at, pk]), st.sampled_from(times), st.sampled_from(ids))
    return right | st.builds(lambda odd: write_cursor(odd if isinstance(odd, list) else [odd]), _PRINTABLE)


_PRINTABLE = ODD.filter(lambda odd: len(repr(odd)) < 2000)
assert len(OPERATIONS) >= len(CALLS) - 2, "all but the two routes of the document itself"
