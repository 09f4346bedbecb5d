"""Rules of every message type and the form in which accepted content is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import GraphError, not_found
from inbox.simulator.graph import template_content
from inbox.simulator.graph.cards import read_cards
from inbox.simulator.graph.interactive import check_interactive
from inbox.simulator.graph.media_rules import base_type, kinds
from inbox.simulator.graph.shape import Shape
from inbox.simulator.storage import media
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

MEDIA = ("image", "video", "audio", "document", "sticker")


def read_content(world: World, number: dict[str, Any], kind: str, body: dict[str, Any], **sent: bool) -> Any:
    """Check `body[kind]` and return what is stored for it; `sent` are the circumstances a template depends on.
    Raises GraphError."""
    level = world.behaviour["level"]
    if kind not in TYPES:
        raise GraphError(131009, f"Parameter type must be one of {', '.join(TYPES)}.")
    if body.get(kind) is None:
        raise GraphError(131008, f"Parameter {kind} is required.")
    if kind == "contacts":
        return read_cards(Shape(body, "", level))
    shape = Shape(body[kind], kind, level)
    if kind in MEDIA:
        return _media(world, number, kind, shape)
    if kind == "template":
        return template_content.read_template(world, number, shape, **sent)
    if kind == "interactive":
        return check_interactive(world, number, shape)
    return _PLAIN[kind](shape)


def _text(shape: Shape) -> dict[str, Any]:
    shape.only("body", "preview_url")
    return {"body": shape.text("body", limits()["send"]["text"]["body_max"]), "preview_url": shape.flag("preview_url")}


def _location(shape: Shape) -> dict[str, Any]:
    shape.only("latitude", "longitude", "name", "address")
    found: dict[str, Any] = {
        "latitude": shape.number("latitude", -90, 90), "longitude": shape.number("longitude", -180, 180),
    }  # fmt: skip
    for key in ("name", "address"):
        if shape.has(key):
            found[key] = shape.maybe_text(key, 1000)
    return found


def _reaction(shape: Shape) -> dict[str, Any]:
    shape.only("message_id", "emoji")
    emoji = shape.maybe_text("emoji", 30) or ""
    if emoji and (emoji.isascii() or any(sign.isspace() for sign in emoji)):
        raise shape.refuse("emoji", "must be one emoji")
    return {"message_id": shape.text("message_id", 512), "emoji": emoji}


def _media(world: World, number: dict[str, Any], kind: str, shape: Shape) -> dict[str, Any]:
    extra = {"image": ("caption",), "video": ("caption",), "document": ("caption", "filename"), "audio": ("voice",)}
    shape.only("id", "link", *extra.get(kind, ()))
    if shape.has("id") == shape.has("link"):
        raise GraphError(131008 if not shape.has("id") else 100, f"Parameter {kind} needs either id or link.")
    found: dict[str, Any] = {}
    if "caption" in extra.get(kind, ()) and shape.has("caption"):
        found["caption"] = shape.maybe_text("caption", limits()["send"]["caption_max"][kind])
    if shape.has("filename"):
        found["filename"] = shape.maybe_text("filename", 1000)
    if kind == "audio":
        found["voice"] = shape.flag("voice")
    if shape.has("link"):
        link = shape.text("link", 4096)
        if not link.startswith(("http://", "https://")):
            raise shape.refuse("link", "must be an http or https address")
        return {**found, "link": link}
    file = _uploaded(world, number, kind, str(shape.required("id")))
    if found.get("voice") and base_type(file["mime_type"]) != "audio/ogg":
        raise GraphError(131053, "A voice note must be OGG with Opus.")
    return {**found, **file}


def _uploaded(world: World, number: dict[str, Any], kind: str, media_id: str) -> dict[str, Any]:
    row = media.find(world.database, media_id)
    if row is None or row["number"] != number["phone_number_id"] or row["expires_at"] < world.clock.now():
        raise not_found(media_id)
    if base_type(row["mime_type"]) not in kinds()[kind]["mime"]:
        raise GraphError(131053, f"{row['mime_type']} cannot be sent as {kind}.")
    return {"id": media_id, "mime_type": row["mime_type"], "sha256": row["sha256"], "file_size": row["size"]}


_PLAIN: dict[str, Callable[[Shape], dict[str, Any]]] = {
    "text": _text, "location": _location, "reaction": _reaction,
}  # fmt: skip
TYPES = (*_PLAIN, *MEDIA, "interactive", "contacts", "template")
