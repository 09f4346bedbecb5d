"""JSON in every form Meta's bytes may take, so that a handler which re-serialises before verifying fails."""

import json
import random
from typing import Any


def envelope(waba_id: str, changes: list[dict[str, Any]], *, time: int | None = None) -> dict[str, Any]:
    return whole([entry_of(waba_id, changes, time=time)])


def whole(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {"object": "whatsapp_business_account", "entry": entries}


def entry_of(waba_id: str, changes: list[dict[str, Any]], *, time: int | None = None) -> dict[str, Any]:
    return {"id": waba_id, **({} if time is None else {"time": time}), "changes": changes}


def change_of(value: dict[str, Any], field: str = "messages") -> dict[str, Any]:
    return {"value": value, "field": field}


def serialise(body: Any, chance: random.Random, *, varied: bool) -> bytes:
    """Varied: key order, spaces, `\\uXXXX` escapes or UTF-8, escaped slashes. Not varied: compact UTF-8."""
    if not varied:
        return _encode(body, spaced=False, escaped=False)
    text = _encode(_shuffled(body, chance), spaced=chance.random() < 0.5, escaped=chance.random() < 0.5)
    return text.replace(b"/", b"\\/") if chance.random() < 0.5 else text


def _encode(body: Any, *, spaced: bool, escaped: bool) -> bytes:
    separators = (", ", ": ") if spaced else (",", ":")
    try:
        return json.dumps(body, ensure_ascii=escaped, separators=separators).encode()
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8 form
        return json.dumps(body, ensure_ascii=True, separators=separators).encode()


def _shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: _shuffled(value[key], chance) for key in keys}
    if isinstance(value, list):
        return [_shuffled(item, chance) for item in value]
    return value
