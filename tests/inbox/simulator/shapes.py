"""Webhook bodies against schemas written by hand (`schemas/`), which know nothing of the code that makes them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

_HERE = Path(__file__).parent / "schemas"
_MESSAGE_LIKE = {"type": "object", "required": ["messaging_product", "metadata"]}


@cache
def _schema(field: str) -> Draft202012Validator:
    messages = yaml.safe_load((_HERE / "messages.yaml").read_text())
    if field == "messages":
        return Draft202012Validator(messages)
    others = yaml.safe_load((_HERE / "others.yaml").read_text())
    schema = {"type": "object", **others[field]}
    if schema.pop("metadata", False):
        head = {"metadata": messages["$defs"]["metadata"], "messaging_product": {"const": "whatsapp"}}
        schema = {"allOf": [_MESSAGE_LIKE, {"properties": head}, schema], "$defs": messages["$defs"]}
    return Draft202012Validator(schema)


def fields() -> set[str]:
    return {"messages", *yaml.safe_load((_HERE / "others.yaml").read_text())}


def is_message_like(field: str) -> bool:
    return field == "messages" or bool(yaml.safe_load((_HERE / "others.yaml").read_text())[field].get("metadata"))


def complaints(field: str, value: Any) -> list[str]:
    """Why a value is not what Meta would send; empty when it is."""
    return [f"{error.json_path}: {error.message[:200]}" for error in _schema(field).iter_errors(value)]


def complaints_about(body: dict[str, Any]) -> list[str]:
    """The same for a whole POST."""
    found = [] if body.get("object") == "whatsapp_business_account" else ["object"]
    for entry in body["entry"]:
        for change in entry["changes"]:
            if set(change) != {"value", "field"}:
                found.append(f"keys of a change: {sorted(change)}")
            if is_message_like(change["field"]) == ("time" in entry):
                found.append(f"{change['field']}: a time belongs to account fields only")
            found += complaints(change["field"], change["value"])
    return found
