"""A TCP line that can be cut, stopped and frozen: stands between Kefu and its database, or between people and Kefu."""

import asyncio
import contextlib
import threading
from typing import Any

_CHUNK = 256 * 1024


class Line:
    """Listens on ``port`` and forwards to ``target``, from a thread with an event loop of its own."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.port = 0
        self._refusing = False
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._flowing = asyncio.Event()
        self._flowing.set()
        threading.Thread(target=self._loop.run_forever, name="line", daemon=True).start()
        self._run(self._listen())

    def cut(self) -> None:
        """Every connection ends at once, in the middle of whatever it carried; new ones are welcome."""
        self._do(self._abort)

    def stop(self) -> None:
        """As if nobody listened behind it: what is open ends, what comes is turned away."""
        self._refusing = True
        self._do(self._abort)

    def freeze(self) -> None:
        """Nothing passes and nothing ends: a network that swallows packets."""
        self._do(self._flowing.clear)

    def mend(self) -> None:
        self._refusing = False
        self._do(self._flowing.set)

    def close(self) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _do(self, deed: Any) -> None:
        async def done() -> None:
            deed()

        self._run(done())

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def _abort(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    async def _listen(self) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = int(server.sockets[0].getsockname()[1])

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            writer.transport.abort()
            return
        try:
            onward, back = await asyncio.open_connection(*self.target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, back}
        await asyncio.gather(self._pump(reader, back), self._pump(onward, writer))
        self._open -= {writer, back}

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(_CHUNK):
                await self._flowing.wait()
                sink.write(data)
                await sink.drain()
        sink.close()
