"""`fields=`: which parts of a node the caller wants, nested with braces (Meta: field expansion)."""

from __future__ import annotations

from typing import Any

from inbox.simulator.errors import GraphError

Wanted = dict[str, "Wanted"]


def parse(text: str) -> Wanted:
    """`name,throughput{level}` → {"name": {}, "throughput": {"level": {}}}. Raises GraphError 2500."""
    found: Wanted = {}
    for part in split(text):
        name, brace, inner = part.partition("{")
        if brace and not inner.endswith("}"):
            raise GraphError(2500, message="(#2500) Syntax error: the braces of `fields` do not match.", status=400)
        # `.limit(5)` and the like change the amount, not the shape; what they ask is answered whole.
        found[name.split(".")[0].strip()] = parse(inner[:-1]) if brace else {}
    return found


def pick(node: dict[str, Any], asked: str | None, default: tuple[str, ...]) -> dict[str, Any]:
    """The asked fields of a node, else the default ones; `id` is always there. Raises GraphError 100."""
    wanted = parse(asked) if asked else {name: {} for name in default}
    picked = {name: _part(name, node, inner) for name, inner in wanted.items() if name != "id"}
    return {**{name: value for name, value in picked.items() if value is not None}, "id": node["id"]}


def _part(name: str, node: dict[str, Any], inner: Wanted) -> Any:
    if name not in node:
        raise GraphError(100, message=f"(#100) Tried accessing nonexisting field ({name})")
    value = node[name]() if callable(node[name]) else node[name]
    if not inner:
        return value
    if isinstance(value, list):
        return [{key: _part(key, item, deeper) for key, deeper in inner.items()} for item in value]
    if not isinstance(value, dict):
        raise GraphError(100, message=f"(#100) Syntax error: the field {name} has no parts.")
    return {key: _part(key, value, deeper) for key, deeper in inner.items()}


def split(text: str) -> list[str]:
    """`a,b{c,d}` → [`a`, `b{c,d}`]; commas inside braces, brackets and parentheses do not part."""
    found, depth = [""], 0
    for sign in text:
        depth += {"{": 1, "}": -1, "(": 1, ")": -1, "[": 1, "]": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return [part.strip() for part in found if part.strip()]
