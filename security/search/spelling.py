"""What of a text is indexed. ``TALK`` is for what people write, ``NAMES`` for what they are called: of those there are
few, and they are looked for by their beginnings.

A word stands by its first six letters and without its plural's s, so that one token serves the word and what begins
with it; a number of four digits or more by each four of them in a row, so that its last ones find it; a run of
characters by each two neighbours. What that finds too much is sorted out when the candidates are read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from security.search.pieces import NUMBER, RUN, WORD, Piece

_STEM = 6
_DIGITS = 4
_SHORTEST_PLURAL = 4
Marks = set[str]


@dataclass(frozen=True)
class Spelling:
    """``of_text`` and ``of_question`` give the marks of a piece that stands somewhere and of one that is looked for
    (none: the index cannot tell); ``fits`` whether a word that is looked for is another one."""

    of_text: Callable[[Piece], Marks]
    of_question: Callable[[Piece], Marks]
    fits: Callable[[str, str], bool]

    def marks(self, pieces: Iterable[Piece]) -> Marks:
        found: Marks = set()
        for piece in pieces:
            found |= self.of_text(piece)
        return found


def stem(word: str) -> str:
    """``orders`` and ``order`` are one word; ``glass`` has no plural's s."""
    plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def _said(piece: Piece) -> Marks:
    if piece.kind == WORD:
        return {stem(piece.text)[:_STEM]} if len(piece.text) > 1 else set()
    if piece.kind == NUMBER:
        return _number(piece)
    return _pairs(piece.text) or {piece.text}


def _asked(piece: Piece) -> Marks:
    if piece.kind == RUN and len(piece.text) == 1:
        return set()  # it may stand within any pair
    if piece.kind == NUMBER and len(piece.parts) > 1:
        return _grams(piece.text)
    return _said(piece)


def _means(wanted: str, word: str) -> bool:
    wanted, word = stem(wanted), stem(word)
    return word.startswith(wanted) if len(wanted) >= _STEM else word == wanted


def _name(piece: Piece) -> Marks:
    if piece.kind == WORD:
        return {f"^{piece.text[:length]}" for length in range(1, min(len(piece.text), _STEM) + 1)}
    if piece.kind == NUMBER:
        return _number(piece)
    return _pairs(piece.text) | set(piece.text)


def _asked_name(piece: Piece) -> Marks:
    if piece.kind == WORD:
        return {f"^{piece.text[:_STEM]}"}
    if piece.kind == NUMBER and len(piece.parts) > 1:
        return _grams(piece.text)
    return _name(piece) if piece.kind == NUMBER else _pairs(piece.text) or {piece.text}


def _begins(wanted: str, word: str) -> bool:
    return word.startswith(wanted)


def _number(piece: Piece) -> Marks:
    """Short ones whole, as they stand; of all others each four digits in a row, across what groups them."""
    return _grams(piece.text) | {f"#{part}" for part in piece.parts if len(part) < _DIGITS}


def _grams(digits: str) -> Marks:
    return {f"#{digits[at : at + _DIGITS]}" for at in range(len(digits) - _DIGITS + 1)}


def _pairs(run: str) -> Marks:
    return {run[at : at + 2] for at in range(len(run) - 1)}


TALK = Spelling(of_text=_said, of_question=_asked, fits=_means)
NAMES = Spelling(of_text=_name, of_question=_asked_name, fits=_begins)
