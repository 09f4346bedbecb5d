"""A number and an account as Graph nodes; parts which cost something are functions, called when asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import phonenumbers

from inbox.simulator.accounts import health, state
from inbox.simulator.storage import numbers

if TYPE_CHECKING:
    from inbox.simulator.world import World

APP = {
    "id": health.APP_ID, "name": "Kefu", "link": f"https://www.facebook.com/games/?app_id={health.APP_ID}",
}  # fmt: skip
NUMBER_DEFAULT = (
    "verified_name", "code_verification_status", "display_phone_number", "quality_rating", "platform_type",
    "throughput", "last_onboarded_time", "webhook_configuration",
)  # fmt: skip
ACCOUNT_DEFAULT = ("name", "timezone_id", "message_template_namespace")
_PLAIN = (
    "status", "code_verification_status", "name_status", "new_display_name", "new_name_status", "account_mode",
    "is_official_business_account", "is_on_biz_app", "search_visibility", "username",
)  # fmt: skip
_ACCOUNT_PLAIN = (
    "currency", "timezone_id", "account_review_status", "business_verification_status", "country", "ownership_type",
    "primary_business_location", "status", "is_enabled_for_insights", "disable_marketing_messages_on_cloud_api",
)  # fmt: skip


def number_node(world: World, row: dict[str, Any]) -> dict[str, Any]:
    """Every field of a business number (Meta: phone number node)."""
    now, tier = state.of_number(world, row["phone_number_id"]), state.of_portfolio(world, row["portfolio_id"])["tier"]
    official = now["is_official_business_account"]
    return {
        **{name: now[name] for name in _PLAIN},
        **{name: row[name] for name in ("verified_name", "display_phone_number", "quality_rating")},
        "id": row["phone_number_id"], "platform_type": "CLOUD_API" if now["registered"] else "NOT_APPLICABLE",
        "status": _status(now), "quality_score": {"score": row["quality_rating"], "date": int(row["created_at"])},
        "throughput": {"level": throughput_level(row["throughput_mps"])},
        "is_pin_enabled": now["pin"] is not None, "last_onboarded_time": iso_zone(row["created_at"]),
        "whatsapp_business_manager_messaging_limit": tier, "messaging_limit_tier": tier,
        "webhook_configuration": lambda: webhook_configuration(world, row), "certificate": _certificate(row),
        "country_code": _country(row), "country_dial_code": _dial_code(row),
        "conversational_automation": {"id": row["phone_number_id"], **now["automation"]},
        "official_business_account": {"oba_status": "APPROVED" if official else "NOT_STARTED"},
        "is_preverified_number": False, "eligibility_for_api_business_global_search": "NOT_APPLICABLE",
        "new_certificate": _certificate(row) if now["new_name_status"] == "APPROVED" else None,
        "health_status": lambda: health.of_number(world, row),
    }  # fmt: skip


def account_node(world: World, waba_id: str) -> dict[str, Any]:
    """Every field of a WABA which the simulator knows (Meta: WhatsApp Business Account node)."""
    now, own = state.of_account(world, waba_id), numbers.of_waba(world.database, waba_id)
    portfolio = own[0]["portfolio_id"]
    return {
        **{name: now[name] for name in _ACCOUNT_PLAIN},
        "id": waba_id, "name": now["name"] or own[0]["verified_name"],
        "message_template_namespace": namespace(waba_id), "marketing_messages_onboarding_status": "ONBOARDED",
        "whatsapp_business_manager_messaging_limit": state.of_portfolio(world, portfolio)["tier"],
        "owner_business_info": {"id": portfolio, "name": own[0]["verified_name"]},
        "on_behalf_of_business_info": None, "marketing_messages_lite_api_status": "ONBOARDED",
        "subscribed_apps": lambda: subscribed_apps(world, waba_id),
        "health_status": lambda: health.of_account(world, waba_id, portfolio),
    }  # fmt: skip


def webhook_configuration(world: World, row: dict[str, Any]) -> dict[str, str]:
    """Where webhooks go, by precedence: number, account, app (Meta: overrides)."""
    subscribed = numbers.subscription(world.database, row["waba_id"]) or {}
    found = {
        "phone_number": state.of_number(world, row["phone_number_id"])["override"].get("uri"),
        "whatsapp_business_account": subscribed.get("override_uri"), "application": row["webhook_url"],
    }  # fmt: skip
    return {name: uri for name, uri in found.items() if uri}


def subscribed_apps(world: World, waba_id: str) -> dict[str, Any]:
    """Which app hears of the account, and where, if not at its own address."""
    found = numbers.subscription(world.database, waba_id)
    if found is None:
        return {"data": []}
    override = {"override_callback_uri": found["override_uri"]} if found["override_uri"] else {}
    return {"data": [{"whatsapp_business_api_data": APP, **override}]}


def throughput_level(mps: int) -> str:
    return "HIGH" if mps > 80 else "STANDARD"


def iso_zone(at: float) -> str:
    """`2026-11-22T08:00:00+0000`: times as Graph nodes write them."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S%z")


def namespace(waba_id: str) -> str:
    digits = waba_id.rjust(32, "0")
    return "_".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _status(now: dict[str, Any]) -> str:
    if now["deleted"]:
        return "DELETED"
    return str(now["status"]) if now["registered"] else "DISCONNECTED"


def _certificate(row: dict[str, Any]) -> str:
    return f"Q2VydGlmaWNhdGU{row['phone_number_id']}"


def _dial_code(row: dict[str, Any]) -> str:
    try:
        return str(phonenumbers.parse("+" + numbers.digits(row)).country_code)
    except phonenumbers.NumberParseException:
        return ""


def _country(row: dict[str, Any]) -> str:
    code = _dial_code(row)
    return phonenumbers.region_code_for_country_code(int(code)) if code else "ZZ"
