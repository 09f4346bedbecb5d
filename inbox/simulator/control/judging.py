"""`lint`, `assertions`, and asking the log of calls."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any

from starlette.requests import Request

from inbox.simulator.clock import iso
from inbox.simulator.control.protocol import json_body
from inbox.simulator.errors import BadRequest
from inbox.simulator.judging import claims, linter
from inbox.simulator.world import World

_LONGEST = 120.0
_LOOK_EVERY = 0.05


async def get_lint(world: World, request: Request) -> Any:
    """`?rules=a,b` (all), `?number=`, `?since=` virtual epoch seconds. {findings, counts, rules}."""
    query = request.query_params
    rules = [name for name in query.get("rules", "").split(",") if name]
    since = _number("since", query.get("since", "0"))
    found = await asyncio.to_thread(linter.lint, world, rules=rules or None, since=since, number=query.get("number"))
    return {
        "findings": [{**vars(finding), "at": iso(finding.at)} for finding in found],
        "counts": Counter(finding.rule for finding in found), "rules": list(linter.RULES),
    }  # fmt: skip


async def post_assertion(world: World, request: Request) -> Any:
    """A claim (see `judging.claims`) with `within`, in seconds: until it holds. A claim that nothing happens, `exactly`
    0 or a kept rule, must hold for all that time. {holds, why, seen}."""
    claim = await json_body(request)
    within = min(_number("within", claim.get("within", 0)), _LONGEST)
    lasting = claim.get("claim") == "kept" or claim.get("exactly") is not None
    deadline = time.monotonic() + within
    verdict = claims.judge(world, claim)
    while time.monotonic() < deadline and not verdict.final and (lasting or not verdict.holds):
        await asyncio.sleep(_LOOK_EVERY)
        verdict = claims.judge(world, claim)
    return {"holds": verdict.holds, "why": verdict.why, "seen": verdict.seen}


def _number(name: str, value: Any) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError) as error:
        raise BadRequest(f"{name} must be a number of seconds.", field=name) from error
    if found < 0:
        raise BadRequest(f"{name} must not be negative.", field=name)
    return found
