"""Asked with an app token: what a token is and may (`/debug_token`), and where the app gets its webhooks (Meta)."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from inbox.simulator.accounts.health import APP_ID
from inbox.simulator.errors import GraphError, not_found
from inbox.simulator.graph.access import SUBCODES, bearer
from inbox.simulator.graph.protocol import Call
from inbox.simulator.storage import numbers

_FIELDS = (
    "messages", "message_template_status_update", "message_template_quality_update",
    "message_template_components_update", "template_category_update", "phone_number_quality_update",
    "phone_number_name_update", "account_update", "account_alerts", "account_review_update",
    "business_capability_update", "security", "user_preferences", "calls", "flows", "history", "smb_message_echoes",
    "smb_app_state_sync",
)  # fmt: skip
_SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging"]


async def get_debug_token(call: Call) -> Response:
    token = call.request.query_params.get("input_token")
    _check_asker(call)
    if not token:
        raise GraphError(100, message="(#100) The parameter input_token is required.")
    return JSONResponse({"data": _described(call, token)})


async def get_app_subscriptions(call: Call) -> Response:
    """`GET /{app id}/subscriptions` with the app token: the app's own callback, and the fields it hears of (all)."""
    if call.request.path_params["object_id"] != APP_ID:
        raise not_found(call.request.path_params["object_id"])
    _check_asker(call)
    secret = (bearer(call.request) or "").partition("|")[2]
    rows = [row for row in numbers.every(call.world.database) if row["app_secret"] == secret and row["webhook_url"]]
    entries = {row["webhook_url"]: row["handshake"] == "verified" for row in rows}
    return JSONResponse({"data": [
        {"object": "whatsapp_business_account", "callback_url": url, "active": active,
         "fields": [{"name": name, "version": call.world.behaviour["webhook_version"]} for name in _FIELDS]}
        for url, active in entries.items()
    ]})  # fmt: skip


def _check_asker(call: Call) -> None:
    """An app token is `app id|app secret`; another app's cannot look at ours."""
    asker = bearer(call.request)
    if asker is None:
        raise GraphError(104, message="An access token is required to request this resource.")
    app, _, secret = asker.partition("|")
    if secret:
        known = {row["app_secret"] for row in numbers.every(call.world.database)}
        if app != APP_ID or secret not in known:
            raise GraphError(190, message="Invalid OAuth access token - Cannot get application info.")
    elif not numbers.by_token(call.world.database, asker):
        raise GraphError(190, message="Invalid OAuth access token - Cannot parse access token.")


def _described(call: Call, token: str) -> dict[str, Any]:
    rows = numbers.by_token(call.world.database, token)
    if not rows:
        error = {"code": 190, "message": "Invalid OAuth access token."}
        return {"error": error, "is_valid": False, "scopes": []}
    state = rows[0]["token_state"]
    wabas = list(dict.fromkeys(row["waba_id"] for row in rows))
    scopes = _SCOPES[:1] if state == "no_permission" else _SCOPES
    found: dict[str, Any] = {
        "app_id": APP_ID, "type": "SYSTEM_USER", "application": "Kefu", "data_access_expires_at": 0,
        "is_valid": state not in SUBCODES, "expires_at": 0, "issued_at": int(rows[0]["created_at"]), "scopes": scopes,
        "granular_scopes": [{"scope": scope, "target_ids": wabas} for scope in scopes], "user_id": "1",
    }  # fmt: skip
    if state in SUBCODES:
        subcode, text = SUBCODES[state]
        found["error"] = {"code": 190, "subcode": subcode, "message": f"Error validating access token: {text}"}
    if state == "expired":
        found["expires_at"] = int(call.world.clock.now()) - 3600
    return found
