"""Statuses in every variation: each word, each price, each code, groups and payments."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

from inbox.simulator.errors import status_error
from inbox.simulator.tables import DATA, limits
from inbox.simulator.webhooks import message_shape
from inbox.simulator.webhooks.catalogue.inbound import last_of
from inbox.simulator.webhooks.catalogue.scene import Change, Scene

Body = dict[str, Any]
_WORDS = ("sent", "delivered", "read", "played")


# Come in webhooks, but not as a `failed` status: about incoming messages, calls and history.
_OTHERWISE = {131044, 131052, 131060, 2593109}


@cache
def asynchronous_codes() -> tuple[int, ...]:
    """The codes which come as `failed` after the 200."""
    with (DATA / "errors.csv").open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["code"].isdigit() and row["where"] in ("webhook", "both")]
    codes = {int(row["code"]) for row in rows if not row["code"].startswith("138")}  # 138…: calls
    return tuple(sorted(codes - _OTHERWISE))


def _priced(kind: str, category: str) -> Body:
    billable = kind == "regular"
    return {"pricing": {"billable": billable, "pricing_model": "PMP", "type": kind, "category": category}}


def _payment(status: str, transaction: str) -> Body:
    moment = "$now"
    return {
        "type": "payment", "status": status,
        "payment": {
            "reference_id": "order-1", "amount": {"value": 21000, "offset": 100}, "currency": "INR",
            "transaction": {"id": "txn-1", "type": "razorpay", "status": transaction, "created_timestamp": moment,
                            "updated_timestamp": moment, "method": {"type": "upi"}},
        },
    }  # fmt: skip


_CONVERSATION = {"id": "invented0conversation", "origin": {"type": "referral_conversion"}}
_VARIATIONS: dict[str, Body] = {
    **{f"status_{word}": {"status": word} for word in _WORDS},
    **{f"status_price_{kind}": {"status": "delivered", **_priced(kind, "service")}
       for kind in limits()["pricing"]["types"]},
    **{f"status_category_{name}": {"status": "sent", **_priced("regular", name)}
       for name in limits()["pricing"]["categories"]},
    "status_free_entry": {"status": "sent", "conversation": {**_CONVERSATION, "expiration_timestamp": "1893456000"},
                          **_priced("free_entry_point", "referral_conversion")},
    "status_group": {"status": "delivered", "recipient_type": "group", "recipient_id": "Y2FwaV9ncm91cDppbnZlbnRlZDAx",
                     "recipient_participant_id": "$wa_id", "recipient_participant_user_id": "$user_id"},
    "status_payment_pending": _payment("pending", "pending"),
    "status_payment_captured": _payment("captured", "success"),
    "status_payment_failed": _payment("pending", "failed"),
    "status_deleted": {"status": "deleted"},
    "status_warning": {"status": "warning"},
    **{f"status_failed_{code}": {"status": "failed", "errors": [status_error(code)]} for code in asynchronous_codes()},
}  # fmt: skip
_BARE = {
    "status_without_contacts": {"status": "delivered"},
    "status_without_recipient": {"status": "delivered", "recipient_id": None},
}
_ERRORS = {"error_rate": 130429, "error_unknown": 131000}
KINDS = (*_VARIATIONS, *_BARE, *_ERRORS)


def status(name: str, scene: Scene, given: Body) -> list[Change]:
    """About the newest message of the business in this chat, or one that nobody sent; `given` may name a `message`."""
    if name in _ERRORS:
        errors = [status_error(_ERRORS[name])]
        return [Change("messages", message_shape.value_for(scene.number, errors=errors))]
    own = last_of(scene)
    wamid = str(given.get("message") or (own["wamid"] if own else scene.wamid()))
    entry: Body = {
        "id": wamid, "timestamp": str(scene.now), "recipient_id": scene.customer["wa_id"],
        "recipient_user_id": scene.person["user_id"],
    }  # fmt: skip
    if own and own["correlation"] is not None:
        entry["biz_opaque_callback_data"] = own["correlation"]
    entry |= _filled(_VARIATIONS.get(name) or _BARE[name], scene)
    entry = {key: value for key, value in entry.items() if value is not None}
    if entry["status"] == "failed":
        entry.pop("recipient_user_id")  # Meta: absent where it was sent to a phone number
    people = [] if name in _BARE or entry["status"] == "failed" else [scene.person]
    return [Change("messages", message_shape.value_for(scene.number, contacts=people, statuses=[entry]))]


def _filled(value: Any, scene: Scene) -> Any:
    if isinstance(value, dict):
        return {key: _filled(part, scene) for key, part in value.items()}
    return scene.value_of(value[1:]) if isinstance(value, str) and value.startswith("$") else value
