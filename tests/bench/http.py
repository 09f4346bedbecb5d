"""A lean HTTP/1.1 client for load: one keep-alive connection, one request at a time."""

import asyncio
from urllib.parse import urlsplit


class Connection:
    """``await Connection.to(url)``; then ``post`` as often as wanted."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self._reader = reader
        self._writer = writer
        self._host = host.encode()

    @classmethod
    async def to(cls, url: str) -> "Connection":
        address = urlsplit(url)
        assert address.hostname is not None
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        return cls(reader, writer, address.netloc)

    async def post(self, path: str, body: bytes, headers: bytes = b"") -> tuple[int, bytes]:
        """Status and body of the answer."""
        return await self._ask(b"POST", path, headers + b"content-length: %d\r\n" % len(body), body)

    async def get(self, path: str, headers: bytes = b"") -> tuple[int, bytes]:
        return await self._ask(b"GET", path, headers, b"")

    async def _ask(self, method: bytes, path: str, headers: bytes, body: bytes) -> tuple[int, bytes]:
        head = b"%s %s HTTP/1.1\r\nhost: %s\r\n%s\r\n" % (method, path.encode(), self._host, headers)
        self._writer.write(head + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        fields = answer.lower()
        content = b""
        if b"content-length:" in fields:
            length = int(fields.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            content = await self._reader.readexactly(length)
        elif b"transfer-encoding: chunked" in fields:
            content = await self._chunks()
        return int(answer[9:12]), content

    async def _chunks(self) -> bytes:
        parts = []
        while size := int((await self._reader.readline()).strip() or b"0", 16):
            parts.append(await self._reader.readexactly(size))
            await self._reader.readexactly(2)
        await self._reader.readexactly(2)
        return b"".join(parts)

    def close(self) -> None:
        self._writer.close()
