"""The phone page with its files, and media as the page shows them. Everything under a strict content policy."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from inbox.simulator import pictures
from inbox.simulator.control.protocol import whole_number
from inbox.simulator.graph.media_rules import base_type
from inbox.simulator.storage import media
from inbox.simulator.world import World

_PHONE = Path(__file__).resolve().parent.parent / "phone"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# Shown by the browser itself; everything else is only offered for download.
_SHOWN = {"image/jpeg", "image/png", "image/webp", "image/gif", "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac",
          "audio/amr", "video/mp4", "video/3gpp"}  # fmt: skip


async def page(request: Request) -> Response:
    return _file("index.html")


async def phone_file(request: Request) -> Response:
    return _file(request.path_params["name"])


def _file(name: str) -> Response:
    known = {path.name: path for path in _PHONE.iterdir() if path.suffix in _TYPES}
    if name not in known:
        return PlainTextResponse("Not found", 404)
    headers = {
        "content-security-policy": _POLICY, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
        "cache-control": "no-cache",
    }  # fmt: skip
    return Response(known[name].read_bytes(), media_type=_TYPES[known[name].suffix], headers=headers)


async def media_file(world: World, request: Request) -> Response:
    """Bytes for the phone page only; the Graph surface has its own, guarded address."""
    row = media.find(world.database, request.path_params["media"])
    if row is None:
        return PlainTextResponse("Not found", 404)
    shown = base_type(row["mime_type"]) in _SHOWN
    headers = {
        "content-type": row["mime_type"] if shown else "application/octet-stream",
        "content-disposition": "inline" if shown else "attachment", "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox", "cache-control": "private, max-age=86400",
    }  # fmt: skip
    return Response(media.read(world.database, row["id"]), headers=headers)


async def sample_file(world: World, request: Request) -> Response:
    if request.path_params["name"] not in pictures.NAMES:
        return PlainTextResponse("Not found", 404)
    width = whole_number(request, "width", 1080, 1080) or 1080
    return Response(pictures.draw(request.path_params["name"], width), media_type="image/jpeg",
                    headers={"cache-control": "max-age=86400"})  # fmt: skip
