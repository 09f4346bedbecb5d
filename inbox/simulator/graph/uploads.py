"""Resumable uploads: template samples and profile pictures become handles, never media ids (Meta)."""

from __future__ import annotations

import base64
from typing import Any

from starlette.responses import JSONResponse, Response

from inbox.simulator.accounts.health import APP_ID
from inbox.simulator.errors import GraphError, not_found
from inbox.simulator.graph.protocol import Call
from inbox.simulator.storage import records

_TYPES = ("image/jpeg", "image/png", "image/jpg", "video/mp4", "application/pdf")


async def post_session(call: Call) -> Response:
    """Begin: file_name, file_length and file_type as query or body; the answer's id is the session."""
    call.access  # noqa: B018  the token is checked even though any app may upload
    if call.request.path_params["object_id"] != APP_ID:
        raise not_found(call.request.path_params["object_id"])
    given: dict[str, Any] = dict(call.request.query_params)
    if await call.request.body():
        given |= await call.body()
    if given.get("file_type") not in _TYPES:
        raise GraphError(100, f"Parameter file_type must be one of {', '.join(_TYPES)}.")
    try:
        length = int(given.get("file_length") or 0)
    except ValueError as error:
        raise GraphError(100, "Parameter file_length must be a whole number.") from error
    if not 0 < length <= 100 * 1024 * 1024:
        raise GraphError(100, "Parameter file_length must be between 1 byte and 100 MB.")
    session = call.world.chance.letters(32)
    detail = {"length": length, "type": given["file_type"], "got": 0}
    records.write(call.world.database, "upload", session, detail)
    return JSONResponse({"id": f"upload:{session}"})


async def post_bytes(call: Call) -> Response:
    """Bytes from `file_offset` on; a complete file is answered with its handle."""
    session, found = _session(call)
    data = await call.request.body()
    try:
        offset = int(call.request.headers.get("file_offset", "0"))
    except ValueError as error:
        raise GraphError(100, "Header file_offset must be a whole number.") from error
    if offset != found["got"] or offset + len(data) > found["length"]:
        raise GraphError(100, f"The upload continues at offset {found['got']}.")
    found["got"] += len(data)
    records.write(call.world.database, "upload", session, found)
    if found["got"] < found["length"]:
        return JSONResponse({"id": f"upload:{session}", "file_offset": found["got"]})
    kind = base64.b64encode(found["type"].encode()).decode()
    return JSONResponse({"h": f"4::{kind}:{session}:e:{int(call.world.clock.now())}:{APP_ID}"})


async def get_session(call: Call) -> Response:
    session, found = _session(call)
    return JSONResponse({"id": f"upload:{session}", "file_offset": found["got"]})


def _session(call: Call) -> tuple[str, dict[str, Any]]:
    call.access  # noqa: B018
    session = call.request.path_params["session"]
    found = records.read(call.world.database, "upload", session)
    if not found:
        raise not_found(f"upload:{session}")
    return session, found
