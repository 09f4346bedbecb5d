"""Flow messages: their shape, and whether the flow may be sent in its present state (Meta)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import GraphError
from inbox.simulator.graph.interactive_parts import body
from inbox.simulator.graph.shape import Shape
from inbox.simulator.storage import records
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

STATES = ("DRAFT", "PUBLISHED", "DEPRECATED", "THROTTLED", "BLOCKED")


def check_flow(world: World, number: dict[str, Any], shape: Shape, rules: dict[str, Any]) -> None:
    rule = rules["flow"]
    body(shape, rule["body_max"])
    action = shape.child("action")
    action.choice("name", "flow")
    parameters = action.child("parameters")
    parameters.only("flow_message_version", "flow_id", "flow_name", "flow_cta", "flow_token", "mode", "flow_action",
                    "flow_action_payload")  # fmt: skip
    parameters.choice("flow_message_version", rule["message_version"])
    _check_label(parameters, rule)
    if parameters.has("flow_id") == parameters.has("flow_name"):
        raise parameters.refuse("flow_id", "or flow_name must be given, and only one of them")
    parameters.maybe_text("flow_token", 1024)
    if parameters.has("mode"):
        parameters.choice("mode", "draft", "published")
    _check_payload(parameters)
    _check_state(world, number["waba_id"], parameters)


def _check_label(parameters: Shape, rule: dict[str, Any]) -> None:
    most = rule["cta_conflict"] if parameters.level == "strict" else rule["cta_max"]
    label = parameters.text("flow_cta", most)
    if any(unicodedata.category(sign) == "So" for sign in label):
        raise parameters.refuse("flow_cta", "must not contain emoji")


def _check_payload(parameters: Shape) -> None:
    if parameters.has("flow_action"):
        parameters.choice("flow_action", "navigate", "data_exchange")
    if not parameters.has("flow_action_payload"):
        return
    if parameters.value.get("flow_action") == "data_exchange":
        raise parameters.refuse("flow_action_payload", "is not allowed with data_exchange")
    payload = parameters.child("flow_action_payload")
    payload.text("screen", 200)
    if "data" in payload.value and not (isinstance(payload.value["data"], dict) and payload.value["data"]):
        raise payload.refuse("data", "must be an object and not empty")


def _check_state(world: World, waba_id: str, parameters: Shape) -> None:
    found = find(world, waba_id, parameters.value.get("flow_id"), parameters.value.get("flow_name"))
    if found is None:
        if world.behaviour["unknown_flows"] == "accept":
            return
        raise parameters.refuse("flow_id" if parameters.has("flow_id") else "flow_name", "is not a flow of the account")
    flow_id, flow = found
    if flow["status"] == "DRAFT" and parameters.value.get("mode") != "draft":
        raise parameters.refuse("mode", "must be draft: the flow is not published")
    if flow["status"] == "DEPRECATED":
        raise parameters.refuse("flow_id", "names a deprecated flow")
    if flow["status"] == "BLOCKED":
        raise GraphError(132068, "The flow is blocked.")
    if flow["status"] == "THROTTLED":
        _throttle(world, flow_id, flow)


def find(world: World, waba_id: str, flow_id: Any, name: Any) -> tuple[str, dict[str, Any]] | None:
    """A flow of the account by id or by name."""
    if flow_id is not None:
        flow = records.read(world.database, "flow", str(flow_id))
        return (str(flow_id), flow) if flow.get("waba_id") == waba_id else None
    every = records.every(world.database, "flow").items()
    return next(((key, flow) for key, flow in every if (flow["waba_id"], flow["name"]) == (waba_id, name)), None)


def _throttle(world: World, flow_id: str, flow: dict[str, Any]) -> None:
    """Meta: a throttled flow is sent at most ten times an hour."""
    since = world.clock.now() - 3600
    sends = [at for at in flow.get("sends", []) if at > since]
    if len(sends) >= limits()["flows"]["throttled_per_hour"]:
        raise GraphError(132069, "The flow is throttled: ten messages an hour.")
    records.change(world.database, "flow", flow_id, {"sends": [*sends, world.clock.now()]})
