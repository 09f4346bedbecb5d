"""A customer writes: content, what it answers, where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.acting.contents import content_of
from inbox.simulator.errors import BadRequest
from inbox.simulator.messaging import receiving
from inbox.simulator.tables import load_yaml

if TYPE_CHECKING:
    from inbox.simulator.world import World

_CONTEXT = ("forwarded", "frequently_forwarded", "referral", "referred_product", "group_id")


def write(world: World, customer: dict[str, Any], number: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Fields as in `POST customers/{id}/messages`; returns the stored row. Raises BadRequest."""
    kind, content = content_of(world, number, body)
    return receiving.receive(world, customer, number, kind, content, context=context_of(body) or None,
                             at=_moment(body), announce=body.get("announce") is not False)  # fmt: skip


def context_of(body: dict[str, Any]) -> dict[str, Any]:
    """`ad` names a ready referral (image | video | post | status); `reply_to` may be an id nobody knows."""
    context = {name: body[name] for name in _CONTEXT if body.get(name)}
    if body.get("reply_to"):
        context["id"] = str(body["reply_to"])
    if body.get("ad"):
        known = load_yaml("referrals.yaml")
        if body["ad"] not in known:
            raise BadRequest(f"ad must be one of {', '.join(known)}.", field="ad")
        context["referral"] = known[body["ad"]]
    return context


def _moment(body: dict[str, Any]) -> float | None:
    at = body.get("at")
    if at is not None and (not isinstance(at, int | float) or isinstance(at, bool)):
        raise BadRequest("at must be epoch seconds.", field="at")
    return at
