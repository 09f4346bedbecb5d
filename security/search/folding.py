"""Texts as they are compared with words: one spelling for what people read as the same.

Full and half width, case, Simplified and Traditional, invisible characters, and letters that were spaced out
(``s c a m``, ``詐 騙``, ``詐.騙``) all fold to one form. One pass over the text, whatever is in it.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

# What stands between letters to hide a word, and between words to part them. A sentence's own marks part for good.
_BETWEEN = frozenset(' \t.·・•_-*~/\\|+"`^=#')
_WITHIN = frozenset("'\u2019")  # don't and dont are one word
_PART = "\n"
_MOST_FORMS = 30_000  # of characters; what is rarer is looked up each time
_CHINESE = "\u3400-\u9fff\U00020000-\U0010ffff"
_LATIN = rf"[^\W_{_CHINESE}]"
_STOP = re.compile(r"\.(?!\S)")
_GAP = re.compile("  +")
# Spaces that only hide a word: between Chinese characters, and between single letters.
_HIDING = re.compile(
    rf" (?:(?<=[{_CHINESE}] )(?=[{_CHINESE}])|(?<={_LATIN} )(?<!{_LATIN}{_LATIN} )(?={_LATIN}(?!{_LATIN})))"
)


def fold(text: str) -> str:
    """Words of Latin letters stand apart by one space; Chinese characters stand together; sentences by a line break."""
    parted = _STOP.sub(_PART, unicodedata.normalize("NFKC", text).casefold()).translate(_forms())
    return _HIDING.sub("", _GAP.sub(" ", parted.lstrip(" ")))


def plain(text: str) -> str:
    """Full and half width, case and script folded; nothing left out."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_simplified())


def letters_of(text: str) -> str:
    """What ``fold`` keeps of a text but for its spaces and line breaks."""
    return "".join(char for char in plain(text) if not _is_skipped(char) and (is_latin(char) or is_chinese(char)))


def is_latin(char: str) -> bool:
    """Of those that make words with their neighbours: letters and digits of alphabets."""
    return char.isalnum() and not is_chinese(char)


def is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"


def _is_skipped(char: str) -> bool:
    """Zero-width joiners, soft hyphens, accents that were put beside their letter, apostrophes."""
    return char in _WITHIN or unicodedata.category(char) in ("Cf", "Mn")


class _Forms(dict[int, str]):
    """What becomes of each character, as ``str.translate`` takes it; found once for those that occur."""

    def __missing__(self, code: int) -> str:
        form = _form(_simplified().get(code, chr(code)))
        if len(self) < _MOST_FORMS:
            self[code] = form
        return form


@cache
def _forms() -> _Forms:
    return _Forms()


def _form(char: str) -> str:
    if char.isalnum():
        return char
    if _is_skipped(char):
        return ""
    if is_chinese(char):
        return char
    return " " if char in _BETWEEN else _PART


@cache
def _simplified() -> dict[int, str]:
    """Traditional → Simplified, as ``str.translate`` takes it: the lists are compared in one script."""
    lines = (Path(__file__).parent / "simplified.txt").read_text(encoding="utf-8").splitlines()[1:]
    return {
        ord(traditional): simple
        for above, below in zip(lines[::2], lines[1::2], strict=True)
        for traditional, simple in zip(above, below, strict=True)
    }
