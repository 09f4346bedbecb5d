"""A bare Channels application: every socket joins one group, and each message is sent to the group once.

``python -m tests.bench.reference.fan_out PORT`` serves it with the house's channel layer; ``fan_out`` drives it. A
message is posted over HTTP and must reach all sockets: the least that any live inbox on Channels does.
"""

import asyncio
import os
import sys
import time
from typing import Any

from tests.bench.http import Connection
from tests.bench.reference.running import bare
from tests.house.house import House

WARM_UP_SECONDS = 3  # as many messages as Kefu has before it is counted
_PAYLOAD = "x" * 1500  # about what Kefu tells of one new message


async def fan_out(house: House, sockets: int, *, rate: float, seconds: float) -> list[float]:
    """Seconds from posting to hearing, for every message and socket."""
    from websockets.asyncio.client import connect

    env = {**house.env, "DJANGO_SETTINGS_MODULE": "config.settings", "KEFU_REDIS_PREFIX": "kefu-bare"}
    delays: list[float] = []

    async def listen(socket: Any) -> None:
        async for frame in socket:
            sent = float(frame.partition("|")[0])
            delays.append(time.perf_counter() - sent)

    with bare("fan_out", env) as url:
        opened = [await connect(url.replace("http", "ws", 1), compression=None) for _ in range(sockets)]
        listeners = [asyncio.create_task(listen(socket)) for socket in opened]
        connection = await Connection.to(url)
        for _ in range(int(rate * WARM_UP_SECONDS)):
            await connection.post("/", f"{time.perf_counter()}|{_PAYLOAD}".encode())
        await asyncio.sleep(1)
        delays.clear()
        began = time.perf_counter()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            await connection.post("/", f"{time.perf_counter()}|{_PAYLOAD}".encode())
        await asyncio.sleep(1)
        for listener in listeners:
            listener.cancel()
        await asyncio.gather(*(socket.close() for socket in opened), return_exceptions=True)
    return delays


def serve(port: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    import uvicorn
    from channels.generic.websocket import AsyncWebsocketConsumer
    from channels.layers import get_channel_layer

    class Listener(AsyncWebsocketConsumer):
        async def connect(self) -> None:
            await self.channel_layer.group_add("all", self.channel_name)
            await self.accept()

        async def told(self, event: dict[str, str]) -> None:
            await self.send(event["text"])

    listener = Listener.as_asgi()

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await listener(scope, receive, send)
            return
        body = (await receive()).get("body", b"").decode()
        await get_channel_layer().group_send("all", {"type": "told", "text": body})
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    uvicorn.run(application, port=port, log_level="warning", lifespan="off")


if __name__ == "__main__":
    serve(int(sys.argv[1]))
