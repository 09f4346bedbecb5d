"""A recording of a browser as a phone sends it: Opus out of WebM into Ogg. Nothing is encoded anew."""

from __future__ import annotations

import struct
from collections.abc import Iterator

# WebM: elements which hold others, and the few which are read.
_MASTERS = {0x18538067, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0}
_CODEC_PRIVATE, _SIMPLE_BLOCK, _BLOCK = 0x63A2, 0xA3, 0xA1
_UNKNOWN = -1
_SAMPLES_PER_SECOND = 48_000
_SERIAL = 1
_TAGS = b"OpusTags" + struct.pack("<I", 4) + b"Kefu" + struct.pack("<I", 0)
_HEAD = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, _SAMPLES_PER_SECOND, 0, 0)
_SILENT = b"\xf8\xff\xfe"  # twenty milliseconds of nothing, in one channel
# RFC 6716, 3.1: tenths of a millisecond per frame, by the configuration in the first byte of a packet.
_FRAME = [*([100, 200, 400, 600] * 3), *([100, 200] * 2), *([25, 50, 100, 200] * 4)]


class NotARecording(ValueError):
    """These bytes are not Opus in WebM."""


def as_voice_note(data: bytes, mime_type: str) -> tuple[bytes, str]:
    """(bytes, mime type) for the webhook; what is no WebM is left as it is. Raises NotARecording."""
    if not mime_type.startswith(("audio/webm", "video/webm")):
        return data, mime_type
    head, packets = _HEAD, []
    for kind, body in _elements(data):
        if kind == _CODEC_PRIVATE and body.startswith(b"OpusHead"):
            head = body
        elif kind in (_SIMPLE_BLOCK, _BLOCK) and len(body) > 4:
            packets.append(body[4:])  # one byte of track, two of time, one of flags; recorders lace nothing
    if not packets:
        raise NotARecording("There is no sound in this recording.")
    return b"".join(_pages(head, packets)), "audio/ogg; codecs=opus"


def silence(seconds: float) -> bytes:
    """A real voice note in which nobody speaks."""
    return b"".join(_pages(_HEAD, [_SILENT] * max(1, round(seconds * 50))))


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every element which holds no others, at any depth, in order."""
    place = 0
    try:
        while place < len(data):
            kind, place = _number(data, place, keep_marker=True)
            size, place = _number(data, place, keep_marker=False)
            if kind in _MASTERS:
                continue  # go in; of unknown length or not, what follows lies inside
            if size == _UNKNOWN or place + size > len(data):
                return
            yield kind, data[place : place + size]
            place += size
    except IndexError as error:
        raise NotARecording("The recording breaks off.") from error


def _number(data: bytes, place: int, *, keep_marker: bool) -> tuple[int, int]:
    """An EBML number of one to eight bytes and the place behind it."""
    first = data[place]
    length = 9 - first.bit_length()
    if length > 8:
        raise NotARecording("This is no WebM.")
    raw = data[place : place + length]
    value = int.from_bytes(raw)
    if keep_marker:
        return value, place + length
    value &= (1 << (7 * length)) - 1
    return (_UNKNOWN if value == (1 << (7 * length)) - 1 else value), place + length


def _pages(head: bytes, packets: list[bytes]) -> Iterator[bytes]:
    yield _page([head], 0, 0, flags=2)
    yield _page([_TAGS], 0, 1)
    samples, number, lacing = 0, 2, 0
    waiting: list[bytes] = []
    for place, packet in enumerate(packets):
        needed = len(packet) // 255 + 1
        if lacing + needed > 255:
            yield _page(waiting, samples, number)
            number, waiting, lacing = number + 1, [], 0
        waiting.append(packet)
        lacing += needed
        samples += _samples(packet)
        if place == len(packets) - 1:
            yield _page(waiting, samples, number, flags=4)


def _samples(packet: bytes) -> int:
    frames = {0: 1, 1: 2, 2: 2}.get(packet[0] & 3) or (packet[1] & 63 if len(packet) > 1 else 1)
    return frames * _FRAME[packet[0] >> 3] * _SAMPLES_PER_SECOND // 10_000


def _page(packets: list[bytes], granule: int, number: int, *, flags: int = 0) -> bytes:
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, granule, _SERIAL, number, 0, len(lacing)) + lacing
    page = head + b"".join(packets)
    return page[:22] + struct.pack("<I", _checksum(page)) + page[26:]


def _table() -> list[int]:
    rows = []
    for value in range(256):
        row = value << 24
        for _ in range(8):
            row = (row << 1 ^ 0x04C11DB7 if row & 0x80000000 else row << 1) & 0xFFFFFFFF
        rows.append(row)
    return rows


_ROWS = _table()


def _checksum(page: bytes) -> int:
    """Ogg's CRC-32: not the usual one, it runs from the other end."""
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _ROWS[(value >> 24) ^ byte]
    return value
