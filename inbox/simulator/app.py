"""The simulator as an ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from inbox.simulator.control.routes import control_routes
from inbox.simulator.graph.routes import graph_routes
from inbox.simulator.scheduler import Scheduler
from inbox.simulator.webhooks.dispatch import Dispatcher
from inbox.simulator.world import World

log = logging.getLogger(__name__)


class Simulator(Starlette):
    """Passes on the server's connection, which the fault "drop the connection" cuts."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["simulator.transport"] = getattr(getattr(send, "__self__", None), "transport", None)
        await super().__call__(scope, receive, send)


def create_app(state_path: Path | None, *, seed: int | None = None, public_url: str | None = None) -> Simulator:
    """Build the application. `state_path` None keeps the state in memory; `public_url` fixes the base of media
    addresses, otherwise it is learnt from requests. The background loops run while the server's lifespan does."""
    world = World(state_path, seed=seed, public_url=public_url)
    app = Simulator(routes=[*control_routes(), *graph_routes()], lifespan=_lifespan)
    app.state.world = world
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    world: World = app.state.world
    dispatcher = app.state.dispatcher = Dispatcher(world)
    loops = [asyncio.create_task(_kept_alive(run)) for run in (Scheduler(world).run, dispatcher.run)]
    try:
        yield
    finally:
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        world.close()


async def _kept_alive(run: object) -> None:
    """A background loop must outlive an unforeseen error: it is logged and the loop begins again."""
    while True:
        try:
            await run()  # type: ignore[operator]
        except Exception:
            log.exception("A background loop of the simulator failed; it starts again")
            await asyncio.sleep(1)
