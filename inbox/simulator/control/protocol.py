"""What every control call shares: JSON in and out, errors, and a guard against other web pages."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from inbox.simulator.behaviour import UnknownSetting
from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import customers, numbers
from inbox.simulator.world import World

Handler = Callable[[World, Request], Awaitable[Any]]


class _Json(JSONResponse):
    """In ASCII: what customers write may hold halves of signs, which have no UTF-8 form."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()


def control(handler: Handler, status: int = 200) -> Callable[[Request], Awaitable[Response]]:
    """Wrap a handler which returns JSON data, a Response, or raises BadRequest."""

    async def run(request: Request) -> Response:
        world: World = request.app.state.world
        try:
            refuse_other_sites(request)
            world.reached_by_page(str(request.base_url))
            answer = await handler(world, request)
        except BadRequest as error:
            return JSONResponse({"code": "bad_request", "message": error.message, "field": error.field}, error.status)
        except UnknownSetting as error:
            return JSONResponse({"code": "bad_request", "message": str(error), "field": None}, 400)
        return answer if isinstance(answer, Response) else _Json(answer, status)

    return run


def refuse_other_sites(connection: HTTPConnection) -> None:
    """A page of another origin must not drive a simulator that happens to run on the visitor's machine."""
    origin = connection.headers.get("origin")
    if origin and urlsplit(origin).netloc != connection.headers.get("host"):
        raise BadRequest("Calls from other web pages are refused.", status=403)


async def json_body(request: Request) -> dict[str, Any]:
    """An object from a JSON body; an empty body is an empty object. The content type is required: it keeps plain
    forms of other sites out."""
    raw = await request.body()
    if not raw:
        return {}
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise BadRequest("Content-Type must be application/json.")
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise BadRequest("The body is not valid JSON.") from error
    if not isinstance(body, dict):
        raise BadRequest("The body must be an object.")
    return body


def customer_of(world: World, customer_id: str | None) -> dict[str, Any]:
    row = customers.find(world.database, customer_id)
    if row is None:
        raise BadRequest(f"There is no customer {customer_id}.", field="customer", status=404)
    return row


def number_of(world: World, phone_number_id: Any) -> dict[str, Any]:
    row = numbers.find(world.database, str(phone_number_id or ""))
    if row is None:
        raise BadRequest(f"There is no number {phone_number_id}.", field="number", status=404)
    return row


def whole_number(request: Request, name: str, default: int, most: int) -> int:
    try:
        value = int(request.query_params.get(name, default))
    except ValueError as error:
        raise BadRequest(f"{name} must be a whole number.", field=name) from error
    return max(0, min(value, most))
