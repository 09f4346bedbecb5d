"""What must hold of every answer, whoever asked for whatever."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from schemathesis import Case, Response
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from security.errors import Refusal
from security.models import ApiKey, PermissionUse
from tests.fuzz.two_regions import TwoRegions

load_all_checks()
# A wrong password, code or passkey is counted and logged, or uses its challenge up: that much stays of such a call.
_COUNTED = ("code_refused", "password_refused", "sign_in_failed", "sign_in_locked", "passkey_refused")
# How often permissions are used and refused: a refusal is counted too, whenever the process writes its counts down.
_COUNTS = PermissionUse
_CONFORMS: list[Any] = [status_code_conformance, content_type_conformance, response_schema_conformance]


def _kinds(of: type[Refusal]) -> Iterator[type[Refusal]]:
    yield of
    for kind in of.__subclasses__():
        yield from _kinds(kind)


def state() -> dict[str, int]:
    """A number per table that changes with any of its rows."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model is _COUNTS:
                continue
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT {_compared(model)} FROM {table}")
            found[model._meta.db_table] = hash(frozenset(map(_comparable, cursor.fetchall())))
    return found


def _compared(model: Any) -> str:
    """All columns, but when a key was used last: by a refused call too."""
    names = [field.column for field in model._meta.concrete_fields if not field.name.startswith("last_used")]
    return ", ".join(map(connection.ops.quote_name, names)) if model is ApiKey else "*"


def left_all_as_it_was(answer: Response, before: dict[str, int]) -> None:
    """A refused call is as if it had not been made; any other may have changed what it likes."""
    if answer.status_code < 400:
        return
    refusal(answer)
    if json.loads(answer.content)["code"] not in _COUNTED:
        assert state() == before, "a refused call changed something"


def _comparable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(bytes(value) if isinstance(value, memoryview) else repr(value) for value in row)


def sound(answer: Response, case: Case | None = None) -> None:
    """No fault of ours; a refusal is shaped as such; anything else is what the schema says."""
    said = answer.content[:2000]
    assert answer.status_code < 500, f"{answer.status_code}: {said!r}"
    if answer.status_code >= 400:
        refusal(answer)
    if case is not None:
        case.validate_response(answer, checks=_CONFORMS)


def refusal(answer: Response) -> None:
    assert answer.headers["content-type"][0].startswith("application/json"), answer.headers
    body = json.loads(answer.content)
    assert set(body) == {"code", "message", "field", "remedy"}, body
    assert body["code"] and isinstance(body["code"], str) and body["message"] and isinstance(body["message"], str)
    assert all(body[name] is None or (body[name] and isinstance(body[name], str)) for name in ("field", "remedy")), body
    assert "Traceback" not in body["message"] and "Exception" not in body["message"]
    # What DRF's own validators say (`required`, `max_length` …) is about a value: 400.
    documented = {kind.code: kind.status for kind in _kinds(Refusal)}.get(body["code"], 400)
    assert answer.status_code == documented, (answer.status_code, body)


_OF_ALL_REGIONS = ("/api/v1/operations", "/api/v1/trainees")


def tells_nothing_of_europe(world: TwoRegions, answer: Response, *, level: str) -> None:
    """Admins read every line of the log (PM-8) and lead every trainee (PM-4), whatever the region: who did what to
    which id, and how somebody learns, not what customers said."""
    head = json.dumps(dict(answer.headers), ensure_ascii=False)
    body = answer.content.decode("utf-8", "replace")
    of_all = level == "admin" and any(place in str(answer.request.url) for place in _OF_ALL_REGIONS)
    for secret in world.of_customers if of_all else world.forbidden:
        assert secret not in body and secret not in head, f"{secret} was told by {_asked(answer)}: {body[:400]}"
    if not of_all and answer.content[:1] in (b"{", b"["):
        _names_no_number_of_europe(world, json.loads(answer.content))


def _names_no_number_of_europe(world: TwoRegions, part: Any) -> None:
    """Regions and people have small numbers: looked for where an answer names one."""
    if isinstance(part, list):
        for one in part:
            _names_no_number_of_europe(world, one)
    if not isinstance(part, dict):
        return
    europe = world.europe.region.pk
    assert part.get("region_id") != europe and europe not in (part.get("region_ids") or ()), part
    if isinstance(part.get("id"), int):
        hidden = [europe] if "code" in part else world.europe.ids["assignee"]
        assert part["id"] not in hidden, part
    for inner in part.values():
        _names_no_number_of_europe(world, inner)


def _asked(answer: Response) -> str:
    return f"{answer.request.method} {answer.request.url} {(answer.request.body or b'')[:300]!r}"
