"""The business profile: what it may hold (Meta) and how it is read back."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import state
from inbox.simulator.errors import GraphError
from inbox.simulator.graph.shape import Shape
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

VERTICALS = (
    "OTHER", "AUTO", "BEAUTY", "APPAREL", "EDU", "ENTERTAIN", "EVENT_PLAN", "FINANCE", "GROCERY", "GOVT", "HOTEL",
    "HEALTH", "NONPROFIT", "PROF_SERVICES", "RETAIL", "TRAVEL", "RESTAURANT", "ALCOHOL", "ONLINE_GAMBLING",
    "PHYSICAL_GAMBLING", "OTC_DRUGS",
)  # fmt: skip
FIELDS = ("about", "address", "description", "email", "profile_picture_url", "websites", "vertical")


def read(world: World, number: str, asked: str | None) -> dict[str, Any]:
    """The asked fields which are set; `messaging_product` always."""
    profile = state.of_number(world, number)["profile"]
    wanted = [name.strip() for name in asked.split(",")] if asked else ["messaging_product"]
    for name in wanted:
        if name not in (*FIELDS, "messaging_product", "id"):
            raise GraphError(100, message=f"(#100) Tried accessing nonexisting field ({name})")
    return {**{name: profile[name] for name in wanted if name in profile}, "messaging_product": "whatsapp"}


def change(world: World, number: str, shape: Shape) -> None:
    """Check and store the given fields; the others stay. Raises GraphError."""
    rule, given = limits()["profile"], shape.value
    shape.only("messaging_product", "profile_picture_handle", *FIELDS[:4], "websites", "vertical")
    if shape.has("about"):
        shape.text("about", rule["about"]["max"])
    strict = shape.level == "strict"
    description = rule["description_max"]
    most = {"address": rule["address_max"], "email": rule["email_max"],
            "description": description["use"] if strict else description["value"]}  # fmt: skip
    for name, length in most.items():
        shape.maybe_text(name, length)
    if given.get("email") and "@" not in given["email"]:
        raise shape.refuse("email", "must be an email address")
    if shape.has("vertical"):
        shape.choice("vertical", *VERTICALS)
    if shape.has("websites"):
        _websites(shape, rule["websites"])
    kept = {name: value for name, value in given.items() if name in FIELDS}
    if shape.has("profile_picture_handle"):
        kept["profile_picture_url"] = _picture(shape)
    profile = {**state.of_number(world, number)["profile"], **kept}
    state.change_number(world, number, profile=profile)


def _websites(shape: Shape, rule: dict[str, Any]) -> None:
    sites = shape.value["websites"]
    if not isinstance(sites, list) or len(sites) > rule["count"]:
        raise GraphError(100, f"Parameter websites must be an array of at most {rule['count']} addresses.")
    for site in sites:
        fits = isinstance(site, str) and site.startswith(("http://", "https://")) and len(site) <= rule["length"]
        if not fits:
            raise GraphError(100, f"A website is an http address of at most {rule['length']} characters.")


def _picture(shape: Shape) -> str:
    """Read back, a picture is an address of Meta's media network, never the handle (Meta)."""
    handle = shape.text("profile_picture_handle", 4096)
    if not handle.startswith("4:"):
        raise GraphError(100, "Parameter profile_picture_handle is not an upload handle.")
    return f"https://pps.whatsapp.net/v/{zlib.crc32(handle.encode())}.jpg"
