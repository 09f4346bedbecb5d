"""What the API says of risky conversations, and of what makes one."""

from dataclasses import dataclass
from datetime import datetime

from contacts.shapes import AuthorShape


@dataclass(frozen=True)
class WordShape:
    """A word, how often a message mentions it, and in which one."""

    word: str
    kind: str
    times: int
    message_id: str
    at: datetime


@dataclass(frozen=True)
class RiskShape:
    """One time that a conversation was risky. ``words`` are those of messages the reader may read; ``raised_by`` null:
    Kefu found them. ``level``: how many were passed over because nobody took it."""

    id: str
    kind: str
    severity: int
    state: str
    level: int
    raised_at: datetime
    raised_by: AuthorShape | None
    note: str
    due_at: datetime | None
    given_to: AuthorShape | None
    taken_by: AuthorShape | None
    taken_at: datetime | None
    closed_by: AuthorShape | None
    closed_at: datetime | None
    reason: str
    words: list[WordShape]
    advice_zh: str
    advice_en: str
    may_take: bool
    may_close: bool


@dataclass(frozen=True)
class RuleShape:
    kind: str
    severity: int
    mentions: int
    window_hours: int
    advice_zh: str
    advice_en: str


@dataclass(frozen=True)
class ListedWordShape:
    """A word of the lists; ``cases``: how many it was in, ``false_alarms``: how many of those were none."""

    kind: str
    language: str
    text: str
    cases: int
    false_alarms: int


@dataclass(frozen=True)
class StepShape:
    minutes: int
    skill: str
    people: list[AuthorShape]


@dataclass(frozen=True)
class RiskSettingsShape:
    region_id: int
    name: str
    watches: bool
    minutes: int
    rules: list[RuleShape]
    words: list[ListedWordShape]
    steps: list[StepShape]


@dataclass(frozen=True)
class TriedShape:
    """A word that a text mentions, and how often."""

    kind: str
    word: str
    times: int
