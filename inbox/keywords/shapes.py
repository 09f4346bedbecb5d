"""What the API says of what customers write about."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class KeywordShape:
    """A term in some days. ``share`` of conversations lies within ``low`` and ``high``; ``usual`` is the baseline's.
    ``rise`` is by how many per cent it is higher, at least, or lower (null: there was none before, or too little to
    say); ``risen``: by enough, and not by chance. ``followed``: by the reader."""

    id: str
    text: str
    topic: str
    conversations: int
    share: float
    low: float
    high: float
    usual: float
    rise: int | None
    risen: bool
    own: bool
    followed: bool


@dataclass(frozen=True)
class KeywordGroupShape:
    """What is about the same: those that rose first. ``more``: how many conversations of the risen ones are above what
    was to be expected."""

    topic: str
    more: int
    risen: list[KeywordShape]
    top: list[KeywordShape]


@dataclass(frozen=True)
class KeywordReportShape:
    """Of a region's ``days`` days up to ``until`` (null: no day was counted yet). ``conversations`` counts each once a
    day. ``comparable``: whether the baseline is long enough to say that something rose; ``missing``: days of these that
    are still to be counted."""

    region_id: int
    until: date | None
    since: date | None
    days: int
    missing: int
    conversations: int
    messages: int
    baseline_since: date | None
    baseline_days: int
    comparable: bool
    top: list[KeywordShape]
    groups: list[KeywordGroupShape]


@dataclass(frozen=True)
class KeywordDayShape:
    """``usual``: the share in the baseline before this day; null with nothing to compare with. ``known`` is false where
    the term was in too few conversations to be counted."""

    on: date
    messages: int
    conversations: int
    of: int
    share: float
    low: float
    high: float
    usual: float | None
    known: bool


@dataclass(frozen=True)
class KeywordRiseShape:
    began_on: date
    ended_on: date | None
    percent: int
    conversations: int
    of: int
    told_at: datetime


@dataclass(frozen=True)
class KeywordTrendShape:
    """A term's days, the oldest first, and when its followers were told of a rise."""

    id: str
    region_id: int
    text: str
    topic: str
    own: bool
    ignored: bool
    followed: bool
    followers: int
    days: list[KeywordDayShape]
    rises: list[KeywordRiseShape]


@dataclass(frozen=True)
class KeywordWordShape:
    """A term that somebody chose something for. ``followers``: how many follow it, the reader among them or not."""

    id: str
    text: str
    own: bool
    ignored: bool
    followed: bool
    followers: int
