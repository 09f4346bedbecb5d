"""Business numbers: creating and changing them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import numbers, templates, timers

if TYPE_CHECKING:
    from inbox.simulator.world import World

_TOKEN_STATES = ("valid", "expired", "revoked", "no_permission")
_REAL_TOKEN_LENGTH = 100
_HELLO_WORLD = [
    {"type": "HEADER", "format": "TEXT", "text": "Hello World"},
    {"type": "BODY", "text": "Welcome! This message was sent from the simulator to show that templates work."},
    {"type": "FOOTER", "text": "Sample message"},
]


def looks_real(token: str) -> bool:
    """Whether this could be a live token of Meta, which has no business in a simulator."""
    return token.startswith("EAA") and len(token) > _REAL_TOKEN_LENGTH


def put_number(world: World, *, phone_number_id: str, waba_id: str | None = None, subscribed: bool | None = None,
               force: bool = False, **fields: Any) -> dict[str, Any]:  # fmt: skip
    """Create or change a business number.

    Fields: display_phone_number, verified_name, app_secret, access_token, webhook_url, verify_token, portfolio_id,
    token_state, quality_rating, throughput_mps. A new webhook_url or verify_token starts the handshake.
    Raises BadRequest.
    """
    if not phone_number_id.isdigit():
        raise BadRequest("phone_number_id must be digits.", field="phone_number_id")
    _check_number(fields, force=force)
    with world.database.transaction():
        known = numbers.find(world.database, phone_number_id)
        row = _number_row(world, phone_number_id, waba_id, fields, known)
        if known is None:
            world.database.insert("number", row)
            _settle_account(world, row["waba_id"], subscribed=subscribed is not False)
        else:
            if known["app_secret"] != row["app_secret"]:
                world.database.remember(f"old_secret {phone_number_id}", known["app_secret"])
            world.database.update("number", "phone_number_id", phone_number_id, row)
            if subscribed is not None:
                _settle_account(world, row["waba_id"], subscribed=subscribed)
        if row["handshake"] == "pending":
            timers.remove_about(world.database, "handshake", phone_number_id)
            timers.add(world.database, world.clock.now(), "handshake", phone_number_id, {"pause": 0})
        world.database.after_commit(world.wake)
        world.tell({"type": "numbers"})
    return numbers.public(row)


def _check_number(fields: dict[str, Any], *, force: bool) -> None:
    allowed = {*numbers.PUBLIC, "app_secret", "access_token", "verify_token"} - {"handshake", "handshake_error"}
    for name, value in fields.items():
        if name not in allowed:
            raise BadRequest(f"A number has no field {name!r}.", field=name)
        if not isinstance(value, int if name == "throughput_mps" else str):
            raise BadRequest(f"{name} has the wrong type.", field=name)
    if looks_real(fields.get("access_token", "")) and not force:
        raise BadRequest("This access token looks real. A simulator needs an invented one.", field="access_token")
    if fields.get("token_state", "valid") not in _TOKEN_STATES:
        raise BadRequest(f"token_state must be one of {', '.join(_TOKEN_STATES)}.", field="token_state")
    if fields.get("webhook_url") and not re.match(r"https?://[^/]+", fields["webhook_url"]):
        raise BadRequest("webhook_url must begin with http:// or https://.", field="webhook_url")


def _number_row(world: World, phone_number_id: str, waba_id: str | None, fields: dict[str, Any],
                known: dict[str, Any] | None) -> dict[str, Any]:  # fmt: skip
    row = (
        dict(known)
        if known
        else {
            "phone_number_id": phone_number_id,
            "waba_id": world.chance.digits(15),
            "portfolio_id": "default",
            "display_phone_number": "+1 555-010-" + phone_number_id[-4:],
            "verified_name": "Business " + phone_number_id[-4:],
            "app_secret": world.chance.letters(32),
            "access_token": "SIM" + world.chance.letters(40),
            "token_state": "valid",
            "webhook_url": "",
            "verify_token": "",
            "handshake": "none",
            "handshake_error": None,
            "quality_rating": "GREEN",
            "throughput_mps": 80,
            "created_at": world.clock.now(),
        }
    )
    before = (row["webhook_url"], row["verify_token"])
    row.update(fields)
    row["waba_id"] = waba_id or row["waba_id"]
    if not row["webhook_url"]:
        row["handshake"], row["handshake_error"] = "none", None
    elif (row["webhook_url"], row["verify_token"]) != before or row["handshake"] != "verified":
        row["handshake"], row["handshake_error"] = "pending", None
    return row


def _settle_account(world: World, waba_id: str, *, subscribed: bool) -> None:
    if not subscribed:
        numbers.unsubscribe(world.database, waba_id)
    elif numbers.subscription(world.database, waba_id) is None:
        numbers.subscribe(world.database, waba_id)
    if templates.find(world.database, waba_id, "hello_world", "en_US") is None:
        templates.upsert(
            world.database,
            {
                "id": world.chance.digits(16),
                "waba_id": waba_id,
                "name": "hello_world",
                "language": "en_US",
                "category": "UTILITY",
                "status": "APPROVED",
                "components": _HELLO_WORLD,
            },
        )
