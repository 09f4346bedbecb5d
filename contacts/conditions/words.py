"""Whether a text mentions a word, however it is spelled. Both are folded (``security.search.folding``)."""

from security.search.folding import is_latin


def mentions(text: str, word: str) -> bool:
    """``word`` stands in ``text``; a Latin word is no part of a longer one, Chinese has no such bounds."""
    at = text.find(word)
    while at >= 0:
        if _stands_alone(text, at, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def begins_with(text: str, word: str) -> bool:
    return text.startswith(word) and _stands_alone(text, 0, len(word))


def _stands_alone(text: str, start: int, end: int) -> bool:
    begins = start == 0 or not (is_latin(text[start - 1]) and is_latin(text[start]))
    return begins and (end == len(text) or not (is_latin(text[end]) and is_latin(text[end - 1])))
