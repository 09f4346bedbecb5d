"""Parts which several interactive kinds share: header, body, link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inbox.simulator.graph.shape import Shape

Check = Callable[[Shape, dict[str, Any]], None]
_HEADERS = ("text", "image", "video", "document")


def check_header(header: Shape, most: int, *, text_only: bool) -> None:
    kind = header.choice("type", *(("text",) if text_only else _HEADERS))
    if kind == "text":
        header.text("text", most)
    elif not header.child(kind).has("id") and not header.child(kind).has("link"):
        raise header.refuse(kind, "needs an id or a link")


def body(shape: Shape, most: int) -> str:
    return shape.child("body").text("text", most)


def without(shape: Shape, *parts: str) -> None:
    for part in parts:
        if shape.has(part):
            raise shape.refuse(part, "is not allowed here")


def link(parameters: Shape, most: int) -> None:
    """display_text and url of a link button."""
    parameters.text("display_text", most)
    if not parameters.text("url", 2000).startswith(("http://", "https://")):
        raise parameters.refuse("url", "must begin with http:// or https://")
