"""Finding many words in one text at once (Aho and Corasick, 1975): as long as the text is, whatever the words are."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from security.search.folding import fold, is_latin


@dataclass(frozen=True)
class Term:
    """One word of a region's lists. ``kind``: fraud, threat, self_harm, legal."""

    id: UUID
    kind: str
    text: str


@dataclass(frozen=True)
class Found:
    """How often one text mentions a term."""

    term: Term
    times: int


@dataclass
class _Node:
    after: "dict[str, _Node]" = field(default_factory=dict)
    fallback: "_Node | None" = None
    # What ends here: the terms and how long they are when folded; and the next shorter end, if any.
    terms: list[Term] = field(default_factory=list)
    length: int = 0
    shorter: "_Node | None" = None


class Words:
    """Compiled lists. Of words that lie upon each other the longest counts, once for each kind."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._root = _Node()
        for term in terms:
            if folded := fold(term.text).strip():
                self._add(folded, term)
        self._link()

    def found_in(self, text: str) -> list[Found]:
        """Each term that ``text`` mentions, in the order of their first mention."""
        folded = fold(text)
        times: dict[UUID, int] = {}
        known: dict[UUID, Term] = {}
        reached: dict[str, int] = {}
        for start, end, term in sorted(self._hits(folded), key=lambda hit: (hit[0], -hit[1])):
            if start < reached.get(term.kind, 0) or not _stands_alone(folded, start, end):
                continue
            reached[term.kind] = end
            known[term.id] = term
            times[term.id] = times.get(term.id, 0) + 1
        return [Found(known[pk], count) for pk, count in times.items()]

    def _add(self, folded: str, term: Term) -> None:
        node = self._root
        for char in folded:
            node = node.after.setdefault(char, _Node())
        node.terms.append(term)
        node.length = len(folded)

    def _link(self) -> None:
        """Where to go on when the next character leads nowhere: breadth first, so that shorter ones are done."""
        waiting = deque(self._root.after.values())
        for node in waiting:
            node.fallback = self._root
        while waiting:
            node = waiting.popleft()
            for char, child in node.after.items():
                child.fallback = _step(node.fallback, char, self._root)
                child.shorter = child.fallback if child.fallback.terms else child.fallback.shorter
                waiting.append(child)

    def _hits(self, folded: str) -> Iterator[tuple[int, int, Term]]:
        root = node = self._root
        for at, char in enumerate(folded):
            while char not in node.after and node is not root:
                node = node.fallback or root
            node = node.after.get(char, root)
            ending: _Node | None = node if node.terms else node.shorter
            while ending is not None:
                for term in ending.terms:
                    yield at + 1 - ending.length, at + 1, term
                ending = ending.shorter


def _step(node: "_Node | None", char: str, root: _Node) -> _Node:
    while node is not None and char not in node.after:
        node = node.fallback
    return root if node is None else node.after[char]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A Latin word is no part of a longer one; Chinese has no such bounds."""
    begins = start == 0 or not (is_latin(text[start - 1]) and is_latin(text[start]))
    return begins and (end == len(text) or not (is_latin(text[end]) and is_latin(text[end - 1])))
