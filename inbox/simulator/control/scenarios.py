"""`scenarios`: play a shipped or a given script against the business; one at a time, since they move the clock."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request

from inbox.simulator.control.protocol import json_body, number_of
from inbox.simulator.errors import BadRequest
from inbox.simulator.scenarios import script
from inbox.simulator.scenarios.remote import control_plane
from inbox.simulator.scenarios.runner import Control, Report, Runner
from inbox.simulator.world import World

_KEPT = 50


async def get_scenarios(world: World, request: Request) -> Any:
    """The scenarios which are shipped, and how the last runs ended."""
    names = [{"name": name, "title": title} for name, title in script.shipped().items()]
    return {"shipped": names, "runs": [report.as_json() for report in _runs(request)]}


async def post_scenario(world: World, request: Request) -> Any:
    """{scenario: a shipped name | yaml, number, wait?}: with `wait` the answer comes when it is over, as a report."""
    body = await json_body(request)
    number = number_of(world, body.get("number"))["phone_number_id"]
    given = body.get("yaml")
    chosen = script.read(str(given)) if given else script.read_shipped(str(body.get("scenario")))
    runs = _runs(request)
    if any(report.state == "running" for report in runs):
        raise BadRequest("A scenario is running: they share the clock.", status=409)
    runner = Runner(chosen, _control(request), number)
    runs.append(runner.report)
    del runs[:-_KEPT]
    work = asyncio.create_task(asyncio.to_thread(runner.run))
    request.app.state.scenario_work = work  # a task nobody holds may be collected while it runs
    if body.get("wait"):
        await work
    return runner.report.as_json()


def _runs(request: Request) -> list[Report]:
    state = request.app.state
    if not hasattr(state, "scenarios"):
        state.scenarios = []
    runs: list[Report] = state.scenarios
    return runs


def _control(request: Request) -> Control:
    """The control plane of this very server, over HTTP like for everybody else."""
    host, port = request.scope["server"]
    return control_plane(f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")
