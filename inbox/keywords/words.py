"""Words as data: those that say nothing, surnames, and what terms are about. All in one spelling."""

from functools import cache
from pathlib import Path

import yaml

from security.search.folding import is_chinese, plain

_DATA = Path(__file__).parent / "data"
OTHER, OWN = "other", "own"  # topics beside those of the file: what fits none, and the region's own words


@cache
def stop_words() -> frozenset[str]:
    texts = ((_DATA / name).read_text(encoding="utf-8") for name in ("stop_zh.txt", "stop_en.txt"))
    return frozenset(plain(word).replace("'", "") for text in texts for word in text.split())


@cache
def surnames() -> frozenset[str]:
    return frozenset(plain((_DATA / "surnames.txt").read_text(encoding="utf-8").strip()))


@cache
def topics() -> dict[str, frozenset[str]]:
    """By name, in their order."""
    read = yaml.safe_load((_DATA / "topics.yaml").read_text(encoding="utf-8"))
    return {name: frozenset(plain(str(word)) for words in by.values() for word in words) for name, by in read.items()}


@cache
def _topic_words() -> dict[str, str]:
    return {word: name for name, words in reversed(topics().items()) for word in words}


def topic_of(text: str) -> str:
    """What a term is about; of several words in it the longest says."""
    key = plain(text)
    known = _topic_words()
    if not any(is_chinese(char) for char in key):
        return next((known[word] for word in key.split() if word in known), OTHER)
    within = [word for word in known if word in key]
    return known[max(within, key=len)] if within else OTHER
