"""Which canned replies come first in a conversation: one pure function over frozen facts, that says why.

The score is a sum of parts, each with a name and a ceiling, so that it can be explained and tested. Nothing is learned
and nothing is random: the same facts give the same order.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from inbox.canned.wording import language_of, language_of_text

_WORD = re.compile(r"[a-z0-9]{3,}", re.IGNORECASE)
_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+")
_DAY = 86_400
_LATIN, _NOT_LATIN = "latin", ("zh", "ja", "ko")
# What everybody writes says nothing about what is meant.
_EMPTY = frozenset(
    [
        "the",
        "and",
        "you",
        "for",
        "are",
        "can",
        "please",
        "have",
        "with",
        "this",
        "that",
        "what",
        "when",
        "how",
        "hello",
        "your",
        "not",
        "was",
        "will",
        "from",
        "請問",
        "您好",
        "你好",
        "謝謝",
        "可以",
        "這個",
        "一下",
        "我們",
        "你們",
        "我的",
        "有沒",
        "沒有",
        "什麼",
        "怎麼",
        "麻煩",
    ]
)
LANGUAGE, OTHER_LANGUAGE = 4.0, -4.0
WORDS_MOST, FIRST, CHANNEL, OTHER_CHANNEL, TEAM, PERSONAL = 4.0, 2.0, 1.5, -6.0, 0.5, 0.25
MINE_MOST, RECENT_MOST, ALL_MOST = 3.0, 1.5, 1.5
RECENT_HALF_DAYS = 7
_TOLD_FROM = 0.25


@dataclass(frozen=True)
class Context:
    """What is known of the conversation. ``said``: the customer's last words; ``first``: nobody has answered yet."""

    now: datetime
    language: str = ""
    said: str = ""
    channel_id: str = ""
    team_ids: frozenset[int] = frozenset()
    first: bool = False


@dataclass(frozen=True)
class Candidate:
    """A reply and how often it was sent: by the reader, when last by the reader, and by everybody."""

    id: str
    shortcut: str
    title: str
    text: str
    language: str = ""
    personal: bool = False
    team_id: int | None = None
    channel_id: str = ""
    mine: int = 0
    last_mine: datetime | None = None
    everybody: int = 0


@dataclass(frozen=True)
class Ranked:
    """``why`` names what speaks for it, the strongest first."""

    id: str
    score: float
    parts: dict[str, float] = field(default_factory=dict)

    @property
    def why(self) -> list[str]:
        told = [(points, name) for name, points in self.parts.items() if points >= _TOLD_FROM]
        return [name for _, name in sorted(told, key=lambda one: (-one[0], one[1]))]

    @property
    def suggested(self) -> bool:
        """Whether the conversation itself speaks for it, not only habit."""
        return self.score > 0 and ("words" in self.parts or "first" in self.parts)


def ranked(candidates: Sequence[Candidate], context: Context) -> list[Ranked]:
    """Best first; equals by shortcut."""
    own = {one.id: tokens(f"{one.shortcut} {one.title} {one.text}") for one in candidates}
    spread = Counter(token for found in own.values() for token in found)
    said = tokens(context.said)
    language = context.language or language_of_text(context.said) or (_LATIN if _WORD.search(context.said) else "")
    found = []
    for one in candidates:
        parts = {name: points for name, points in _parts(one, context, language).items() if points}
        shared = said & own[one.id]
        if shared:
            weight = sum(math.log(1 + len(candidates) / spread[token]) for token in shared)
            parts["words"] = min(WORDS_MOST, weight)
        found.append(Ranked(one.id, round(sum(parts.values()), 4), parts))
    shortcuts = {one.id: one.shortcut for one in candidates}
    return sorted(found, key=lambda one: (-one.score, shortcuts[one.id], one.id))


def tokens(text: str) -> frozenset[str]:
    """Words of Latin script, pairs of neighbouring Han characters; what everybody writes is left out."""
    lower = text.lower()
    pairs = (run[at : at + 2] for run in _HAN.findall(lower) for at in range(len(run) - 1))
    return frozenset(_WORD.findall(lower)).union(pairs) - _EMPTY


def _parts(one: Candidate, context: Context, language: str) -> dict[str, float]:
    return {
        "language": _language(one, language),
        "first": FIRST if context.first and "{contact.name}" in one.text else 0.0,
        "channel": _channel(one, context.channel_id),
        "team": TEAM if one.team_id in context.team_ids else 0.0,
        "personal": PERSONAL if one.personal else 0.0,
        "mine": min(MINE_MOST, math.log2(1 + one.mine) / 2),
        "recent": _recent(one.last_mine, context.now),
        "everybody": min(ALL_MOST, math.log2(1 + one.everybody) / 4),
    }


def _language(one: Candidate, wanted: str) -> float:
    spoken = language_of(one.language) or language_of_text(one.text) or "en"
    if not wanted:
        return 0.0
    if wanted == _LATIN:  # which one of them is not known, but none of the others
        return OTHER_LANGUAGE if spoken in _NOT_LATIN else 0.0
    return LANGUAGE if spoken == wanted else OTHER_LANGUAGE


def _channel(one: Candidate, here: str) -> float:
    if not one.channel_id:
        return 0.0
    return CHANNEL if one.channel_id == here else OTHER_CHANNEL


def _recent(last: datetime | None, now: datetime) -> float:
    if last is None:
        return 0.0
    days = max(0.0, (now - last).total_seconds() / _DAY)
    return float(RECENT_MOST * 0.5 ** (days / RECENT_HALF_DAYS))


def suggestions(found: Iterable[Ranked], *, most: int) -> list[str]:
    """The ids to show before anybody asks."""
    return [one.id for one in found if one.suggested][:most]
