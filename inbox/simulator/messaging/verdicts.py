"""What becomes of a message after the 200: the rules Meta applies late, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import countries, state, tiers
from inbox.simulator.messaging import identity, orders, pricing, windows
from inbox.simulator.storage import acts, customers, media, messages
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

_DAY = 86400
Message = dict[str, Any]
Failure = dict[str, Any]


def verdict(world: World, message: Message) -> Failure | None:
    """Why this message will fail after the 200, as {code, details}; None when it will arrive."""
    if message["customer"] is None:
        return {"code": 131026, "details": "The recipient is not on the platform or cannot receive messages."}
    expected = (message["context"] or {}).get("identity_hash")
    if expected is not None and expected != identity.of(world, message["customer"]):
        return {"code": 137000, "details": "The identity of the recipient has changed."}
    if _needs_newer_client(message) and acts.habits(world.database, message["customer"]).get("device") == "old":
        return {"code": 131026, "details": "The recipient uses an old version of WhatsApp."}
    if message["kind"] == "template":
        return _unpaid(world, message) or _template_verdict(world, message)
    if not windows.is_open(world, message["customer"], message["number"]):
        return {"code": 131047, "details": "More than 24 hours have passed since the customer last replied."}
    if message["kind"] == "reaction":
        return _reaction_verdict(world, message)
    return _unpaid(world, message) or _media_verdict(world, message) or orders.verdict(world, message)


def _needs_newer_client(message: Message) -> bool:
    return message["kind"] == "interactive" or (message["kind"] == "template" and bool(message["content"]["buttons"]))


def _unpaid(world: World, message: Message) -> Failure | None:
    """Without a payment method only what is free goes out."""
    waba = world.database.value("SELECT waba_id FROM number WHERE phone_number_id = ?", message["number"])
    if state.of_account(world, str(waba))["payment_method"]:
        return None
    if message["kind"] != "template" and pricing.service_is_free(world, message):
        return None
    return {"code": 131042, "details": "There is no valid payment method for this account."}


def _template_verdict(world: World, message: Message) -> Failure | None:
    marketing = str(message["content"].get("category", "")).upper().startswith("MARKETING")
    failure = _marketing_verdict(world, message) if marketing else None
    return failure or _over_limit(world, message)


def _marketing_verdict(world: World, message: Message) -> Failure | None:
    """Stopped, the United States, one user's share, the experiment (Meta: 131050, 131049, 130472)."""
    customer = customers.find(world.database, message["customer"])
    if customer is None:
        return None
    if acts.marketing_stopped(world.database, customer["id"], message["number"]):
        return {"code": 131050, "details": "The user stopped marketing messages of this business."}
    if world.behaviour["us_marketing"] == "withheld" and countries.of_phone(customer["phone"]) == "US":
        return {"code": 131049, "details": "Marketing is not delivered to numbers of the United States."}
    if _capped(world, message):
        return {"code": 131049, "details": "Not delivered, to keep the share of marketing in this chat healthy."}
    chosen = customer["id"] in world.behaviour["experiment_customers"]
    if chosen or world.chance.happens(world.behaviour["experiment_share"]):
        return {"code": 130472, "details": "The user's number is part of an experiment."}
    return None


def _capped(world: World, message: Message) -> bool:
    """So many marketing messages a day to one user, from any business; those in an open window do not count."""
    most = world.behaviour["marketing_cap"]
    if not most or windows.is_open(world, message["customer"], message["number"]):
        return False
    since = world.clock.now() - limits()["messaging_limit"]["per_user_marketing_retry_hours"]["value"] * 3600
    return messages.marketing_since(world.database, message["customer"], since, message["wamid"]) >= most


def _over_limit(world: World, message: Message) -> Failure | None:
    """Outside a window the user counts towards the portfolio's limit; past it a switch decides what happens."""
    if windows.is_open(world, message["customer"], message["number"]) or world.behaviour["over_limit"] == "ignore":
        return None
    portfolio = str(
        world.database.value("SELECT portfolio_id FROM number WHERE phone_number_id = ?", message["number"])
    )
    if tiers.allows(world, portfolio, message["customer"]):
        tiers.reached(world, portfolio, message["customer"])
        return None
    if world.behaviour["over_limit"] == "silent":
        return {"code": None}
    return {"code": 131048, "details": "The messaging limit of the business portfolio is used up."}


def _media_verdict(world: World, message: Message) -> Failure | None:
    if not isinstance(message["content"], dict) or "id" not in message["content"]:
        return None
    found = media.find(world.database, message["content"]["id"])
    return {"code": 131053, "details": found["problem"]} if found is not None and found["problem"] else None


def _reaction_verdict(world: World, message: Message) -> Failure | None:
    target = messages.find(world.database, message["content"]["message_id"])
    oldest = world.clock.now() - limits()["send"]["reaction"]["target_max_age_days"] * _DAY
    if (
        target is None
        or target["customer"] != message["customer"]
        or target["kind"] == "reaction"
        or target["at"] < oldest
    ):
        return {"code": 131009, "details": "The message to react to is unknown, too old or itself a reaction."}
    return None
