"""Messages as the phone page and the control plane show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.clock import iso
from inbox.simulator.storage import messages

if TYPE_CHECKING:
    from inbox.simulator.world import World

_ON_PHONE = {"delivered", "read", "played"}


def message_view(world: World, message: dict[str, Any]) -> dict[str, Any]:
    return message_views(world, [message])[0]


def tell_phone(world: World, message: dict[str, Any]) -> None:
    """Tell the customer's phone of a new or changed message. A reaction is none there: it shows on its target."""
    if message["kind"] != "reaction":
        world.tell({"type": "message", "message": message_view(world, message)}, customer=message["customer"])


def message_views(world: World, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Shape: {id, wamid, number, customer, direction, kind, content, at, status, statuses, quoted, forwarded,
    reactions, error, edited, deleted, visible}. `visible`: the customer's phone shows it (an outgoing one only once
    delivered; what the platform tells the business about another message never)."""
    reactions = messages.reactions(world.database, [row["wamid"] for row in rows])
    return [_view(world, row, reactions.get(row["wamid"], [])) for row in rows]


def _view(world: World, row: dict[str, Any], reactions: list[dict[str, str]]) -> dict[str, Any]:
    context = row["context"] or {}
    return {
        "id": row["id"], "wamid": row["wamid"], "number": row["number"], "customer": row["customer"],
        "direction": row["direction"], "kind": row["kind"], "content": row["content"], "at": iso(row["at"]),
        "status": row["status"], "statuses": {name: iso(at) for name, at in row["statuses"].items()},
        "quoted": _quoted(world, context.get("id")), "forwarded": bool(context.get("forwarded")),
        "reactions": reactions, "error": row["error"], "correlation": row["correlation"],
        "edited": bool(context.get("edited")), "deleted": bool(context.get("deleted")),
        "visible": not context.get("beside") and (row["direction"] == "in" or row["status"] in _ON_PHONE),
    }  # fmt: skip


def _quoted(world: World, wamid: str | None) -> dict[str, Any] | None:
    if wamid is None:
        return None
    row = messages.find(world.database, wamid)
    if row is None:
        return {"wamid": wamid, "direction": None, "kind": None, "content": None}
    return {name: row[name] for name in ("wamid", "direction", "kind", "content")}
