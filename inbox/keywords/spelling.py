"""How a term is spelled when terms are compared: one script, one case, one form of a word."""

import re
import unicodedata

from security.search.folding import is_chinese, plain

LONGEST = 40  # characters of a term
_SPACES = re.compile(r"[^\S\n]+")
_SHORT = 3


def shown_and_key(text: str) -> tuple[str, str]:
    """``text`` as people know it and as it is compared; the two are equally long."""
    shown = _SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    key = plain(shown)
    return (shown, key) if len(shown) == len(key) else (key, key)


def stem(word: str) -> str:
    """Without the s of a plural: ``refunds`` is ``refund``."""
    if len(word) <= _SHORT or not word.isascii() or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]


def key_of(text: str) -> str:
    """The key of a term that somebody typed; empty when nothing of it can be looked for."""
    _shown, key = shown_and_key(text.strip())
    words = [stem(word) for word in key.split()]
    return ("" if any(map(is_chinese, key)) else " ").join(words)
