"""Does a message say, with all of its words, that somebody stops marketing, or wants it again?

Always the whole message, never a part of it: 「停止出貨」 and "please stop the order" are about an order.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from contacts.consent.shipped import REPLIES, START_WORDS, STOP_WORDS
from contacts.models import ConsentRules
from security.policy import FRESH_FOR_SECONDS
from security.search.folding import fold, letters_of

STOP, START = "stop", "start"
LONGEST = 40
_WHY = "reading what customers wrote"


@dataclass(frozen=True)
class Words:
    """The lists of a region, folded, and what is answered."""

    stop: frozenset[str]
    start: frozenset[str]
    confirms: bool = True
    replies: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: REPLIES)

    def way_of(self, texts: Iterable[str]) -> str:
        """``stop``, ``start`` or nothing. Whoever says both with one tap (text and payload) stops."""
        said = {folded(text) for text in texts if text and len(text) <= 2 * LONGEST}
        if not said.isdisjoint(self.stop):
            return STOP
        return START if not said.isdisjoint(self.start) else ""

    def reply_to(self, way: str, *, text: str, language: str) -> str:
        """In the language of who said it; unknown, in that of the word."""
        spoken = language or ("zh" if any("\u3400" <= char <= "\u9fff" for char in text) else "en")
        replies = self.replies.get(way, {})
        return replies.get("zh" if spoken.startswith("zh") else "en", "") or replies.get("zh", "")


def folded(text: str) -> str:
    """One spelling for what people read as the same: width, case, script, marks, emoji and spaces around."""
    return letters_of(fold(text))


def compiled(rules: ConsentRules | None) -> Words:
    stop, start = (STOP_WORDS, START_WORDS) if rules is None else (rules.stop_words, rules.start_words)
    known = (frozenset(map(folded, stop)) - {""}, frozenset(map(folded, start)) - {""})
    return Words(*known) if rules is None else Words(*known, confirms=rules.confirms, replies=rules.replies)


_known: dict[int, tuple[float, Words]] = {}


def words_of(region_id: int) -> Words:
    """At most a few seconds old, like policies: ingest asks for every batch."""
    read_at, words = _known.get(region_id, (0.0, None))
    if words is None or time.monotonic() - read_at > FRESH_FOR_SECONDS:
        words = compiled(ConsentRules.objects.for_system(_WHY).filter(region_id=region_id).first())
        _known[region_id] = (time.monotonic(), words)
    return words


def forget_words() -> None:
    """Drop what this process knows (after a change, and between tests)."""
    _known.clear()
