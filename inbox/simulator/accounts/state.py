"""What a number, an account and a portfolio are at this moment: defaults, overlaid with what happened to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.storage import records

if TYPE_CHECKING:
    from inbox.simulator.world import World

# Names and values are Meta's where it has any; the rest is bookkeeping of ours.
NUMBER: dict[str, Any] = {
    "status": "CONNECTED", "code_verification_status": "VERIFIED", "name_status": "APPROVED",
    "new_display_name": None, "new_name_status": None, "account_mode": "LIVE", "is_official_business_account": False,
    "is_on_biz_app": False, "search_visibility": "VISIBLE", "username": None, "registered": True, "deleted": False,
    "pin": None, "pin_failures": [], "registrations": [], "deregistrations": [], "name_changes": [],
    "code_requests": [], "code": None, "upgrading_until": 0.0, "profile": {}, "settings": {}, "automation": {},
    "override": {}, "allowed_recipients": [], "encryption": None,
    "commerce": {"is_catalog_visible": False, "is_cart_enabled": True}, "name_required": False,
}  # fmt: skip
ACCOUNT: dict[str, Any] = {
    "name": None, "currency": "USD", "timezone_id": "1", "account_review_status": "APPROVED",
    "business_verification_status": "verified", "country": "US", "ownership_type": "SELF",
    "primary_business_location": "US", "status": "ACTIVE", "is_enabled_for_insights": False,
    "restrictions": [], "ban_state": None, "locked": False, "policy_blocked": False, "payment_method": True,
    "blocked_countries": [], "misuse_until": 0.0, "disable_marketing_messages_on_cloud_api": False,
}  # fmt: skip
PORTFOLIO: dict[str, Any] = {"tier": "TIER_250", "verified": True}


def of_number(world: World, phone_number_id: str) -> dict[str, Any]:
    return {**NUMBER, **records.read(world.database, "number", phone_number_id)}


def of_account(world: World, waba_id: str) -> dict[str, Any]:
    return {**ACCOUNT, **records.read(world.database, "account", waba_id)}


def of_portfolio(world: World, portfolio_id: str) -> dict[str, Any]:
    return {**PORTFOLIO, **records.read(world.database, "portfolio", portfolio_id)}


def change_number(world: World, phone_number_id: str, **changes: Any) -> dict[str, Any]:
    return {**NUMBER, **records.change(world.database, "number", phone_number_id, changes)}


def change_account(world: World, waba_id: str, **changes: Any) -> dict[str, Any]:
    return {**ACCOUNT, **records.change(world.database, "account", waba_id, changes)}


def change_portfolio(world: World, portfolio_id: str, **changes: Any) -> dict[str, Any]:
    return {**PORTFOLIO, **records.change(world.database, "portfolio", portfolio_id, changes)}


def restrictions(world: World, waba_id: str) -> set[str]:
    """The restrictions in force now; one whose end has come is none, whether or not its webhook is out."""
    now = world.clock.now()
    return {row["restriction_type"] for row in of_account(world, waba_id)["restrictions"] if row["expiration"] > now}
