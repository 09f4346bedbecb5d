"""Answers as Meta's published schema has them where its documents say otherwise; a client must bear with both.

Not found is 404 with code 803, quotas answer 429, a profile lies one level deeper, the size of a file is a text and its
digest base64.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from starlette.responses import JSONResponse, Response

_TOO_MANY = {4, 17, 80007, 130429}


def reshaped(response: Response, path: str) -> Response:
    """The same answer in the published shape; anything but JSON stays as it is."""
    if not isinstance(response, JSONResponse):
        return response
    body = json.loads(bytes(response.body))
    changed = _error(body["error"]) if "error" in body else _success(body, path)
    if changed is None:
        return response
    content, status = changed
    return JSONResponse(content, status or response.status_code)


def _error(error: dict[str, Any]) -> tuple[dict[str, Any], int | None] | None:
    if (error["code"], error.get("error_subcode")) == (100, 33):
        kept = {key: value for key, value in error.items() if key != "error_subcode"}
        return {"error": {**kept, "code": 803}}, 404
    return ({"error": error}, 429) if error["code"] in _TOO_MANY else None


def _success(body: Any, path: str) -> tuple[dict[str, Any], int | None] | None:
    if path.endswith("/whatsapp_business_profile") and body.get("data"):
        return {"data": [{"business_profile": row} for row in body["data"]]}, None
    if "file_size" in body and "sha256" in body:
        digest = base64.b64encode(bytes.fromhex(body["sha256"])).decode()
        return {**body, "file_size": str(body["file_size"]), "sha256": digest}, None
    return None
