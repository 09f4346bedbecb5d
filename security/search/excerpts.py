"""Where in a text it was found, as people read it."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from security.search.asking import Span
from security.search.folding import letters_of
from security.search.pieces import Reading

_BEFORE, _LONGEST = 40, 180  # characters
_CUT = "…"


@dataclass(frozen=True)
class ExcerptShape:
    """A part of an excerpt: what was looked for (``hit``), or what stands around it."""

    text: str
    hit: bool


def excerpt(reading: Reading, spans: Sequence[Span]) -> list[ExcerptShape]:
    """At most 180 characters from a little before the first hit on. Parts rather than offsets: those count differently
    in every language."""
    text = reading.text
    hits = _merged(_in_text(reading, spans))
    first = hits[0][0] if hits else 0
    start = max(0, first - _BEFORE) if first + _BEFORE > _LONGEST else 0
    end = min(len(text), start + _LONGEST)
    parts = list(_parts(text, hits, start, end))
    if start:
        parts.insert(0, ExcerptShape(_CUT, hit=False))
    if end < len(text):
        parts.append(ExcerptShape(_CUT, hit=False))
    return parts


def _parts(text: str, hits: Sequence[Span], start: int, end: int) -> Iterator[ExcerptShape]:
    at = start
    for begin, stop in hits:
        begin, stop = max(begin, at), min(stop, end)
        if begin >= stop:
            continue
        if begin > at:
            yield ExcerptShape(text[at:begin], hit=False)
        yield ExcerptShape(text[begin:stop], hit=True)
        at = stop
    if at < end:
        yield ExcerptShape(text[at:end], hit=False)


def _in_text(reading: Reading, spans: Sequence[Span]) -> list[Span]:
    """From places among the letters to places in the text; nothing where the two cannot be brought together."""
    places = [place for place, letters in _clusters(reading.text) for _ in letters]
    if len(places) != len(reading.letters):
        return []
    return [(places[start][0], places[end - 1][1]) for start, end in spans]


def _clusters(text: str) -> Iterator[tuple[Span, str]]:
    """Each character with what is put upon it, and the letters the two are compared as."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _belongs(text[at]):
            yield (start, at), letters_of(text[start:at])
            start = at


def _belongs(char: str) -> bool:
    """To the character before it: accents, and the later parts of a Korean syllable."""
    return bool(unicodedata.combining(char)) or "\u1160" <= char <= "\u11ff"


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
