"""The live stream's event types: ``static/src/api/events.ts`` for the compiler, ``docs/events.md`` for people."""

import dataclasses
import types
import typing
from datetime import datetime
from typing import Any

from security.streams import Event, kinds

HEADER = "// Generated from the server's event types by `manage.py generate`. Do not edit.\n"


def make() -> dict[str, str]:
    events = dict(sorted(kinds().items()))
    return {"static/src/api/events.ts": _typescript(events), "docs/events.md": _page(events)}


def _typescript(events: dict[str, type[Event]]) -> str:
    shapes: dict[str, str] = {}
    lines = []
    for kind, event in events.items():
        lines.append(f'  "{kind}": {_named(event.payload_shape, shapes)};')
        if event.left_shape:
            lines.append(f'  "{event.audience}.left": {_named(event.left_shape, shapes)};')
    bodies = "\n".join(shapes[name] for name in sorted(shapes))
    table = "\n".join(lines)
    return (
        f"{HEADER}\n{bodies}\n/** What each kind of event carries. */\nexport interface EventPayloads {{\n{table}\n}}\n"
    )


def _named(shape: type | None, shapes: dict[str, str]) -> str:
    if shape is None:
        return "Record<string, never>"
    name = shape.__name__.removesuffix("Shape")
    if name not in shapes:
        shapes[name] = ""  # reserves the place: shapes may refer to each other
        hints = typing.get_type_hints(shape)
        fields = "\n".join(f"  {f.name}: {_spelled(hints[f.name], shapes)};" for f in dataclasses.fields(shape))
        shapes[name] = f"export interface {name} {{\n{fields}\n}}\n"
    return name


def _spelled(hint: Any, shapes: dict[str, str]) -> str:
    plain = {str: "string", int: "number", float: "number", bool: "boolean", datetime: "string", type(None): "null"}
    if hint in plain:
        return plain[hint]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(_spelled(part, shapes) for part in inner)
    if origin is list:
        return f"{_spelled(inner[0], shapes)}[]"
    if origin is dict:
        return f"Record<string, {_spelled(inner[1], shapes)}>"
    return _named(hint, shapes) if isinstance(hint, type) and dataclasses.is_dataclass(hint) else "unknown"


def _page(events: dict[str, type[Event]]) -> str:
    rows = []
    for kind, event in events.items():
        words = " ".join((event.__doc__ or "").split())
        payload = event.payload_shape.__name__.removesuffix("Shape") if event.payload_shape else "–"
        rows.append(f"| `{kind}` | {event.audience} | {payload} | {words} |")
    table = "\n".join(rows)
    return (
        "# Live events\n\n"
        "Generated from the code by `manage.py generate`. The protocol is in [live-stream.md](live-stream.md). "
        "Whoever stops seeing an object hears `<audience>.left` with its id and nothing else.\n\n"
        f"| kind | heard by | payload | meaning |\n|---|---|---|---|\n{table}\n"
    )
