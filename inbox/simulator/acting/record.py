"""Remembering what a customer did, for rules which look back and for the judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import acts, messages

if TYPE_CHECKING:
    from inbox.simulator.world import World


def note(world: World, kind: str, customer: dict[str, Any], number: dict[str, Any] | None = None,
         **detail: Any) -> None:  # fmt: skip
    """Join a transaction."""
    acts.add(world.database, at=world.clock.now(), kind=kind, customer=customer["id"], detail=detail,
             number=number["phone_number_id"] if number else None)  # fmt: skip


def numbers_known_to(world: World, customer: dict[str, Any]) -> list[dict[str, Any]]:
    """The business numbers with which this customer has a chat: those are told of a change."""
    return messages.numbers_with(world.database, customer["id"])
