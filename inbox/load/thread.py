"""Plays one conversation forward: the same rules as ``inbox.actions``, with times of the past."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from inbox.load.customers import Customer
from inbox.load.extras import World, media, reaction, reaction_message, wamid
from inbox.load.findable import Findable, findable_line
from inbox.load.plan import Planned
from inbox.load.repertoire import Said
from inbox.load.rows import (
    AssignmentRow,
    CaseRow,
    ConversationRow,
    MessageRow,
    ReadMarkRow,
    ResolutionRow,
    dashed,
    id_at,
    stamp,
)
from inbox.load.ticks import Ticks, ticks
from inbox.models import Message
from inbox.models.conversation import PRIORITIES

_SECOND = 1_000_000
_SAME_AGENT = 0.7
_OF_WHICH_PAYMENTS = 25  # one in so many is marked payment
_OF_WHICH_URGENT = 40
_CONTENT = f"{Message._meta.db_table}.content:".encode()


@dataclass
class Written:
    """What a chunk will write; ``replies`` is when its cases, and earlier ones, were first answered; ``findable`` what
    of it the search index gets."""

    rows: dict[type[tuple[Any, ...]], list[tuple[Any, ...]]] = field(default_factory=dict)
    replies: dict[int, str] = field(default_factory=dict)
    findable: list[Findable] = field(default_factory=list)

    def add(self, row: tuple[Any, ...]) -> None:
        self.rows.setdefault(type(row), []).append(row)


class Life:
    """The standing of one conversation between its episodes."""

    __slots__ = (
        "_agents", "_assigned", "_case", "_clock", "_replied", "_resolved", "_written", "answer_count", "assignee",
        "case_count", "channel_id", "created", "customer", "id", "inbound_count", "last_inbound", "last_message",
        "region_id", "state", "version", "waiting", "world",
    )  # fmt: skip

    def __init__(self, world: World, customer: Customer, *, channel_id: str, region_id: int, at: int) -> None:
        self.world, self.customer = world, customer
        self.channel_id, self.region_id = channel_id, region_id
        self.id, self.created = id_at(at, world.rng), at
        self.state, self.assignee = "open", 0
        self.case_count, self.version, self.inbound_count, self.answer_count = 0, 1, 0, 0
        self.last_message, self.last_inbound, self.waiting = "", 0, 0
        self._case, self._replied, self._clock = 0, 0, at
        self._agents: list[int] = []
        self._assigned: tuple[int, int] | None = None
        self._resolved: tuple[int, int, int] | None = None
        self._written = Written()

    def row(self) -> ConversationRow:
        """As it stands; before the first message without one."""
        return ConversationRow(
            self.id,
            self.region_id,
            self.channel_id,
            self.customer.id,
            self.state,
            self.assignee or None,
            None,
            stamp(self.created) if int(self.id[-4:], 16) % _OF_WHICH_PAYMENTS == 0 else None,
            PRIORITIES["urgent" if int(self.id[-3:], 16) % _OF_WHICH_URGENT == 0 else "normal"],
            None,
            "",
            None,
            None,
            None,
            None,
            None,
            "",
            0,
            None,
            0,
            self.case_count,
            self.version,
            self.inbound_count,
            self.answer_count,
            self.last_message or None,
            stamp(self._clock),
            stamp(self.last_inbound) if self.last_inbound else None,
            stamp(self.waiting) if self.waiting else None,
            stamp(self.created),
        )

    def play(self, planned: Planned, team: Sequence[int], written: Written) -> None:
        """One episode, answered by one of ``team``."""
        self._written = written
        rng = self.world.rng
        agent = self._agents[-1] if self._agents and rng.random() < _SAME_AGENT else team[int(rng.random() * len(team))]
        lines = planned.piece.lines[: planned.keep]
        moments = self._moments(planned, lines)
        rows: list[MessageRow] = []
        answered: list[int | None] = [None] * len(lines)
        later: int | None = None
        for place in range(len(lines) - 1, -1, -1):
            answered[place] = later
            later = moments[place] if lines[place].inbound else later
        for place, line in enumerate(lines):
            quoted = rows[line.quotes] if line.quotes is not None and line.quotes < place else None
            if line.inbound:
                rows.append(self._receive(line, moments[place], quoted))
            else:
                rows.append(self._send(line, moments[place], quoted, agent, answered[place]))
            self._attach(line, rows[-1], moments[place], agent)
        if planned.resolves:
            self._resolve(min(self.world.now, self._clock + int(rng.uniform(5, 600) * _SECOND)), agent)

    def finish(self, readers: Sequence[int], written: Written) -> None:
        """What is only told once nothing more happens: standing assignments and resolutions, and who has read it."""
        self._written = written
        self._tell_assignment(None)
        self._tell_resolution(None, None)
        rng = self.world.rng
        last = min(self.world.now, self._clock + int(rng.uniform(0, 1800) * _SECOND))
        unseen = 1 if self.waiting else 0
        others = [readers[int(rng.random() * len(readers))] for _ in range(2)] if readers else []
        for reader in dict.fromkeys([*self._agents, *others]):
            count = self.inbound_count - (unseen if reader == self.assignee else int(rng.random() < 0.15))
            if count > 0:
                written.add(ReadMarkRow(self.id, reader, count, stamp(last)))

    def _moments(self, planned: Planned, lines: tuple[Said, ...]) -> list[int]:
        """Strictly rising; WhatsApp's clock has seconds only."""
        whole = lines[-1].later_us or 1
        moments = []
        clock = self._clock
        for line in lines:
            at = max(planned.at_us + line.later_us * planned.span_us // whole, clock + 1000)
            clock = -(-at // _SECOND) * _SECOND if line.inbound else at
            moments.append(clock)
        return moments

    def _receive(self, line: Said, at: int, quoted: MessageRow | None) -> MessageRow:
        """Opens a case when none runs; the customer waits from the first unanswered message on."""
        self.last_inbound = max(self.last_inbound, at)
        self.inbound_count += 1
        if not self.waiting and line.kind != "system":
            self.waiting = at
        if self.state == "resolved" or not self.case_count:
            self.state = "open"
            self.case_count += 1
            self._tell_resolution(None, None)
            self._tell_assignment(at)
            self.assignee, self._case = 0, self.world.next_case()
            self._written.add(CaseRow(self._case, self.id, self.case_count, stamp(at), None))
        return self._message(line, "in", at, quoted, None, Ticks("received", None, None, None, 1))

    def _send(self, line: Said, at: int, quoted: MessageRow | None, agent: int, answered: int | None) -> MessageRow:
        """Takes what nobody has. An automatic answer has no author, and the customer still waits."""
        world = self.world
        self.answer_count += 1
        if self.state == "resolved":
            self.state = "open"
            self._tell_resolution(at, agent)
        result = ticks(at, answered, now=world.now, receipts=self.customer.receipts, rng=world.rng)
        if line.failure:
            result = Ticks("failed", None, None, None, 3)
        if line.automatic:
            return self._message(line, "out", at, quoted, None, result)
        self.waiting = 0
        if self._replied != self._case:
            self._replied = self._case
            self._written.replies[self._case] = stamp(at)
        if self.assignee != agent:
            self._assign(agent, at)
        return self._message(line, "out", at, quoted, agent, result)

    def _assign(self, agent: int, at: int) -> None:
        """Taken, or handed over by whoever had it."""
        by = self.assignee or agent
        self._tell_assignment(at)
        self.assignee, self._assigned = agent, (at, by)
        self.version += 1
        if agent not in self._agents:
            self._agents.append(agent)

    def _resolve(self, at: int, agent: int) -> None:
        self.state, self.waiting = "resolved", 0
        self.version += 1
        self._resolved = (self._case, self.assignee or agent, at)

    def _tell_assignment(self, ended: int | None) -> None:
        """The row of the assignment that stood until now; an open one is told when nothing more can end it."""
        if self._assigned is not None:
            at, by = self._assigned
            end = stamp(ended) if ended is not None else None
            method = "reply" if by == self.assignee else "hand"
            how = "case" if end else ""
            self._written.add(AssignmentRow(self.id, self.assignee, by, stamp(at), end, method, how, "{}"))
            self._assigned = None

    def _tell_resolution(self, reopened: int | None, by: int | None) -> None:
        if self._resolved is not None:
            case, resolver, at = self._resolved
            again = stamp(max(reopened, at)) if reopened is not None else None
            self._written.add(ResolutionRow(self.id, case, resolver, stamp(at), by, again))
            self._resolved = None

    def _attach(self, line: Said, row: MessageRow, at: int, agent: int) -> None:
        """The emoji on a message, the row of its file, and what it is found by."""
        if (found := findable_line(row.id, self.region_id, at, line)) is not None:
            self._written.findable.append(found)
        for side, emoji in line.reactions:
            moment = min(self.world.now, at + 2 * _SECOND)
            self._written.add(reaction(row, side, emoji, self.customer, agent, moment, self.world.rng))
            if side == "contact":  # any word from the customer keeps the window open
                self.last_inbound = max(self.last_inbound, moment)
            else:
                self._written.add(reaction_message(row, emoji, self.customer, agent, moment, self.world.rng))
        if line.file:
            self._written.add(media(row, line.file, self.customer, at, self.world))

    def _message(
        self, line: Said, direction: str, at: int, quoted: MessageRow | None, author: int | None, result: Ticks
    ) -> MessageRow:
        rng, customer = self.world.rng, self.customer
        pk, spelled = id_at(at, rng), stamp(at)
        inbound = direction == "in"
        never_left = line.failure and not line.failure.isdecimal()
        row = MessageRow(
            pk,
            self.id,
            self.channel_id,
            self._case,
            customer.key_id,
            direction,
            line.kind,
            customer.seal(_CONTENT, pk, line.plain),
            author,
            dashed(f"{rng.getrandbits(128):032x}") if author is not None else None,
            None if never_left else wamid(customer.digits, rng),
            quoted.id if quoted else None,
            (quoted.provider_ref or "") if quoted else "",
            result.status,
            spelled,
            stamp(at + _SECOND) if inbound else spelled,
            None if inbound else spelled,
            None if inbound or never_left else spelled,
            0,
            stamp(result.sent) if result.sent else None,
            stamp(result.delivered) if result.delivered else None,
            stamp(result.read) if result.read else None,
            stamp(at + 3 * _SECOND) if line.failure else None,
            0 if inbound else 1,
            None,
            line.failure,
            result.version + len(line.reactions),
        )
        self._written.add(row)
        self.last_message, self._clock = pk, at
        self.version += 1
        return row
