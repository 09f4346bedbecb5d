"""The block list of a number: only people who wrote lately can be put on it (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import GraphError, row_of
from inbox.simulator.storage import customers, messages, reaches
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]


def block(world: World, number: Row, users: list[Row]) -> tuple[list[Row], list[Row]]:
    """(added, failed) as Graph lists them."""
    added: list[Row] = []
    failed: list[Row] = []
    for user in users:
        customer = _find(world, number, user)
        why = _why_not(world, number, customer)
        if why is None and customer is not None:
            reaches.block(world.database, number["phone_number_id"], customer["id"], world.clock.now())
        (added if why is None else failed).append(_entry(user, customer, why))
    return added, failed


def unblock(world: World, number: Row, users: list[Row]) -> tuple[list[Row], list[Row]]:
    removed: list[Row] = []
    failed: list[Row] = []
    for user in users:
        customer = _find(world, number, user)
        gone = customer is not None and reaches.unblock(world.database, number["phone_number_id"], customer["id"])
        entry = _entry(user, customer, None if gone else "The user is not on the block list.")
        (removed if gone else failed).append(entry)
    return removed, failed


def _find(world: World, number: Row, user: Row) -> Row | None:
    if "user_id" in user:
        return customers.by_bsuid(world.database, number["portfolio_id"], str(user["user_id"]))
    return customers.by_phone(world.database, "".join(sign for sign in str(user.get("user", "")) if sign.isdigit()))


def _why_not(world: World, number: Row, customer: Row | None) -> str | None:
    rule = limits()["block_list"]
    if customer is None:
        return "The user is not on WhatsApp."
    last = messages.last_inbound_at(world.database, customer["id"], number["phone_number_id"])
    if last is None or last < world.clock.now() - rule["only_if_wrote_within_hours"] * 3600:
        return "The user has not written in the last 24 hours."
    if len(reaches.blocked(world.database, number["phone_number_id"])) >= rule["max"]:
        raise GraphError(139101, "The block list is full.")
    return None


def _entry(user: Row, customer: Row | None, why: str | None) -> Row:
    entry: Row = {"input": str(user.get("user") or user.get("user_id") or "")}
    if customer is not None and "user" in user:
        entry["wa_id"] = customer["wa_id"]
    if why is not None:
        error = {"message": f"(#139100) {row_of(139100).title}", "code": 139100, "error_data": {"details": why}}
        entry["errors"] = [error]
    return entry
