"""Which encoding a file is in: told by its mark, by trying, and by how likely what comes out of it is."""

import codecs
from collections.abc import Callable, Iterable, Iterator

# What a file may be in, and Python's name for it. The order of the multi-byte ones does not matter: both are weighed.
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "big5": "cp950",
    "gb18030": "gb18030",
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
}
_SAMPLE = 1_000_000
_LIKELY = 0.5
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
Pieces = Callable[[], Iterable[bytes]]


def detect(pieces: Pieces) -> str:
    """The encoding of a file, read anew with each call of ``pieces``; in doubt the one that reads anything."""
    sample = _start(pieces())
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if b"\x00" in sample:
        return "utf-16-be" if sample[::2].count(0) > sample[1::2].count(0) else "utf-16-le"
    if fits("utf-8", pieces()):
        return "utf-8"
    weighed = {name: weigh(sample) for name, weigh in (("big5", _like_big5), ("gb18030", _like_gb))}
    for name in sorted(weighed, key=lambda name: -weighed[name]):
        if weighed[name] >= _LIKELY and fits(name, pieces()):
            return name
    return "windows-1252" if fits("windows-1252", pieces()) else "latin-1"


def fits(name: str, pieces: Iterable[bytes]) -> bool:
    """Whether all of it can be read so."""
    decoder = codecs.getincrementaldecoder(ENCODINGS[name])("strict")
    try:
        for piece in pieces:
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _start(pieces: Iterable[bytes]) -> bytes:
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) >= _SAMPLE:
            break
    return bytes(found[:_SAMPLE])


def _like_big5(sample: bytes) -> float:
    """The share of its double bytes that are the 5,401 frequent characters, or punctuation."""
    pairs = [(lead, trail) for lead, trail in _pairs(sample) if not 0x7F <= trail <= 0xA0]
    return _share(sum(0xA1 <= lead <= 0xC6 for lead, _trail in pairs), sample)


def _like_gb(sample: bytes) -> float:
    """The share that are the 3,755 frequent characters of GB 2312, or punctuation."""
    frequent = [lead for lead, trail in _pairs(sample) if trail >= 0xA1]
    return _share(sum(0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3 for lead in frequent), sample)


def _share(good: int, sample: bytes) -> float:
    count = sum(1 for _pair in _pairs(sample))
    return good / count if count else 0.0


def _pairs(sample: bytes) -> Iterator[tuple[int, int]]:
    at, end = 0, len(sample) - 1
    while at < end:
        if sample[at] < 0x80:
            at += 1
            continue
        yield sample[at], sample[at + 1]
        at += 2
