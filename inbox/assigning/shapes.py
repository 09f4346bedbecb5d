"""What the API says of giving out work."""

from dataclasses import dataclass
from datetime import datetime

from contacts.shapes import AuthorShape
from inbox.shapes import TeamBriefShape


@dataclass(frozen=True)
class AssigneeShape:
    """Somebody who may be given a conversation; ``load`` counts the open ones they have."""

    id: int
    name: str
    availability: str
    is_here: bool
    load: int
    capacity: int
    languages: list[str]
    skills: list[str]


@dataclass(frozen=True)
class AssigneesShape:
    people: list[AssigneeShape]
    teams: list[TeamBriefShape]


@dataclass(frozen=True)
class CandidateShape:
    """``out``: what kept them out (team, skill, language, full, put_back); empty for those who could have had it."""

    id: int
    name: str
    load: int
    capacity: int
    out: str


@dataclass(frozen=True)
class AssignmentShape:
    """One time that somebody had a conversation. ``rule`` (returning, only, turn, least) decided where Kefu chose."""

    id: int
    assignee: AuthorShape
    by: AuthorShape | None
    at: datetime
    ended_at: datetime | None
    ended_how: str
    method: str
    rule: str
    language: str
    skill: str
    team: str
    candidates: list[CandidateShape]
    more: int


@dataclass(frozen=True)
class RuleShape:
    """How a number's queue is given out; ``waiting`` is how much is in it, ``on_duty`` who could get some."""

    channel_id: str
    channel_name: str
    region_id: int
    method: str
    team: TeamBriefShape | None
    skill: str
    language: str
    returning: bool
    waiting: int
    on_duty: int


@dataclass(frozen=True)
class WorkShape:
    """What somebody can be given. ``capacity`` null: the usual one; no ``languages``: ``own_language``."""

    id: int
    name: str
    level: str
    trainee: bool
    availability: str
    is_here: bool
    region_ids: list[int]
    team_ids: list[int]
    load: int
    capacity: int | None
    usual_capacity: int
    languages: list[str]
    own_language: str
    skills: list[str]
