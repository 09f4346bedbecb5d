"""What every Graph call shares: version, token, faults, error envelope, headers, the call log."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from inbox.simulator.accounts import quota
from inbox.simulator.errors import GraphError
from inbox.simulator.graph import published
from inbox.simulator.graph.access import Access, authorise
from inbox.simulator.storage import calls
from inbox.simulator.tables import limits
from inbox.simulator.world import World

log = logging.getLogger(__name__)
_LOGGED_AT_MOST = 20_000


class Call:
    """One Graph request: parsed once, then handed to its handler. `about` is the phone number id, once known."""

    def __init__(self, world: World, request: Request) -> None:
        self.world, self.request = world, request
        self.trace_id = world.chance.trace_id()
        self.about: str | None = None
        self.content: Any = None
        self.warnings: list[str] = []
        self.fault: str | None = None
        self.managing = False
        self._access: Access | None = None

    @property
    def access(self) -> Access:
        if self._access is None:
            self._access = authorise(self.world, self.request)
        return self._access

    def number(self) -> dict[str, Any]:
        self.about = self.request.path_params["object_id"]
        return self.access.number(self.about)

    def account(self) -> str:
        """The account whose quota this call uses: the one it names, else the token's first."""
        named = self.request.path_params.get("object_id")
        rows = self.access.numbers
        return str(next((row for row in rows if named in (row["waba_id"], row["phone_number_id"])), rows[0])["waba_id"])

    def manages(self) -> None:
        """Count this call against the hourly quota. Raises GraphError 80007 or 4."""
        account = self.account()
        self.managing = True
        quota.take(self.world, account)

    async def body(self) -> dict[str, Any]:
        """The body as an object: JSON, or a form whose values may be JSON (Meta takes both)."""
        raw = await self.request.body()
        kind = self.request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind == "application/json":
            try:
                self.content = json.loads(raw)
                if b"\\ud" in raw.lower():  # half of a pair is no text, and nothing could answer with it
                    json.dumps(self.content, ensure_ascii=False).encode()
            except ValueError as error:
                self.content = None
                raise GraphError(100, "The body is not valid JSON.") from error
        elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            form = await self.request.form()
            self.content = {name: _maybe_json(value) for name, value in form.items() if isinstance(value, str)}
        else:
            raise GraphError(100, "Content-Type must be application/json or a form.")
        if not isinstance(self.content, dict) or not self.content:
            raise GraphError(100, "The body must be an object and not empty.")
        return self.content

    def take_fault(self, *kinds: str) -> dict[str, Any] | None:
        fault = calls.take_fault(self.world.database, kinds)
        if fault:
            self.fault = fault["kind"]
        return fault


Handler = Callable[[Call], Awaitable[Response]]


def endpoint(handler: Handler, *, managed: bool = False) -> Callable[[Request], Awaitable[Response]]:
    """Wrap a handler: errors become Meta's envelope, every call is logged with its token redacted. A `managed` call
    counts against the account's hourly quota and its answer tells how much is used."""

    async def run(request: Request) -> Response:
        world: World = request.app.state.world
        started = time.perf_counter()
        world.reached_by_inbox(str(request.base_url))
        call = Call(world, request)
        version = None
        try:
            version = answering_version(request)
            if managed:
                call.manages()
            response = await handler(call)
        except GraphError as error:
            response = _refusal(call, error)
        except Exception:
            # A mistake of the simulator's own: said as such, and kept from cutting the connection.
            log.exception("The simulator stumbled over %s %s", request.method, request.url.path)
            response = _refusal(call, GraphError(1, "The simulator itself failed: see its log.", status=500))
        if world.behaviour["shape"] == "published":
            response = published.reshaped(response, request.url.path)
        if version is not None:
            response.headers["facebook-api-version"] = version
        if call.managing:
            response.headers.update(quota.headers(world, call.account()))
        response.headers["x-fb-trace-id"] = call.trace_id
        response.headers["x-fb-request-id"] = call.trace_id
        _log(call, response, (time.perf_counter() - started) * 1000)
        return response

    return run


def _refusal(call: Call, error: GraphError) -> Response:
    response = JSONResponse(error.body(call.trace_id), error.status)
    if error.status == 401:
        words = f'OAuth "Facebook Platform" "invalid_token" "{error.message[:80]}"'
        response.headers["www-authenticate"] = words
    return response


def answering_version(request: Request) -> str:
    """An expired version is answered by the oldest live one (Meta); without a version, by the current."""
    live = [row["version"] for row in limits()["meta"]["graph_versions"]["table"]]
    asked = request.path_params.get("version")
    if asked is None:
        return live[0]
    if asked in live:
        return asked
    major = int(re.sub(r"\D.*", "", asked[1:]))
    if major > int(live[0][1:].split(".")[0]):
        raise GraphError(2500, message=f"Unknown path components: /{asked}", status=400)
    return live[-1]


def faulty_response(fault: dict[str, Any]) -> Response:
    """An edge failure: a status with HTML, as gateways answer, or with Meta's envelope when `code` is given; with
    `retry_after`, in seconds, as a header."""
    headers = {"retry-after": str(fault["retry_after"])} if "retry_after" in fault else None
    if fault.get("code"):
        error = GraphError(fault["code"], fault.get("details"), status=fault.get("status"))
        return JSONResponse(error.body("A" + "0" * 22), error.status, headers)
    status = fault.get("status", 500)
    page = f"<!DOCTYPE html><html><body><h1>{status}</h1><p>Sorry, something went wrong.</p></body></html>"
    return HTMLResponse(page, status, headers)


class DroppedConnection(Response):
    """Ends the connection without an answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = scope.get("simulator.transport")
        if transport is None:  # unknown server: a truncated body is the nearest thing
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
            await send({"type": "http.response.body", "body": b"{", "more_body": False})
            return
        transport.abort()
        await asyncio.sleep(0.05)


def _maybe_json(value: str) -> Any:
    if value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _log(call: Call, response: Response, milliseconds: float) -> None:
    request, world = call.request, call.world
    query = {name: "[redacted]" if name == "access_token" else value for name, value in request.query_params.items()}
    answer = bytes(response.body)[:_LOGGED_AT_MOST] if response.media_type != "application/octet-stream" else b""
    detail: dict[str, Any] = {
        "token": "[redacted]" if "authorization" in request.headers else None, "query": query, "body": call.content,
        "answer": _maybe_json(answer.decode("utf-8", "replace")), "warnings": call.warnings, "fault": call.fault,
    }  # fmt: skip
    calls.record(world.database, {
        "at": world.clock.now(), "method": request.method, "path": request.url.path, "number": call.about,
        "status": 0 if isinstance(response, DroppedConnection) else response.status_code,
        "milliseconds": round(milliseconds, 2), "detail": detail,
    }, keep=int(world.behaviour["calls_kept"]))  # fmt: skip
