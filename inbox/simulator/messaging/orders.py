"""Orders a business sent: which status may follow which (Meta: completed and canceled are final)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import records

if TYPE_CHECKING:
    from inbox.simulator.world import World

_NEXT = {
    "pending": ("processing", "partially_shipped", "shipped", "completed", "canceled"),
    "processing": ("partially_shipped", "shipped", "completed", "canceled"),
    "partially_shipped": ("shipped", "completed", "canceled"),
    "shipped": ("completed", "canceled"),
    "completed": (), "canceled": (),
}  # fmt: skip


def verdict(world: World, message: dict[str, Any]) -> dict[str, Any] | None:
    """Why an order message will fail, as {code, details}; otherwise it is taken into account at once."""
    content = message["content"]
    kind = content.get("type") if message["kind"] == "interactive" else None
    if kind == "order_details":
        _write(world, message, status="pending", paid=False)
    if kind != "order_status":
        return None
    parameters = content["action"]["parameters"]
    known = records.read(world.database, "order", _key(message))
    wanted = parameters["order"]["status"].replace("-", "_")
    if not known or (wanted != known["status"] and wanted not in _NEXT[known["status"]]):
        return {"code": 2046, "details": f"An order which is {known.get('status', 'unknown')} cannot be {wanted}."}
    if wanted == "canceled" and known["paid"]:
        return {"code": 2047, "details": "The order was already paid."}
    paid = known["paid"] or (parameters.get("payment") or {}).get("status") == "captured"
    _write(world, message, status=wanted, paid=paid)
    return None


def _key(message: dict[str, Any]) -> str:
    return f"{message['number']}:{message['content']['action']['parameters']['reference_id']}"


def _write(world: World, message: dict[str, Any], **detail: Any) -> None:
    records.write(world.database, "order", _key(message), {**detail, "customer": message["customer"]})
