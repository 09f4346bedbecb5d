"""Which of many words may stand in a text: asked of every message, so it costs one pass over it, whatever the words."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

_CUTS: dict[int, Callable[[str], Iterable[Any]]] = {
    1: lambda text: text,
    2: pairwise,
    3: lambda text: zip(text, text[1:], text[2:], strict=False),
}
_LONGEST = max(_CUTS)


class Lexicon:
    """Of folded words. Each is looked for by how it begins; only where that occurs is the word itself."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_size: dict[int, dict[Any, list[str]]] = {}
        self._everywhere: list[str] = []
        for word in dict.fromkeys(words):
            begins = word[:_LONGEST]
            if not begins:
                self._everywhere.append(word)
                continue
            key = begins if len(begins) == 1 else tuple(begins)
            self._by_size.setdefault(len(begins), {}).setdefault(key, []).append(word)
        self._keys = {size: frozenset(found) for size, found in self._by_size.items()}

    def within(self, text: str) -> list[str]:
        """Every word that is a part of ``text``, which is folded; a little more than ``mentions`` finds."""
        found = list(self._everywhere)
        for size, keys in self._keys.items():
            for key in keys.intersection(_CUTS[size](text)):
                found += [word for word in self._by_size[size][key] if word in text]
        return found
