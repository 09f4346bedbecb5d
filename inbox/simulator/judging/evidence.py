"""What the judges look at: received calls, accepted messages, and what the business had been told when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import acts, calls, customers, messages

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]
_ALL = 2**31


@dataclass(frozen=True)
class Finding:
    """A breach: `rule` by name, the virtual time in epoch seconds, whom it concerns, and the log id of the call."""

    rule: str
    at: float
    words: str
    number: str | None = None
    customer: str | None = None
    call: int | None = None


class Evidence:
    """Read once per judgement. `since` leaves out what lies before that virtual time, `number` other numbers."""

    def __init__(self, world: World, *, since: float = 0.0, number: str | None = None) -> None:
        self.world, self.since, self.number = world, since, number
        self._told: dict[tuple[str, str], float | None] = {}

    @cached_property
    def calls(self) -> list[Row]:
        """Oldest first."""
        rows = calls.recent(self.world.database, limit=_ALL, number=self.number)
        return [row for row in reversed(rows) if row["at"] >= self.since]

    @cached_property
    def sends(self) -> list[Row]:
        """Calls which sent, or tried to send, a message."""
        return [row for row in self.calls if is_send(row)]

    @cached_property
    def accepted(self) -> list[Row]:
        """Messages of the business, oldest first."""
        return messages.outgoing_since(self.world.database, self.since, self.number)

    @cached_property
    def deeds(self) -> list[Row]:
        return acts.every(self.world.database)

    def customer_called(self, digits: str) -> Row | None:
        return customers.by_phone(self.world.database, digits)

    def told_at(self, phone_number_id: str, words: str) -> float | None:
        """When a webhook to this number first held these words (an id, a phone number)."""
        key = (phone_number_id, words)
        if key not in self._told:
            self._told[key] = self.world.database.value(
                "SELECT min(created_at) FROM delivery WHERE number = ? AND instr(CAST(body AS TEXT), ?) > 0",
                phone_number_id, f'"{words}"',
            )  # fmt: skip
        return self._told[key]

    def last_written(self, customer: str, number: str, until: float) -> float | None:
        return messages.last_inbound_at(self.world.database, customer, number, until=until)


def is_send(row: Row) -> bool:
    body = row["detail"].get("body")
    sends = row["method"] == "POST" and row["path"].endswith(("/messages", "/marketing_messages"))
    return sends and isinstance(body, dict) and "status" not in body


def code_of(row: Row) -> int | None:
    """The error code with which a call was answered."""
    answer = row["detail"].get("answer")
    error = answer.get("error") if isinstance(answer, dict) else None
    return error.get("code") if isinstance(error, dict) else None


def digits_of(row: Row) -> str | None:
    """Whom a send addressed by number, digits only."""
    to = row["detail"]["body"].get("to")
    found = "".join(sign for sign in str(to or "") if sign.isdigit())
    return found or None
