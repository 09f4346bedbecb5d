"""Uploading, looking up, downloading and deleting media."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.responses import JSONResponse, PlainTextResponse, Response

from inbox.simulator.accounts import incidents
from inbox.simulator.errors import GraphError, not_found
from inbox.simulator.graph.access import authorise
from inbox.simulator.graph.media_rules import check_upload
from inbox.simulator.graph.protocol import Call, faulty_response
from inbox.simulator.storage import media
from inbox.simulator.tables import limits
from inbox.simulator.webhooks import media_links


async def post_media(call: Call) -> Response:
    number = call.number()
    if fault := call.take_fault("media_status"):
        return faulty_response(fault)
    if not call.request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise GraphError(100, "Content-Type must be multipart/form-data.")
    try:
        form = await call.request.form(max_files=1, max_fields=10)
    except MultiPartException as error:
        raise GraphError(100, f"The form cannot be read: {error.message}") from error
    file = form.get("file")
    if form.get("messaging_product") != "whatsapp":
        raise GraphError(100, "Parameter messaging_product must be whatsapp.")
    if not isinstance(file, UploadFile):
        raise GraphError(100, "Parameter file is required.")
    data = await file.read()
    mime_type = file.content_type or str(form.get("type") or "")
    call.content = {"file": {"name": file.filename, "type": mime_type, "size": len(data)}}
    problem = check_upload(data, mime_type)
    row = media.add(
        call.world.database,
        media_id=call.world.chance.digits(16),
        number=number["phone_number_id"],
        mime_type=mime_type,
        data=data,
        name=file.filename,
        problem=problem,
        expires_at=call.world.clock.now() + limits()["media"]["upload_id_days"]["value"] * 86400,
    )
    return JSONResponse({"id": row["id"]})


def find_media(call: Call, media_id: str) -> dict[str, Any] | None:
    """The media if the token's numbers own it, it has not expired, and `phone_number_id` (if given) fits."""
    row = media.find(call.world.database, media_id)
    if row is None or not call.access.sees(row["number"]) or row["expires_at"] < call.world.clock.now():
        return None
    asked = call.request.query_params.get("phone_number_id")
    if asked is not None and asked != row["number"]:
        raise not_found(media_id)
    call.about = row["number"]
    return row


def get_media(call: Call, row: dict[str, Any]) -> Response:
    if fault := call.take_fault("media_status"):
        return faulty_response(fault)
    return JSONResponse({
        "messaging_product": "whatsapp", "url": media_links.new_link(call.world, row["id"]),
        "mime_type": row["mime_type"], "sha256": row["sha256"], "file_size": row["size"], "id": row["id"],
    })  # fmt: skip


def delete_media(call: Call, row: dict[str, Any]) -> Response:
    media.delete(call.world.database, row["id"])
    return JSONResponse({"success": True})


async def download(call: Call) -> Response:
    """Bytes of a link: 401 without the owner's token, 404 once the five minutes are over (Meta)."""
    if fault := call.take_fault("download_status", "media_status"):
        return faulty_response(fault)
    if incidents.media_host_is_down(call.world):
        return faulty_response({"kind": "incident", "status": 503})
    try:
        access = authorise(call.world, call.request)
    except GraphError:
        return PlainTextResponse("Unauthorized", 401)
    row = media.by_url(call.world.database, call.request.query_params.get("hash", ""), call.world.clock.now())
    if row is None or row["id"] != call.request.query_params.get("mid"):
        return PlainTextResponse("URL expired", 404)
    if not access.sees(row["number"]):
        return PlainTextResponse("Forbidden", 403)
    call.about = row["number"]
    data = media.read(call.world.database, row["id"])
    if call.take_fault("download_truncated"):
        data = data[: len(data) // 2]
    return Response(data, media_type="application/octet-stream",
                    headers={"content-type": row["mime_type"], "x-content-type-options": "nosniff"})  # fmt: skip
