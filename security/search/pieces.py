"""A folded text cut into what can be looked for: words, numbers, and runs of what is written without spaces."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from security.search.folding import fold

WORD, NUMBER, RUN = "word", "number", "run"
# Han, kana, bopomofo, hangul, Thai, Lao, Burmese, Khmer.
_UNSPACED = (
    "\u3400-\u9fff\U00020000-\U0010ffff\u3040-\u30ff\u31f0-\u31ff\u3100-\u312f\u31a0-\u31bf"
    "\u1100-\u11ff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_PIECE = re.compile(rf"(?P<number>\d+(?: \d+)*)|(?P<run>[{_UNSPACED}]+)|(?P<word>[^\s\d{_UNSPACED}]+)")
_UNSPACED_CHAR = re.compile(f"[{_UNSPACED}]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """``text`` is without spaces; ``parts`` are the runs of digits of a number that was written in groups. ``at``
    counts the letters before it."""

    kind: str
    text: str
    at: int
    parts: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.at + len(self.text)


class _Bare(dict[int, str]):
    """Letters without their accents: who types ``cafe`` means ``café``. What is written without spaces keeps its marks,
    which make other letters there."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base, *marks = tuple(unicodedata.normalize("NFD", char))
        accented = marks and not _UNSPACED_CHAR.match(char) and all(map(unicodedata.combining, marks))
        self[code] = base if accented else char
        return self[code]


_bare = _Bare()


def pieces_of(text: str) -> Iterator[Piece]:
    """In their order."""
    return _cut(_spelled(text))


def _spelled(text: str) -> str:
    return fold(text).translate(_bare)


def _cut(spelled: str) -> Iterator[Piece]:
    at = 0
    for found in _PIECE.finditer(spelled):
        kind, text = str(found.lastgroup), found[0]
        parts = tuple(text.split(" ")) if kind == NUMBER else ()
        piece = Piece(kind, "".join(parts) or text, at, parts)
        at = piece.end
        yield piece


class Reading:
    """A text as it is compared: its pieces, and all its ``letters`` without what stands between them."""

    __slots__ = ("letters", "pieces", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        spelled = _spelled(text)
        self.pieces = list(_cut(spelled))
        self.letters = _SPACE.sub("", spelled)
