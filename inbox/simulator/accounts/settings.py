"""Settings of a number, one feature per call: calling, identity check, payload encryption, storage (Meta)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import state, tiers
from inbox.simulator.errors import GraphError
from inbox.simulator.graph.shape import Shape
from inbox.simulator.tables import limits

if TYPE_CHECKING:
    from inbox.simulator.world import World

_KEYS = {
    "calling": (
        "status", "call_icon_visibility", "callback_permission_status", "call_hours", "sip", "video", "call_icons",
        "srtp_key_exchange_protocol", "audio",
    ),
    "user_identity_change": ("enable_identity_key_check", "enabled"),
    "payload_encryption": ("status", "client_encryption_key"),
    "storage_configuration": ("status", "data_localization_region", "retention_minutes", "enabled", "region"),
}  # fmt: skip
_START: dict[str, Any] = {
    "calling": {"status": "DISABLED", "call_icon_visibility": "DEFAULT", "callback_permission_status": "DISABLED"},
    "payload_encryption": {"status": "DISABLED"}, "storage_configuration": {"status": "DEFAULT"},
}  # fmt: skip


def read(world: World, number: str) -> dict[str, Any]:
    return {**_START, **state.of_number(world, number)["settings"]}


def change(world: World, number: dict[str, Any], shape: Shape) -> None:
    """Store one feature. Raises GraphError 100 for none, several or unknown ones, 138015 below the calling limit."""
    shape.only("messaging_product", *_KEYS)
    given = [name for name in _KEYS if shape.has(name)]
    if len(given) != 1:
        raise GraphError(100, "Exactly one feature can be set in a call.")
    name = given[0]
    feature = shape.child(name)
    feature.only(*_KEYS[name])
    if name == "calling" and str(feature.value.get("status", "")).upper() == "ENABLED":
        _check_calling(world, number)
    before = read(world, number["phone_number_id"])
    changed = {**before.get(name, {}), **feature.value}
    settings = {**before, name: {key: _upper(value) for key, value in changed.items()}}
    state.change_number(world, number["phone_number_id"], settings=settings)


def _check_calling(world: World, number: dict[str, Any]) -> None:
    most = tiers.LIMITS[state.of_portfolio(world, number["portfolio_id"])["tier"]]
    if most is not None and most < limits()["calling"]["required_limit"]:
        raise GraphError(138015, "Calling needs a messaging limit of at least 2,000.")


def _upper(value: Any) -> Any:
    """States are taken in any case and read back in capitals (Meta)."""
    known = ("enabled", "disabled", "default", "visible", "hidden", "disable_all")
    return value.upper() if isinstance(value, str) and value.lower() in known else value
