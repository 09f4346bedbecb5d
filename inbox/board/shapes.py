"""What the API says of the board."""

from dataclasses import dataclass
from datetime import datetime

from inbox.shapes import ConversationShape


@dataclass(frozen=True)
class ListShape:
    """The first conversations of a list by id, in its order, and how many it has (1,000: that or more)."""

    ids: list[str]
    count: int


@dataclass(frozen=True)
class BoardPersonShape:
    """A colleague who may answer. ``load`` counts the open ones they have, ``waiting`` those whose customers wait,
    since ``waiting_since`` at the longest; ``held`` what waits for a mentor."""

    id: int
    name: str
    level: str
    trainee: bool
    availability: str
    is_here: bool
    away_since: datetime | None
    region_ids: list[int]
    team_ids: list[int]
    load: int
    capacity: int
    waiting: int
    waiting_since: datetime | None
    last_reply_at: datetime | None
    held: int


@dataclass(frozen=True)
class BoardTeamShape:
    """``waiting``: what was given to the team and nobody of it has taken."""

    id: int
    name: str
    region_id: int
    waiting: int


@dataclass(frozen=True)
class FiguresShape:
    """Since midnight of the reader. ``received``: cases begun; ``answered``: first answers given, after
    ``median_seconds``; ``resolved``: cases resolved; ``over_window``: customers who wait, have nobody, and
    whose 24 hours are over."""

    received: int
    answered: int
    resolved: int
    median_seconds: int | None
    over_window: int


@dataclass(frozen=True)
class BoardShape:
    """``conversations`` are those that the lists name, each once. ``broken``: how many promises are broken by now."""

    at: datetime
    conversations: list[ConversationShape]
    queue: ListShape
    at_risk: ListShape
    broken: int
    risky: ListShape
    waking: ListShape
    people: list[BoardPersonShape]
    teams: list[BoardTeamShape]
    figures: FiguresShape


@dataclass(frozen=True)
class MoveShape:
    """Where one of somebody's waiting conversations would go (``person_id`` null: it stays, nobody free fits)."""

    conversation_id: str
    contact_name: str
    waiting_since: datetime | None
    person_id: int | None
    person_name: str | None


@dataclass(frozen=True)
class SpreadShape:
    """What was moved, and which had changed meanwhile or no longer fitted."""

    moved: int
    left: list[str]
