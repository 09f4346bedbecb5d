"""What happened in one conversation, told in order: the same rules as ``inbox.actions``, with times of the past."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from inbox.demo.lines import Line
from inbox.models import Assignment, Case, Conversation, Message, Reaction, Resolution
from inbox.simulator.chance import Chance


class Past:
    """The rows of one conversation, unsaved. ``rows`` maps each line to its message."""

    def __init__(self, conversation: Conversation, *, recipient: str, ids: Chance, now: datetime) -> None:
        self.conversation = conversation
        self.cases: list[Case] = []
        self.assignments: list[Assignment] = []
        self.resolutions: list[Resolution] = []
        self.messages: list[Message] = []
        self.reactions: list[Reaction] = []
        self.rows: dict[Line, Message] = {}
        self._recipient = recipient
        self._ids = ids
        self._now = now

    def receive(self, line: Line, *, agent_id: int) -> None:
        """As ``actions.receive``: opens a case when none runs, and the customer waits from the first unanswered one.
        ``agent_id`` is who may have put an emoji on it."""
        thread = self.conversation
        at = line.moment.replace(microsecond=0)  # WhatsApp's clock has seconds only
        thread.last_inbound_at = at
        thread.inbound_count += 1
        if thread.waiting_since is None and line.kind != "system":
            thread.waiting_since = at
        if thread.state == "resolved" or thread.case_count == 0:
            thread.state = "open"
            thread.case_count += 1
            self._end_assignment(at)
            self.cases.append(Case(conversation=thread, number=thread.case_count, opened_at=at))
        message = self._message(line, "in", at)
        message.status, message.created_at = "received", at + timedelta(seconds=1)
        self._react(line, message, agent_id)

    def send(self, line: Line, author_id: int | None) -> None:
        """As ``actions.replies``: reopens what was resolved, and takes what nobody has. Without an author it is an
        automatic answer, after which the customer still waits."""
        thread = self.conversation
        if thread.state == "resolved":
            self._reopen(line.moment, author_id)
        message = self._message(line, "out", line.moment)
        message.author_id, message.claimed_at, message.attempts = author_id, line.moment, 1
        message.status, message.error_code = _outcome(line)
        if author_id is not None:
            message.client_ref = self._client_ref()
            thread.waiting_since = None
            self.cases[-1].first_reply_at = self.cases[-1].first_reply_at or line.moment
            if thread.assignee_id is None:
                self.assign(line.moment, author_id, by=author_id)
        self._react(line, message, author_id)

    def assign(self, at: datetime, to: int, *, by: int) -> None:
        self._end_assignment(at)
        self.conversation.assignee_id = to
        self.conversation.version += 1
        self.assignments.append(
            Assignment(conversation=self.conversation, assignee_id=to, assigned_by_id=by, assigned_at=at)
        )

    def resolve(self, at: datetime, *, by: int) -> None:
        thread = self.conversation
        self.resolutions.append(Resolution(conversation=thread, case=self.cases[-1], resolved_by_id=by, resolved_at=at))
        thread.state, thread.waiting_since = "resolved", None
        thread.version += 1

    def _reopen(self, at: datetime, by: int | None) -> None:
        self.resolutions[-1].reopened_at, self.resolutions[-1].reopened_by_id = at, by
        self.conversation.state = "open"

    def _end_assignment(self, at: datetime) -> None:
        if self.assignments and self.assignments[-1].ended_at is None:
            self.assignments[-1].ended_at = at
        self.conversation.assignee_id = None

    def _message(self, line: Line, direction: str, at: datetime) -> Message:
        quoted = self.rows.get(line.quotes) if line.quotes is not None else None
        message = Message(
            conversation=self.conversation,
            channel_id=self.conversation.channel_id,
            case=self.cases[-1],
            key_id=self.conversation.contact.key_id,
            direction=direction,
            kind=line.kind,
            content=line.content,
            provider_ref=self._ids.wamid(self._recipient, direction),
            quoted=quoted,
            quoted_ref=(quoted.provider_ref or "") if quoted is not None else "",
            at=at,
            created_at=at,
        )
        self.messages.append(message)
        self.rows[line] = message
        self.conversation.last_message = message
        self.conversation.last_activity_at = at
        self.conversation.version += 1
        return message

    def _react(self, line: Line, message: Message, agent_id: int | None) -> None:
        for side, emoji in line.reactions.items():
            at = min(self._now, message.at + timedelta(seconds=self._ids.between((2, 9))))
            reaction = Reaction(
                conversation=self.conversation,
                target=message,
                target_ref=message.provider_ref or "",
                side=side,
                key_id=message.key_id,
                emoji=emoji,
                author_id=agent_id if side == "team" else None,
                at=at,
            )
            self.reactions.append(reaction)
            message.version += 1
            if side == "team":
                self.messages.append(self._reaction_message(reaction))
            else:  # any word from the customer keeps the window open
                self.conversation.last_inbound_at = max(self.conversation.last_inbound_at or at, at)

    def _reaction_message(self, reaction: Reaction) -> Message:
        """Our own emoji travel as messages of their own; the thread shows them on their target only."""
        return Message(
            conversation=self.conversation,
            channel_id=self.conversation.channel_id,
            case=self.cases[-1],
            key_id=reaction.key_id,
            direction="out",
            kind="reaction",
            content={"emoji": reaction.emoji, "target_ref": reaction.target_ref},
            author_id=reaction.author_id,
            client_ref=self._client_ref(),
            provider_ref=self._ids.wamid(self._recipient, "out"),
            status="accepted",
            at=reaction.at,
            created_at=reaction.at,
            claimed_at=reaction.at,
            attempts=1,
        )

    def _client_ref(self) -> str:
        random: Random = self._ids.random
        return str(UUID(int=random.getrandbits(128), version=4))


def _outcome(line: Line) -> tuple[str, str]:
    """Status and error code when the send call was over."""
    if line.failure:
        return "failed", line.failure
    return ("unconfirmed", "timeout") if line.unconfirmed else ("accepted", "")
