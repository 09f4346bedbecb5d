"""Content of tomorrow: what Meta may send before anybody documented it. A business must take it, show it, and go on."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from inbox.simulator.errors import BadRequest
from inbox.simulator.webhooks.catalogue.scene import Change

Value = dict[str, Any]
_LISTS = ("contacts", "messages", "statuses", "errors", "calls", "groups", "message_echoes", "history")
_KEPT_TEXT = {"id", "phone_number_id", "messaging_product", "type", "status", "event", "field"}


def new_field(change: Change) -> Change:
    return Change("field_of_tomorrow", change.value)


def new_type(change: Change) -> Change:
    """A message type nobody knows, with an object of its own."""
    value = copy.deepcopy(change.value)
    for message in value.get("messages", []):
        message[message["type"] + "_before"] = message.pop(message["type"], None)
        message.update(type="hologram", hologram={"id": "900000000000001", "depth": 3})
    return Change(change.field, value)


def new_status(change: Change) -> Change:
    value = copy.deepcopy(change.value)
    for status in value.get("statuses", []):
        status["status"] = "admired"
    return Change(change.field, value)


def extra_keys(change: Change) -> Change:
    """On every level something that was not there yesterday."""
    return Change(change.field, _everywhere(change.value, lambda part: {**part, "added_later": {"by": "Meta"}}))


def null_values(change: Change) -> Change:
    """Beside what is known, keys which are there and empty."""
    empty = {"from_logical_id": None, "caption": None, "context": None, "referral": None, "profile_picture": None}
    return Change(change.field, _everywhere(change.value, lambda part: {**empty, **part}))


def integers_for_strings(change: Change) -> Change:
    """Where digits stood as text stands a number: timestamps, codes, phone numbers."""
    return Change(change.field, _as_integers(change.value))


def empty_arrays(change: Change) -> Change:
    """Arrays which are left out today are there, and empty."""
    return Change(change.field, {**{name: [] for name in _LISTS}, **change.value})


def no_contacts(change: Change) -> Change:
    return Change(change.field, {key: part for key, part in change.value.items() if key != "contacts"})


KINDS: dict[str, Callable[[Change], Change]] = {
    "new_field": new_field, "new_type": new_type, "new_status": new_status, "extra_keys": extra_keys,
    "null_values": null_values, "integers_for_strings": integers_for_strings, "empty_arrays": empty_arrays,
    "no_contacts": no_contacts,
}  # fmt: skip


def made_strange(change: Change, kinds: list[str]) -> Change:
    """Apply several, in the order given. Raises BadRequest."""
    for kind in kinds:
        if kind not in KINDS:
            raise BadRequest(f"strange takes {', '.join(KINDS)}.", field="strange")
        odd = KINDS[kind](change)
        change = Change(odd.field, odd.value, change.timed)
    return change


def _everywhere(value: Any, deed: Callable[[Value], Value]) -> Any:
    if isinstance(value, dict):
        return deed({key: _everywhere(part, deed) for key, part in value.items()})
    if isinstance(value, list):
        return [_everywhere(part, deed) for part in value]
    return value


def _as_integers(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _as_integers(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_as_integers(part, key) for part in value]
    numeric = isinstance(value, str) and value.isdigit() and len(value) < 16 and key not in _KEPT_TEXT
    return int(value) if numeric else value
