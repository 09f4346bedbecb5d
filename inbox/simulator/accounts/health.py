"""`health_status`: why a number, template or account can or cannot send, put together from the state of each part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import state

if TYPE_CHECKING:
    from inbox.simulator.world import World

APP_ID = "100000000000000"
_WORST = ("AVAILABLE", "LIMITED", "BLOCKED")
Entity = dict[str, Any]


def of_number(world: World, number: dict[str, Any]) -> dict[str, Any]:
    return _whole([_number(world, number), *_above(world, number["waba_id"], number["portfolio_id"])])


def of_account(world: World, waba_id: str, portfolio_id: str) -> dict[str, Any]:
    return _whole(_above(world, waba_id, portfolio_id))


def of_template(world: World, template: dict[str, Any], portfolio_id: str) -> dict[str, Any]:
    own = _entity("MESSAGE_TEMPLATE", template["id"])
    if template["status"] != "APPROVED":
        _blame(own, "BLOCKED", 141002, f"The template is {template['status'].lower()}.", "Edit it or appeal.")
    return _whole([own, *_above(world, template["waba_id"], portfolio_id)])


def _above(world: World, waba_id: str, portfolio_id: str) -> list[Entity]:
    return [_account(world, waba_id), _business(world, portfolio_id), _entity("APP", APP_ID)]


def _number(world: World, number: dict[str, Any]) -> Entity:
    entity, now = _entity("PHONE_NUMBER", number["phone_number_id"]), state.of_number(world, number["phone_number_id"])
    if not now["registered"]:
        _blame(entity, "BLOCKED", 133010, "The number is not registered.", "Register the number.")
    if now["name_status"] == "DECLINED":
        _blame(entity, "LIMITED", 131037, "The display name was rejected.", "Submit another display name.")
    if number["quality_rating"] == "RED":
        entity.setdefault("additional_info", []).append("Recipients reported or blocked recent messages.")
        entity["can_send_message"] = _worse(entity["can_send_message"], "LIMITED")
    return entity


def _account(world: World, waba_id: str) -> Entity:
    entity, now = _entity("WABA", waba_id), state.of_account(world, waba_id)
    if now["ban_state"] == "DISABLE" or now["locked"]:
        _blame(entity, "BLOCKED", 141014, "The account is disabled or locked.", "Appeal in the web interface.")
    restricted = state.restrictions(world, waba_id)
    if "RESTRICTED_CUSTOMER_INITIATED_MESSAGING" in restricted or now["policy_blocked"]:
        _blame(entity, "BLOCKED", 141014, "The account may not send messages.", "Wait for the end or appeal.")
    elif "RESTRICTED_BIZ_INITIATED_MESSAGING" in restricted:
        _blame(entity, "LIMITED", 141014, "The account may not send templates.", "Wait for the end or appeal.")
    if not now["payment_method"]:
        _blame(entity, "LIMITED", 141006, "There is no valid payment method.", "Mend the payment method.")
    return entity


def _business(world: World, portfolio_id: str) -> Entity:
    entity = _entity("BUSINESS", portfolio_id)
    if not state.of_portfolio(world, portfolio_id)["verified"]:
        _blame(entity, "LIMITED", 141010, "The business is not verified.", "Start business verification.")
    return entity


def _entity(kind: str, entity_id: str) -> Entity:
    return {"entity_type": kind, "id": entity_id, "can_send_message": "AVAILABLE"}


def _blame(entity: Entity, worth: str, code: int, what: str, remedy: str) -> None:
    entity["can_send_message"] = _worse(entity["can_send_message"], worth)
    error = {"error_code": code, "error_description": what, "possible_solution": remedy}
    entity.setdefault("errors", []).append(error)


def _worse(one: str, other: str) -> str:
    return max(one, other, key=_WORST.index)


def _whole(entities: list[Entity]) -> dict[str, Any]:
    """The whole is as good as its worst part (Meta)."""
    worst = max((entity["can_send_message"] for entity in entities), key=_WORST.index)
    return {"can_send_message": worst, "entities": entities}
