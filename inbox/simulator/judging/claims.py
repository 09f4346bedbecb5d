"""What a test claims about a business: so many messages to somebody, or that a rule was kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import BadRequest
from inbox.simulator.judging.linter import RULES, lint
from inbox.simulator.messaging.views import message_view
from inbox.simulator.storage import messages

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """`final`: waiting longer can change nothing."""

    holds: bool
    why: str
    seen: list[Row]
    final: bool = False


def judge(world: World, claim: Row) -> Verdict:
    """One claim at this moment. Raises BadRequest.

    {claim: "sent", customer?, number?, kind?, containing?, status?, exactly? | at_least?, since?}: messages of the
    business; `exactly` 0 claims that none was sent. {claim: "kept", rule, since?, number?}: no finding of a rule.
    """
    if claim.get("claim") == "sent":
        return _sent(world, claim)
    if claim.get("claim") == "kept":
        return _kept(world, claim)
    raise BadRequest("claim is sent or kept.", field="claim")


def since_of(claim: Row) -> float:
    since = claim.get("since") or 0
    if isinstance(since, bool) or not isinstance(since, int | float):
        raise BadRequest("since must be epoch seconds.", field="since")
    return float(since)


def _sent(world: World, claim: Row) -> Verdict:
    rows = [row for row in messages.outgoing_since(world.database, since_of(claim)) if _fits(row, claim)]
    count, wanted = len(rows), claim.get("exactly")
    seen = [message_view(world, row) for row in rows[-20:]]
    if wanted is not None:
        return Verdict(count == wanted, f"{count} of exactly {wanted} were sent.", seen, final=count > wanted)
    least = claim.get("at_least", 1)
    return Verdict(count >= least, f"{count} of at least {least} were sent.", seen)


def _fits(row: Row, claim: Row) -> bool:
    plain = all(claim.get(name) in (None, row[name]) for name in ("customer", "number", "kind", "status"))
    words = claim.get("containing")
    return plain and (not words or str(words) in words_of(row))


def words_of(row: Row) -> str:
    """What a person would read of a message."""
    content = row["content"] if isinstance(row["content"], dict) else {}
    body = content.get("body")
    parts = [content.get("caption"), body.get("text") if isinstance(body, dict) else body, content.get("header")]
    return " ".join(part for part in parts if isinstance(part, str))


def _kept(world: World, claim: Row) -> Verdict:
    rule = str(claim.get("rule"))
    if rule not in RULES:
        raise BadRequest(f"rule must be one of {', '.join(RULES)}.", field="rule")
    found = lint(world, rules=[rule], since=since_of(claim), number=claim.get("number"))
    return Verdict(not found, f"{len(found)} findings.", [vars(finding) for finding in found[:20]], final=bool(found))
