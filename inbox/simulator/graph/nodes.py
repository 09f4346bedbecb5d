"""`/{id}`: a number, an account or a media object."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from inbox.simulator.errors import GraphError, not_found
from inbox.simulator.graph import media
from inbox.simulator.graph.protocol import Call

_NUMBER_FIELDS = (
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
)


async def get_node(call: Call) -> Response:
    object_id = call.request.path_params["object_id"]
    for row in call.access.numbers:
        if row["phone_number_id"] == object_id:
            call.about = object_id
            return JSONResponse(number_node(call, row))
    if any(row["waba_id"] == object_id for row in call.access.numbers):
        name = call.access.account(object_id)[0]["verified_name"]
        return JSONResponse(
            {"id": object_id, "name": name, "timezone_id": "1", "message_template_namespace": object_id}
        )
    found = media.find_media(call, object_id)
    if found is None:
        raise not_found(object_id)
    return media.get_media(call, found)


async def delete_node(call: Call) -> Response:
    found = media.find_media(call, call.request.path_params["object_id"])
    if found is None:
        raise not_found(call.request.path_params["object_id"])
    return media.delete_media(call, found)


def number_node(call: Call, row: dict[str, Any]) -> dict[str, Any]:
    node = {
        **{name: row[name] for name in ("verified_name", "display_phone_number", "quality_rating")},
        "code_verification_status": "VERIFIED", "platform_type": "CLOUD_API", "account_mode": "LIVE",
        "name_status": "APPROVED", "status": "CONNECTED", "is_official_business_account": False,
        "throughput": {"level": "HIGH" if row["throughput_mps"] > 80 else "STANDARD"},
        "whatsapp_business_manager_messaging_limit": "TIER_250", "messaging_limit_tier": "TIER_250",
        "webhook_configuration": {"application": row["webhook_url"]}, "health_status": _health(row),
    }  # fmt: skip
    asked = call.request.query_params.get("fields")
    wanted = [name.split("{")[0] for name in _split(asked)] if asked else list(_NUMBER_FIELDS)
    for name in wanted:
        if name not in node and name != "id":
            raise GraphError(100, message=f"(#100) Tried accessing nonexisting field ({name})")
    return {**{name: node[name] for name in wanted if name != "id"}, "id": row["phone_number_id"]}


def _health(row: dict[str, Any]) -> dict[str, Any]:
    entity = {"entity_type": "PHONE_NUMBER", "id": row["phone_number_id"], "can_send_message": "AVAILABLE"}
    return {"can_send_message": "AVAILABLE", "entities": [entity]}


def _split(fields: str) -> list[str]:
    """`a,b{c,d}` → [`a`, `b{c,d}`]."""
    found, depth = [""], 0
    for sign in fields:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return [name.strip() for name in found if name.strip()]
