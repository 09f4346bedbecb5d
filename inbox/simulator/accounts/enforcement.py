"""What the state of number and account forbids at once, before a message is even looked at (Meta: sync refusals)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import countries, state
from inbox.simulator.errors import GraphError
from inbox.simulator.storage import reaches

if TYPE_CHECKING:
    from inbox.simulator.world import World


def check_number(world: World, number: dict[str, Any]) -> None:
    """Raises GraphError 33, 133010, 131057, 131037, 131031 or 368."""
    now = state.of_number(world, number["phone_number_id"])
    if now["deleted"]:
        raise GraphError(33, "The business phone number was removed.")
    if not now["registered"]:
        raise GraphError(133010, "The number is not registered for the Cloud API.")
    if now["upgrading_until"] > world.clock.now():
        raise GraphError(131057, "The number is being upgraded to a higher throughput.")
    if now["name_required"] and now["name_status"] != "APPROVED":
        raise GraphError(131037, "The display name of this number must be approved first.")
    account = state.of_account(world, number["waba_id"])
    if account["locked"] or account["ban_state"] == "DISABLE":
        raise GraphError(131031, "The account is locked or disabled.")
    restricted = state.restrictions(world, number["waba_id"])
    if account["policy_blocked"] or "RESTRICTED_CUSTOMER_INITIATED_MESSAGING" in restricted:
        raise GraphError(368, "The account may not send messages because of a policy violation.")


def check_recipient(world: World, number: dict[str, Any], customer: dict[str, Any] | None, digits: str | None) -> None:
    """Raises GraphError 130403, 130497 or 131030."""
    name = number["phone_number_id"]
    if customer is not None and reaches.is_blocked(world.database, name, customer["id"]):
        raise GraphError(130403, "The business has blocked this user.")
    phone = digits or (customer["phone"] if customer else None)
    blocked = state.of_account(world, number["waba_id"])["blocked_countries"]
    if blocked and phone and countries.of_phone(phone) in blocked:
        raise GraphError(130497, "The account may not write to users in this country.")
    now = state.of_number(world, name)
    if now["account_mode"] == "SANDBOX" and phone not in now["allowed_recipients"]:
        raise GraphError(131030, "The recipient is not on the allowed list of this test number.")


def check_template(world: World, number: dict[str, Any], template: dict[str, Any], *, to_user_id: bool,
                   marketing_endpoint: bool) -> None:  # fmt: skip
    """What depends on the template's category. Raises GraphError 368, 131062, 131063, 131064, 134100 or 134101."""
    category, restricted = template["category"], state.restrictions(world, number["waba_id"])
    account = state.of_account(world, number["waba_id"])
    if "RESTRICTED_BIZ_INITIATED_MESSAGING" in restricted:
        raise GraphError(368, "The account may not send templates for now.")
    utility_off = {"RESTRICTED_UTILITY_TEMPLATES", "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES"} & restricted
    if category == "UTILITY" and (utility_off or account["misuse_until"] > world.clock.now()):
        raise GraphError(131064, "Utility templates are restricted after repeated wrong categories.")
    if category == "AUTHENTICATION" and to_user_id:
        raise GraphError(131062, "Authentication templates cannot be sent to a user id.")
    if marketing_endpoint and category != "MARKETING":
        raise GraphError(134100, "Only marketing templates can be sent here.")
    syncing = world.clock.now() - template.get("created_at", 0) < world.behaviour["marketing_sync_seconds"]
    if marketing_endpoint and syncing:
        raise GraphError(134101, "The template is still being synchronised.")
    if category == "MARKETING" and not marketing_endpoint and account["disable_marketing_messages_on_cloud_api"]:
        raise GraphError(131063, "Marketing templates are switched off here: use the marketing endpoint.")
