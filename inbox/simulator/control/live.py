"""News for phone pages over a WebSocket, which ends at once when the server stops."""

from __future__ import annotations

import asyncio
import contextlib

from starlette.websockets import WebSocket, WebSocketDisconnect

from inbox.simulator.control.protocol import refuse_other_sites
from inbox.simulator.errors import BadRequest
from inbox.simulator.world import World


async def live(socket: WebSocket) -> None:
    """`?customer=`: news of this customer and of everybody. A frame {"type":"reset"} means: read all again."""
    world: World = socket.app.state.world
    try:
        refuse_other_sites(socket)
    except BadRequest:
        await socket.close(4403)
        return
    await socket.accept()
    listener = world.events.listen(socket.query_params.get("customer"))
    gone = asyncio.create_task(_until_gone(socket))
    try:
        await socket.send_json({"type": "hello"})
        while not gone.done():
            waiting = asyncio.create_task(listener.queue.get())
            await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                waiting.cancel()
                break
            await socket.send_json(waiting.result() or {"type": "reset"})
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        world.events.leave(listener)
        gone.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await gone


async def _until_gone(socket: WebSocket) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.receive_text()
