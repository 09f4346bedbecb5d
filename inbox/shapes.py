"""What the API and the live stream say of conversations and messages: frozen shapes, decrypted when built."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contacts.shapes import AuthorShape, ContactBriefShape


@dataclass(frozen=True)
class ChannelBriefShape:
    id: str
    name: str
    phone: str


@dataclass(frozen=True)
class PreviewShape:
    """A message in one line. ``revoked``: whoever sent it took it back, what it said is not told."""

    id: str
    kind: str
    direction: str
    text: str
    status: str
    author_name: str | None
    revoked: bool
    at: datetime


@dataclass(frozen=True)
class TeamBriefShape:
    id: int
    name: str


@dataclass(frozen=True)
class QuotedShape:
    """The message an answer refers to; ``id`` is null when we never had it."""

    id: str | None
    kind: str
    direction: str
    text: str
    author_name: str | None


@dataclass(frozen=True)
class SnoozeShape:
    """Until when a conversation is put aside; ``wake_at`` is earlier when the window closes before that."""

    until: datetime
    wake_at: datetime
    wakes_on_reply: bool
    reason: str
    by: AuthorShape | None


@dataclass(frozen=True)
class LockShape:
    """Who alone may write in a conversation, since when, until when and why."""

    by: AuthorShape | None
    since: datetime
    until: datetime
    reason: str


@dataclass(frozen=True)
class ScheduledBriefShape:
    """That replies wait for their time: when the next leaves, whose they are, whether one needs somebody's word."""

    at: datetime
    authors: list[int]
    troubled: bool


@dataclass(frozen=True)
class ShownTagShape:
    """``on``: conversation, or contact where it is its contact's."""

    id: str
    name: str
    colour: str
    on: str


@dataclass(frozen=True)
class RiskBriefShape:
    """What is risky in a conversation (``kind``: fraud, threat, self_harm, legal, other), how much (``severity``: 1 to
    3), whose it is to take (``state``: open, taken, escalated), and when the next ones are told."""

    kind: str
    severity: int
    state: str
    raised_at: datetime
    due_at: datetime | None
    given_to: AuthorShape | None
    taken_by: AuthorShape | None


@dataclass(frozen=True)
class ConversationShape:
    """``read_count`` is the reader's own and null on the live stream; unread is ``inbound_count - read_count``.

    ``reads_back_to``: older messages are not shown to the reader (null: all are; null on the live stream too).
    ``answer_count`` is how often we answered; a send may say how many answers its writer knew of.
    ``due_at``: when the next promise (``due_for``: first, next or resolution) is broken; at risk from ``risk_at`` on.
    ``held_count``: how many replies of a trainee wait in it for a mentor.
    ``woken_how``: why it came back from a snooze (due, reply, window, risk), until something is said.
    """

    id: str
    version: int
    region_id: int
    channel: ChannelBriefShape
    contact: ContactBriefShape
    state: str
    priority: str
    snooze: SnoozeShape | None
    woken_how: str | None
    lock: LockShape | None
    scheduled: ScheduledBriefShape | None
    risk: RiskBriefShape | None
    tags: list[ShownTagShape]
    case_number: int
    held_count: int
    assignee: AuthorShape | None
    team: TeamBriefShape | None
    last_message: PreviewShape | None
    last_activity_at: datetime
    waiting_since: datetime | None
    due_at: datetime | None
    due_for: str | None
    risk_at: datetime | None
    window_closes_at: datetime | None
    payment_marked_at: datetime | None
    reads_back_to: datetime | None
    inbound_count: int
    answer_count: int
    read_count: int | None
    created_at: datetime


@dataclass(frozen=True)
class MediaShape:
    id: str
    state: str
    kind: str
    mime_type: str | None
    size: int | None
    name: str | None
    width: int | None
    height: int | None
    url: str
    thumbnail_url: str | None


@dataclass(frozen=True)
class ReactionShape:
    emoji: str
    side: str
    name: str


@dataclass(frozen=True)
class FailureShape:
    """Why it was not sent; ``words`` maps a language to ``{message, remedy}``.

    ``fault`` is whose (customer, business, template, whatsapp, network, kefu), ``action`` what to offer (resend, wait,
    template, edit, number, stop, channel, none); sending again is possible from ``retry_at`` on.
    """

    code: str
    retryable: bool
    fault: str | None
    action: str
    retry_at: datetime | None
    words: dict[str, dict[str, str]]


@dataclass(frozen=True)
class MessageShape:
    id: str
    version: int
    conversation_id: str
    direction: str
    kind: str
    content: dict[str, Any]
    status: str
    at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    failed_at: datetime | None
    author: AuthorShape | None
    client_ref: str | None
    quoted: QuotedShape | None
    reactions: list[ReactionShape]
    error: FailureShape | None


@dataclass(frozen=True)
class PreparedShape:
    """A canned reply or a macro (``what``: reply or macro) is not as it was."""

    id: str
    what: str


@dataclass(frozen=True)
class ScheduledReplyShape:
    """A reply that shall leave at ``send_at``. ``state``: waiting, asking, failed, sent or cancelled; ``meanwhile``:
    what becomes of it when something happens before (ask, cancel, send); ``reason``: why it asks, failed or was
    cancelled. The customer has written since when the conversation's ``inbound_count`` is higher than this one.
    """

    id: str
    version: int
    conversation_id: str
    author: AuthorShape
    kind: str
    content: dict[str, Any]
    send_at: datetime
    meanwhile: str
    state: str
    reason: str
    inbound_count: int
    created_at: datetime


@dataclass(frozen=True)
class UploadShape:
    """``voice``: it was recorded, and is sent as a voice note."""

    id: str
    kind: str
    mime_type: str
    size: int
    name: str
    width: int | None
    height: int | None
    voice: bool


@dataclass(frozen=True)
class CountsShape:
    """How many conversations each view holds for the reader; ``resolved`` is 1,000 for a thousand or more."""

    mine: int
    team: int
    unassigned: int
    all: int
    snoozed: int
    at_risk: int
    scheduled: int
    resolved: int


@dataclass(frozen=True)
class SlaWarningShape:
    """A promise (``due_for``: first, next or resolution) is at risk (``stage``: near) or broken (breach)."""

    conversation_id: str
    contact_name: str
    due_for: str
    stage: str
    due_at: datetime


@dataclass(frozen=True)
class LeftShape:
    """An object the agent no longer sees."""

    id: str


@dataclass(frozen=True)
class ReadShape:
    id: str
    read_count: int


@dataclass(frozen=True)
class RequeuedShape:
    """How many conversations of one person went back to the queue of one region."""

    person_id: int
    name: str
    count: int
