"""Alternatives and facts in the texts: ``{one|two|}`` picks, ``{A:one|two}`` picks alike all through an episode,
``<order>`` names a fact."""

import re
from collections.abc import Mapping
from random import Random

_INNERMOST = re.compile(r"\{([^{}]*)\}")
_LINKED = re.compile(r"([A-Z]):(.*)", re.DOTALL)
_FACT = re.compile(r"<(\w+)>")
# Chinese characters, and the marks that stand among them.
_HAN, _MARK = r"\u3400-\u9fff", r"、-〗！-～"
_BETWEEN_CHINESE = re.compile(rf"(?<=[{_HAN}{_MARK}]) +(?=[{_HAN}{_MARK}])")
_AT_LATIN = re.compile(rf"(?<=[{_HAN}])(?=[A-Za-z0-9£$])|(?<=[A-Za-z0-9])(?=[{_HAN}])")


def spaced(text: str) -> str:
    """A fact may be Chinese or not (黑貓宅急便, Royal Mail): no space between Chinese, one between it and Latin."""
    return _AT_LATIN.sub(" ", _BETWEEN_CHINESE.sub("", text))


def word(text: str, facts: Mapping[str, str], rng: Random, linked: dict[str, float]) -> str:
    """One reading of ``text``. ``linked`` remembers the choices of the lettered alternatives; KeyError names a fact
    that does not exist."""

    def pick(match: re.Match[str]) -> str:
        inside = match.group(1)
        lettered = _LINKED.fullmatch(inside)
        if lettered is None:
            return rng.choice(inside.split("|"))
        choices = lettered.group(2).split("|")
        return choices[int(linked.setdefault(lettered.group(1), rng.random()) * len(choices))]

    while _INNERMOST.search(text):
        text = _INNERMOST.sub(pick, text)
    while _FACT.search(text):  # a fact may hold another one: a greeting names the agent
        text = _FACT.sub(lambda match: facts[match.group(1)], text)
    return spaced(text.replace("\\n", "\n").strip())
