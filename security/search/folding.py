"""Texts as they are compared with words: one spelling for what people read as the same.

Full and half width, case, Simplified and Traditional, invisible characters, and letters that were spaced out
(``s c a m``, ``詐 騙``, ``詐.騙``) all fold to one form. One pass over the text, whatever is in it.
"""

import unicodedata
from functools import cache
from pathlib import Path

# What stands between letters to hide a word, and between words to part them. A sentence's own marks part for good.
_BETWEEN = frozenset(' \t.·・•_-*~/\\|+"`^=#')
_WITHIN = frozenset("'\u2019")  # don't and dont are one word
_PART = "\n"


def fold(text: str) -> str:
    """Words of Latin letters stand apart by one space; Chinese characters stand together; sentences by a line break."""
    return _joined(_pieces(plain(text)))


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


def _pieces(text: str) -> list[str]:
    """Runs of word letters, single Chinese characters, ``" "`` for what lies between, and line breaks."""
    pieces: list[str] = []
    run: list[str] = []
    for at, char in enumerate(text):
        if char.isalnum():  # most are, and no more is asked of them
            if not is_chinese(char):
                run.append(char)
                continue
        elif _is_skipped(char):
            continue
        if run:
            pieces.append("".join(run))
            run = []
        if is_chinese(char):
            pieces.append(char)
        elif char in _BETWEEN and not (char == "." and text[at + 1 : at + 2].strip() == ""):
            if pieces and pieces[-1] != " ":
                pieces.append(" ")
        else:
            pieces.append(_PART)
    return [*pieces, "".join(run)] if run else pieces


def _joined(pieces: list[str]) -> str:
    """Without the spaces that only hide a word: between Chinese characters, and between single letters."""
    kept: list[str] = []
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        if piece == " " and 0 < at < last and _hides(pieces[at - 1], pieces[at + 1]):
            continue
        kept.append(piece)
    return "".join(kept)


def _hides(before: str, after: str) -> bool:
    if is_chinese(before[-1]) and is_chinese(after[0]):
        return True
    return len(before) == 1 and len(after) == 1 and is_latin(before) and is_latin(after)


@cache
def _simplified() -> dict[int, str]:
    """Traditional → Simplified, as ``str.translate`` takes it: the lists are compared in one script."""
    lines = (Path(__file__).parent / "simplified.txt").read_text(encoding="utf-8").splitlines()[1:]
    return {
        ord(traditional): simple
        for above, below in zip(lines[::2], lines[1::2], strict=True)
        for traditional, simple in zip(above, below, strict=True)
    }
