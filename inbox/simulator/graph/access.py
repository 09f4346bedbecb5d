"""Bearer tokens: which numbers a token may use, and Meta's errors when it may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from inbox.simulator.business import looks_real
from inbox.simulator.errors import GraphError, not_found
from inbox.simulator.storage import numbers

if TYPE_CHECKING:
    from inbox.simulator.world import World

SUBCODES = {"expired": (463, "Session has expired."), "revoked": (467, "The session is invalid: it was logged out.")}


@dataclass(frozen=True)
class Access:
    numbers: list[dict[str, Any]]

    def number(self, phone_number_id: str) -> dict[str, Any]:
        """The number if this token may use it, else 100/33: unknown and unseen look alike (Meta)."""
        for row in self.numbers:
            if row["phone_number_id"] == phone_number_id:
                return row
        raise not_found(phone_number_id)

    def account(self, waba_id: str) -> list[dict[str, Any]]:
        found = [row for row in self.numbers if row["waba_id"] == waba_id]
        if not found:
            raise not_found(waba_id)
        return found

    def sees(self, phone_number_id: str) -> bool:
        return any(row["phone_number_id"] == phone_number_id for row in self.numbers)


def bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() in ("bearer", "oauth") and token.strip():
        return token.strip()
    return request.query_params.get("access_token")


def authorise(world: World, request: Request) -> Access:
    """Raises GraphError 104 without a token, 190 for a bad one, 10 for one without the permission."""
    token = bearer(request)
    if token is None:
        raise GraphError(104, message="An access token is required to request this resource.")
    rows = numbers.by_token(world.database, token)
    if not rows:
        hint = " A token which looks real was sent to the simulator." if looks_real(token) else ""
        raise GraphError(190, message=f"Invalid OAuth access token - Cannot parse access token.{hint}")
    state = rows[0]["token_state"]
    if state in SUBCODES:
        subcode, text = SUBCODES[state]
        raise GraphError(190, subcode=subcode, message=f"Error validating access token: {text}")
    if state == "no_permission":
        raise GraphError(10, message="(#10) Application does not have permission for this action")
    return Access(rows)
