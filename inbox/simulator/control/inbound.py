"""`POST customers/{id}/messages`: a customer sends anything a customer can send."""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from inbox.simulator.acting import writing
from inbox.simulator.control.protocol import customer_of, json_body, number_of
from inbox.simulator.errors import BadRequest
from inbox.simulator.messaging.views import message_view
from inbox.simulator.world import World


async def post_message(world: World, request: Request) -> Any:
    """Fields: number, type and those of the type; reply_to, forwarded, frequently_forwarded, ad or referral,
    referred_product, group_id, at; `announce` false keeps the webhook back. Media bytes: multipart `file` (fields in
    `message` or as form fields), base64 `data`, or a drawn `sample`. Returns the message."""
    customer = customer_of(world, request.path_params["customer"])
    body = await _read(request)
    number = number_of(world, body.get("number"))
    return message_view(world, writing.write(world, customer, number, body))


async def _read(request: Request) -> dict[str, Any]:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await json_body(request)
    form = await request.form(max_files=1)
    try:
        body: dict[str, Any] = json.loads(str(form.get("message") or "{}"))
    except ValueError as error:
        raise BadRequest("The field message must be JSON.", field="message") from error
    body.update({name: value for name, value in form.items() if isinstance(value, str) and name != "message"})
    file = form.get("file")
    if isinstance(file, UploadFile):
        body["bytes"] = await file.read()
        body.setdefault("mime_type", file.content_type or "application/octet-stream")
        body.setdefault("filename", file.filename or "")
    return body
