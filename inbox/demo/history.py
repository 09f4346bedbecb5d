"""Plays the episodes of one conversation through its ``Past``: who answered, who handed over, what was resolved."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from inbox.demo.compose import Episode
from inbox.demo.delivery import settle
from inbox.demo.past import Past
from inbox.demo.plan import Plan

_RESOLVED_BETWEEN = 0.85
_HANDED_OUT = 0.2


def play_out(
    past: Past, plan: Plan, episodes: Sequence[Episode], *, ids: Mapping[str, int], now: datetime, rng: Random
) -> None:
    """Fill ``past``. ``ids`` are user ids by the first part of the address."""
    for number, episode in enumerate(episodes, 1):
        agent_id = ids[episode.agent]
        leads = [ids[name] for name in _leads(plan.customer.region) if name != episode.agent]
        for line in episode.lines:
            if line.side == "in":
                past.receive(line, agent_id=agent_id)
                continue
            if not line.automatic:
                _put_in_charge(past, agent_id, leads, line.moment, rng)
            past.send(line, None if line.automatic else agent_id)
        if _resolved(plan, number, len(episodes), rng):
            at = min(now, episode.lines[-1].moment + timedelta(minutes=rng.uniform(1, 15)))
            past.resolve(at, by=past.conversation.assignee_id or agent_id)
    settle(past.messages, receipts=plan.customer.read_receipts, now=now, rng=rng)


def _leads(region: str) -> tuple[str, ...]:
    return {"asia": ("fay", "dee", "ana"), "europe": ("hal", "dee", "ana"), "americas": ("hal", "ana")}[region]


def _put_in_charge(past: Past, agent_id: int, leads: Sequence[int], at: datetime, rng: Random) -> None:
    """Agents answer only what is theirs or nobody's: what a colleague has is handed over first."""
    holder = past.conversation.assignee_id
    if holder == agent_id:
        return
    if holder is not None:
        past.assign(at - timedelta(seconds=1), agent_id, by=holder)
    elif past.conversation.state == "open" and leads and rng.random() < _HANDED_OUT:
        past.assign(at - timedelta(seconds=1), agent_id, by=rng.choice(leads))


def _resolved(plan: Plan, number: int, count: int, rng: Random) -> bool:
    if number == count:
        return plan.ending == "resolved"
    # Nobody has a conversation only when it is new, or its last case was resolved.
    return rng.random() < _RESOLVED_BETWEEN or (plan.ending == "unassigned" and number == count - 1)
