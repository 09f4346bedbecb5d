"""Proving and registering a number: codes, the two-step PIN and their attempt counters (Meta)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import state
from inbox.simulator.errors import GraphError
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

_SPAN = 72 * 3600


def request_code(world: World, number: str) -> None:
    """Draw a code; the control plane shows it, as the text message would. Refused once verified or too often."""
    now = state.of_number(world, number)
    asked = _recent(world, now["code_requests"])
    if now["code_verification_status"] == "VERIFIED":
        raise GraphError(136024, "The number is already verified.")
    if len(asked) >= world.behaviour["codes_per_72h"]:
        raise GraphError(136024, "Too many codes were requested. Try again later.")
    state.change_number(world, number, code=world.chance.digits(6), code_requests=[*asked, world.clock.now()])


def verify_code(world: World, number: str, code: str) -> None:
    now = state.of_number(world, number)
    if now["code"] is None or code.replace("-", "") != now["code"]:
        raise GraphError(136025, "The code is not right.")
    state.change_number(world, number, code=None, code_verification_status="VERIFIED")


def register(world: World, number: str, pin: str) -> None:
    """Register for the Cloud API. Without a PIN so far this one is set, otherwise it must match (133005)."""
    now = state.of_number(world, number)
    made = _recent(world, now["registrations"])
    if len(made) >= limits()["throughput"]["register_per_72h"]:
        raise GraphError(133016, "Too many registrations in 72 hours.")
    if now["code_verification_status"] != "VERIFIED":
        raise GraphError(133006, "The number must be verified first.")
    check_pin_form(pin)
    _check_attempts(world, now)
    if now["pin"] not in (None, pin):
        state.change_number(world, number, pin_failures=[*_recent(world, now["pin_failures"]), world.clock.now()])
        raise GraphError(133005, "The two-step verification PIN is not right.")
    state.change_number(
        world, number, pin=pin, pin_failures=[], registered=True, status="CONNECTED",
        registrations=[*made, world.clock.now()], name_status=_settled_name(now),
    )  # fmt: skip
    if now["encryption"] is not None:
        lost = {**now["encryption"], "business_public_key_signature_status": "MISMATCH"}
        state.change_number(world, number, encryption=lost)
    if now["new_name_status"] == "APPROVED" and now["new_display_name"]:
        world.database.update("number", "phone_number_id", number, {"verified_name": now["new_display_name"]})
        state.change_number(world, number, new_display_name=None, new_name_status=None)


def _settled_name(now: dict[str, Any]) -> str:
    return "APPROVED" if now["new_name_status"] == "APPROVED" else str(now["name_status"])


def deregister(world: World, number: str) -> None:
    now = state.of_number(world, number)
    made = _recent(world, now["deregistrations"])
    if now["is_on_biz_app"]:
        raise GraphError(100, "A number which is used in the phone app cannot be deregistered.")
    if len(made) >= limits()["throughput"]["deregister_per_72h"]:
        raise GraphError(133016, "Too many deregistrations in 72 hours.")
    if not now["registered"]:
        raise GraphError(133010, "The number is not registered.")
    state.change_number(world, number, registered=False, deregistrations=[*made, world.clock.now()])


def check_pin_form(pin: Any) -> None:
    if not isinstance(pin, str) or not re.fullmatch(r"\d{6}", pin):
        raise GraphError(100, "Parameter pin must be six digits.")


def _check_attempts(world: World, now: dict[str, Any]) -> None:
    failures = _recent(world, now["pin_failures"])
    if len(failures) >= world.behaviour["pin_attempts"]:
        raise GraphError(133008, "The PIN was guessed too often. Try again in 72 hours.")
    if failures and world.clock.now() - failures[-1] < world.behaviour["pin_pause"]:
        raise GraphError(133009, f"The PIN was entered too quickly. Wait {world.behaviour['pin_pause']} seconds.")


def _recent(world: World, moments: list[float]) -> list[float]:
    return [at for at in moments if at > world.clock.now() - _SPAN]
