"""JSON as nobody would write it: odd texts, huge numbers, endless nesting, the wrong type in every place."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from security.ids import new_id

ODD_TEXTS = st.sampled_from(
    ["", " ", "\x00", "\ud800", "\udfff\ud83d", "‮abc", "مرحبا بك", "e" + "\u0301" * 200, "👩‍👩‍👧‍👦",
     "𠮷野家", "\ufeffx", "\r\nX: y",
     "'; DROP TABLE", "../../etc/passwd", "{{7*7}}", "%s%n%00", "NaN", "null", "-1", "1e999", "a" * 5000, str(new_id())]
)  # fmt: skip
TEXT = ODD_TEXTS | st.text(st.characters(codec=None), max_size=20)
NUMBERS = st.sampled_from([0, -1, 1.5, 2**31, 2**53, 2**63, -(2**64), 10**30, 10**400, 1e308, -0.0, 5e-324])
ODD_NUMBERS = NUMBERS | st.integers() | st.floats()
JSON = st.recursive(
    st.none() | st.booleans() | ODD_NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def _nested(depth: int, inside: Any, name: str) -> Any:
    for _ in range(depth):
        inside = {name: inside} if name else [inside]
    return inside


# What lies deeper cannot even be printed by the tools that search: it stands as a word, and `spelled` writes it out.
DEEPER = {f"nested {depth} deep": b"[" * depth + b"]" * depth for depth in (400, 700, 900)}
DEEP = st.builds(_nested, st.sampled_from([40, 60, 150]), st.just(1), st.sampled_from(["", "a", "body"]))
DEEP |= st.sampled_from(sorted(DEEPER))


def spelled(document: Any) -> bytes:
    """JSON as bytes, with lone surrogates as escapes."""
    raw = json.dumps(document).encode()
    for word, written in DEEPER.items():
        raw = raw.replace(f'"{word}"'.encode(), written)
    return raw


ODD = JSON | DEEP


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every part inside ``value``."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield (*path, key)
        yield from places(part, (*path, key))


def replaced(whole: Any, path: tuple[Any, ...], by: Any) -> Any:
    changed = copy.deepcopy(whole)
    inside = changed
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = by
    return changed


@st.composite
def mutated(draw: st.DrawFn, sound: Any, by: st.SearchStrategy[Any] = ODD) -> Any:
    """``sound`` with one to three of its parts replaced by anything."""
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(sound))
        if not found:
            break
        sound = replaced(sound, draw(st.sampled_from(found)), draw(by))
    return sound
