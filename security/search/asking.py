"""What somebody typed: words that must all be there, and what stands in quotation marks together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from security.search.pieces import NUMBER, RUN, WORD, Piece, Reading, pieces_of
from security.search.spelling import Spelling

LONGEST = 400
_MOST_TERMS = 12
_CHUNK = re.compile(r'"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』|(\S+)')
_SHORT = 4  # digits below which a number must be the whole one
_AT_HOME = 8  # digits from which on a number that begins with 0 may be written with its country elsewhere
Span = tuple[int, int]


@dataclass(frozen=True)
class Term:
    """One piece, or several that must stand together (``letters``: all of theirs)."""

    pieces: tuple[Piece, ...]
    letters: str

    def marks(self, spelling: Spelling) -> set[str]:
        return {mark for piece in self.pieces for mark in spelling.of_question(piece)}

    def spans(self, reading: Reading, spelling: Spelling) -> list[Span]:
        """Where it stands among the letters of a text; empty when it does not."""
        if len(self.pieces) > 1:
            return _all_of(self.letters, reading.letters)
        wanted = self.pieces[0]
        same = [piece for piece in reading.pieces if piece.kind == wanted.kind]
        if wanted.kind == WORD:
            return [(piece.at, piece.end) for piece in same if spelling.fits(wanted.text, piece.text)]
        within = _within if wanted.kind == RUN else _in_number
        return [span for piece in same for span in within(wanted.text, piece)]


@dataclass(frozen=True)
class Asked:
    """All of ``terms``; none when nothing that was typed can be looked for."""

    terms: tuple[Term, ...]

    def marks(self, spelling: Spelling) -> set[str]:
        return {mark for term in self.terms for mark in term.marks(spelling)}

    def spans(self, reading: Reading, spelling: Spelling) -> list[Span]:
        """Every place of every term, in order; empty unless all are there."""
        found = [term.spans(reading, spelling) for term in self.terms]
        return sorted(span for spans in found for span in spans) if all(found) else []


def understand(typed: str) -> Asked:
    """The first dozen different terms of ``typed``."""
    terms = dict.fromkeys(term for chunk in _chunks(typed) if (term := _term(chunk)) is not None)
    return Asked(tuple(terms)[:_MOST_TERMS])


def _chunks(typed: str) -> Iterator[str]:
    for found in _CHUNK.finditer(typed):
        yield next(group for group in found.groups() if group is not None)


def _term(chunk: str) -> Term | None:
    pieces = tuple(pieces_of(chunk))
    if len(pieces) == 1:
        pieces = (_as_abroad(pieces[0]),)
    return Term(pieces, "".join(piece.text for piece in pieces)) if pieces else None


def _as_abroad(piece: Piece) -> Piece:
    """A telephone number written as at home (0912…) is within the one with its country (+886912…)."""
    if piece.kind != NUMBER or len(piece.text) < _AT_HOME or not piece.text.startswith("0"):
        return piece
    digits = piece.text.lstrip("0")
    return Piece(NUMBER, digits, 0, (digits,)) if digits else piece


def _in_number(digits: str, piece: Piece) -> list[Span]:
    if len(digits) >= _SHORT:
        return _within(digits, piece)
    found, at = [], piece.at
    for part in piece.parts:
        if part == digits:
            found.append((at, at + len(part)))
        at += len(part)
    return found


def _within(wanted: str, piece: Piece) -> list[Span]:
    return [(piece.at + start, piece.at + end) for start, end in _all_of(wanted, piece.text)]


def _all_of(wanted: str, letters: str) -> list[Span]:
    found, at = [], letters.find(wanted)
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = letters.find(wanted, at + len(wanted))
    return found
