"""What the API says of held replies, reviews and progress."""

from dataclasses import dataclass
from datetime import date, datetime

from contacts.shapes import AuthorShape
from inbox.shapes import MessageShape


@dataclass(frozen=True)
class HeldCommentShape:
    id: str
    author: AuthorShape | None
    text: str
    at: datetime


@dataclass(frozen=True)
class HeldReplyShape:
    """A trainee's reply that waits, or was decided on. ``before``: the trainee's words where a mentor changed them.

    ``alarms``: why the supervisors were told (late, ended, reassigned, locked, resolved, answered,
    closing, closed). ``answers_seen``: how many answers of ours its author knew of, which an approval
    may carry, and ``answer_count``: how many there are.
    ``question`` is the last the customer said before it, in one line. ``editable``: it has a text.
    """

    id: str
    revision: int
    state: str
    edited: bool
    before: str | None
    editable: bool
    answers_seen: int
    answer_count: int
    alarms: list[str]
    held_at: datetime
    decided_at: datetime | None
    decided_by: AuthorShape | None
    trainee: AuthorShape | None
    conversation_id: str
    contact_name: str
    window_closes_at: datetime | None
    question: str | None
    message: MessageShape
    comments: list[HeldCommentShape]
    mine: bool
    may_decide: bool


@dataclass(frozen=True)
class RemarkShape:
    """A reviewer's word on one message."""

    id: str
    review_id: str
    message_id: str
    author: AuthorShape | None
    text: str
    at: datetime


@dataclass(frozen=True)
class CoachingShape:
    """What is said of the messages of one thread, as far as the reader may know it."""

    held: list[HeldReplyShape]
    remarks: list[RemarkShape]


@dataclass(frozen=True)
class CriterionShape:
    """``kind``: scale (1 to 5) or pass (1 or 0). ``own``: the name as it was written, empty for Kefu's own words."""

    key: str
    name: str
    hint: str
    kind: str
    own: str


@dataclass(frozen=True)
class ScoreShape:
    key: str
    name: str
    kind: str
    score: int


@dataclass(frozen=True)
class DrawShape:
    """How a case was drawn: so many of so many candidates, by this seed."""

    seed: str
    since: datetime
    until: datetime
    wanted: int
    candidates: int
    drawn_at: datetime


@dataclass(frozen=True)
class ReviewShape:
    """A finished case to be judged, or judged. ``contact_name`` is null where the reader does not see the conversation.

    ``percent``: the average mark, 0 to 100. ``form``: what it is to be judged by, while it is open. ``draw`` is null
    where it was chosen by hand.
    """

    id: str
    region_id: int
    person: AuthorShape | None
    conversation_id: str
    contact_name: str | None
    case_number: int
    resolved_at: datetime
    state: str
    passed: bool | None
    percent: int | None
    summary: str | None
    reviewer: AuthorShape | None
    scored_at: datetime | None
    acknowledged_at: datetime | None
    answer: str | None
    created_at: datetime
    draw: DrawShape | None
    form: list[CriterionShape]
    scores: list[ScoreShape]
    remarks: list[RemarkShape]
    mine: bool


@dataclass(frozen=True)
class HeldCountsShape:
    approved: int
    edited: int
    rejected: int
    withdrawn: int
    waiting: int


@dataclass(frozen=True)
class ProgressShape:
    """How somebody gets on since ``since``; see docs/trainees.md for what counts. ``accuracy``: 0 to 1, null while
    nothing was reviewed; ``goal_…``: from when on promotion is proposed."""

    since: datetime
    cases: int
    reopened: int
    reviewed: int
    correct: int
    accuracy: float | None
    first_reply_seconds: float | None
    held: HeldCountsShape
    goal_cases: int
    goal_percent: int
    goal_reviews: int


@dataclass(frozen=True)
class TraineeShape:
    """A traineeship. ``days_left`` counts today; 0 once it is over. ``prompted_at``: promotion is proposed since then.

    ``may_lead``: the reader may change it; ``may_set_level``: and give another level when promoting.
    """

    person: AuthorShape
    level: str
    region_ids: list[int]
    time_zone: str
    began_on: date
    ends_on: date
    days_left: int
    ended_at: datetime | None
    ended_how: str
    holds_replies: bool
    mentors: list[AuthorShape]
    prompted_at: datetime | None
    progress: ProgressShape
    mine: bool
    may_lead: bool
    may_set_level: bool


@dataclass(frozen=True)
class SummaryShape:
    """``waiting``: replies that the reader may decide on; ``own``: their own that wait; ``unread``: reviews of their
    own cases they have not read; ``to_review``: open reviews; ``promotions``: trainees proposed for promotion."""

    waiting: int
    own: int
    unread: int
    to_review: int
    promotions: int
