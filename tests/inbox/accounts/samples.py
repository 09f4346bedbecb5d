"""One value of every account-type webhook field, in Meta's shapes, with invented names and ids."""

import time
from typing import Any

Json = dict[str, Any]
TEMPLATE: Json = {
    "message_template_id": 700000000000009,
    "message_template_name": "order_update",
    "message_template_language": "en-US",
}
NUMBER: Json = {"display_phone_number": "{phone}"}


def later(days: float) -> int:
    return int(time.time() + days * 86400)


# field → (value, the event's word, how much it matters)
FIELDS: dict[str, tuple[Json, str, str]] = {
    "message_template_status_update": (
        {
            **TEMPLATE,
            "event": "REJECTED",
            "message_template_category": "UTILITY",
            "reason": "INVALID_FORMAT",
            "rejection_info": {"reason": "Variables touch", "recommendation": "Put words between them"},
        },
        "REJECTED",
        "warning",
    ),
    "message_template_quality_update": (
        {**TEMPLATE, "previous_quality_score": "GREEN", "new_quality_score": "RED"},
        "RED",
        "warning",
    ),
    "message_template_components_update": (
        {**TEMPLATE, "message_template_title": "Order", "message_template_element": "It left {{1}}"},
        "",
        "info",
    ),
    "template_category_update": (
        {**TEMPLATE, "previous_category": "UTILITY", "new_category": "MARKETING"},
        "MARKETING",
        "warning",
    ),
    "template_correct_category_detection": (
        {**TEMPLATE, "category": "UTILITY", "correct_category": "MARKETING"},
        "UTILITY",
        "warning",
    ),
    "phone_number_quality_update": ({**NUMBER, "event": "FLAGGED", "current_limit": "TIER_2K"}, "FLAGGED", "warning"),
    "phone_number_name_update": (
        {**NUMBER, "decision": "APPROVED", "requested_verified_name": "Tea House"},
        "APPROVED",
        "info",
    ),
    "account_update": (
        {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "ALCOHOL"}},
        "ACCOUNT_VIOLATION",
        "warning",
    ),
    "account_alerts": (
        {
            "entity_type": "BUSINESS",
            "entity_id": "700000000000001",
            "alert_info": {
                "alert_severity": "CRITICAL",
                "alert_status": "ACTIVE",
                "alert_type": "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED",
                "alert_description": "The limit was not raised.",
            },
        },
        "INCREASED_CAPABILITIES_ELIGIBILITY_FAILED",
        "critical",
    ),
    "account_review_update": ({"decision": "REJECTED"}, "REJECTED", "warning"),
    "business_capability_update": (
        {"max_daily_conversations_per_business": "TIER_2K", "max_phone_numbers_per_waba": 25},
        "",
        "info",
    ),
    "business_status_update": ({"event": "BUSINESS_VERIFIED"}, "", "info"),
    "account_settings_update": ({"type": "phone_number_settings"}, "", "info"),
    "security": ({**NUMBER, "event": "PIN_CHANGED", "requester": "700000000000002"}, "PIN_CHANGED", "warning"),
    "payment_configuration_update": (
        {"configuration_name": "shop-pay", "provider_name": "razorpay", "status": "Needs Testing"},
        "Needs Testing",
        "info",
    ),
    "flows": (
        {
            "event": "ENDPOINT_AVAILABILITY",
            "message": "Below 90 %",
            "flow_id": "700000000000003",
            "availability": 80,
        },
        "ENDPOINT_AVAILABILITY",
        "warning",
    ),
    "messaging_handovers": (
        {"type": "control_taken", "previous_owner_role": "primary", "new_owner_role": "secondary"},
        "control_taken",
        "warning",
    ),
    "business_username_updates": ({"username": "teahouse", "status": "approved"}, "approved", "info"),
    "partner_solutions": ({"event": "SOLUTION_CREATED", "solution_id": "700000000000004"}, "", "info"),
    "a_field_of_next_year": ({"anything": [1, {"deep": None}]}, "", "info"),
}


def restriction(kind: str, *, days: float = 3) -> Json:
    return {
        "event": "ACCOUNT_RESTRICTION",
        "restriction_info": [{"restriction_type": kind, "expiration": later(days)}],
    }


def ban(state: str) -> Json:
    return {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": state, "waba_ban_date": "a day in December"}}
