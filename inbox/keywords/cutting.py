"""What of a message counts as a term: words, and two that stand together. Never a number, an address or a name."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from inbox.keywords.spelling import LONGEST, shown_and_key, stem
from inbox.keywords.words import stop_words, surnames
from security.search.folding import is_chinese, is_latin

_HAN = "\u3400-\u9fff\U00020000-\U0010ffff"
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{0,99}|@\w+"
    r"|(?<![a-z0-9.-])(?:[a-z0-9-]{1,40}\.){1,8}(?:com|net|org|tw|hk|cn|jp|sg|my|eu|de|uk|io|me|co|shop|app|link|info|ly)\b(?:/[!-~]*)?"
)
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W{_HAN}]+(?:['\u2019-][^\W{_HAN}]+)*")
# jieba's marks of what says nothing by itself: pronouns, numbers, times, adverbs, particles and the like.
_SILENT = frozenset(("r", "m", "q", "mq", "t", "p", "c", "y", "e", "o", "x", "d", "f", "zg", "k", "h"))
_HONORIFICS = frozenset(("先生", "小姐", "太太", "女士", "老师", "经理"))
_LONGEST_NAME, _LEAST_LATIN, _LEAST_HAN = 4, 3, 2


class Phrases:
    """Fixed phrases by their first character, the longest first."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for key in sorted(filter(None, keys), key=len, reverse=True):
            self._by_first.setdefault(key[0], []).append(key)
        self._begins = re.compile(f"[{re.escape(''.join(self._by_first))}]") if self._by_first else None

    def found_in(self, key: str) -> list[tuple[int, int]]:
        """Every place of each, the earliest first and of those the longest."""
        if self._begins is None:
            return []
        places = (found.start() for found in self._begins.finditer(key))
        return [
            (at, at + len(phrase))
            for at in places
            for phrase in self._by_first[key[at]]
            if key.startswith(phrase, at) and _stands_alone(key, at, at + len(phrase))
        ]

    def apart(self, key: str) -> Iterator[tuple[int, int]]:
        """Those that lie upon none before them."""
        reached = 0
        for start, end in self.found_in(key):
            if start >= reached:
                yield start, end
                reached = end


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Cutter:
    """``own``: the region's own words, never cut apart. ``followed``: counted wherever they stand, besides. ``names``:
    of colleagues; those of the customer are said with each text."""

    own: Phrases
    followed: Phrases
    names: Collection[str] = field(default_factory=frozenset)

    def terms(self, text: str, names: Collection[str] = ()) -> dict[str, str]:
        """Every term of a text, by its key, as it is spelled there."""
        shown, key = shown_and_key(text)
        if "." in key or "@" in key or "/" in key:
            shown, key = _without_addresses(shown, key)
        tokens = list(self._tokens(key, {*names, *self.names} if names else self.names))
        found = {one.key: shown[one.start : one.end] for one in tokens}
        for first, second in pairwise(tokens):
            if (pair := _pair(key, first, second)) is not None:
                found[pair] = shown[first.start : second.end]
        found.update((key[start:end], shown[start:end]) for start, end in self.followed.found_in(key))
        return {term: said for term, said in found.items() if len(term) <= LONGEST}

    def _tokens(self, key: str, names: Collection[str]) -> Iterator[_Token]:
        at = 0
        for start, end in self.own.apart(key):
            yield from _cut(key, at, start, names)
            yield _Token(key[start:end], start, end)
            at = end
        yield from _cut(key, at, len(key), names)


def _without_addresses(shown: str, key: str) -> tuple[str, str]:
    for found in _ADDRESS.finditer(key):
        blank = "\n" * (found.end() - found.start())
        shown = shown[: found.start()] + blank + shown[found.end() :]
        key = key[: found.start()] + blank + key[found.end() :]
    return shown, key


def _cut(key: str, start: int, end: int, names: Collection[str]) -> Iterator[_Token]:
    for run in _RUN.finditer(key, start, end):
        if run["han"]:
            yield from _cut_han(run[0], run.start(), names)
            continue
        word = run[0].replace("'", "").replace("\u2019", "")
        if len(word) < _LEAST_LATIN or not word.replace("-", "").isalpha() or word in stop_words() or word in names:
            continue
        bare = stem(word)
        if bare not in stop_words() and bare not in names:
            yield _Token(bare, run.start(), run.end())


def _cut_han(text: str, start: int, names: Collection[str]) -> Iterator[_Token]:
    import rjieba  # its dictionary is loaded where words are cut, and nowhere else

    pieces = rjieba.tag(text)
    at = start
    for place, (word, mark) in enumerate(pieces):
        end = at + len(word)
        following = pieces[place + 1][0] if place + 1 < len(pieces) else ""
        if len(word) >= _LEAST_HAN and not _is_silent(word, mark) and not _is_name(word, mark, following, names):
            yield _Token(word, at, end)
        at = end


def _is_silent(word: str, mark: str) -> bool:
    return mark in _SILENT or mark.startswith("u") or word in stop_words()


def _is_name(word: str, mark: str, following: str, names: Collection[str]) -> bool:
    known = mark == "nr" or following in _HONORIFICS
    return word in names or (known and word[0] in surnames() and len(word) <= _LONGEST_NAME)


def _pair(key: str, first: _Token, second: _Token) -> str | None:
    """The two together where nothing stands between them: Chinese beside Chinese, or Latin words with one space."""
    between = key[first.end : second.start]
    if between == "" and is_chinese(key[first.end - 1]) and is_chinese(key[second.start]):
        return first.key + second.key
    if between == " " and is_latin(key[first.end - 1]) and is_latin(key[second.start]):
        return f"{first.key} {second.key}"
    return None


def _stands_alone(key: str, start: int, end: int) -> bool:
    begins = start == 0 or not (is_latin(key[start - 1]) and is_latin(key[start]))
    return begins and (end == len(key) or not (is_latin(key[end]) and is_latin(key[end - 1])))


def names_in(*spelled: str) -> set[str]:
    """What people are called, as it may stand in a text: each word, and Chinese names also without a part."""
    found: set[str] = set()
    for name in spelled:
        for run in _RUN.finditer(shown_and_key(name)[1]):
            found.add(run[0])
            if run["han"] and len(run[0]) <= _LONGEST_NAME:
                found |= {
                    run[0][start:end] for start in range(len(run[0])) for end in range(start + 2, len(run[0]) + 1)
                }
    return {name for name in found if len(name) > 1}
