"""Canned replies from a CSV file: all of its lines or none, with every odd one named (CM-7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inbox.actions.canned_replies import add_canned_reply, change_canned_reply
from inbox.canned.sheets import Line, places
from inbox.errors import TeamUnfit
from inbox.models import CannedReply
from security.access import Access
from security.errors import NotFound, Refusal, require
from security.writing import write

_MOST_TOLD = 50


@dataclass(frozen=True)
class Odd:
    """A line that cannot be taken, and why."""

    line: int
    field: str
    message: str


@dataclass(frozen=True)
class Taken:
    """What the file does: how many replies are new, changed or as they were, and which lines are odd."""

    added: int
    changed: int
    same: int
    odd: list[Odd]


class _NotKept(Exception):
    """Rolls a look, or a file with odd lines, back."""


def import_replies(*, by: Access, lines: Sequence[Line], look: bool) -> Taken:
    """Add what is new and change what has the same shortcut, language and place. With ``look``, or when a line is odd,
    nothing is kept."""
    require(by.can("inbox.reply_conversation") and by.region_ids)
    regions, teams = places(lines)
    counts = {"added": 0, "changed": 0, "same": 0}
    odd: list[Odd] = []
    try:
        with write(by=by):
            for line in lines:
                try:
                    with write(by=by):
                        counts[_take(by, line, regions, teams)] += 1
                except Refusal as refusal:
                    odd.append(Odd(line.number, refusal.field or "", str(refusal.message)))
            if look or odd:
                raise _NotKept
    except _NotKept:
        pass
    return Taken(**counts, odd=odd[:_MOST_TOLD])


def _take(by: Access, line: Line, regions: dict[str, int], teams: dict[tuple[int, str], int]) -> str:
    region_id = regions.get(line.region) if line.region else None
    if line.region and region_id not in by.region_ids:
        raise NotFound(field="region")
    team_id = teams.get((region_id, line.team)) if region_id is not None and line.team else None
    if line.team and team_id is None:
        raise TeamUnfit(field="team")
    words: dict[str, Any] = {
        "shortcut": line.shortcut, "title": line.title, "text": line.text, "language": line.language,
        "buttons": line.buttons, "team_id": team_id, "region_id": region_id,
    }  # fmt: skip
    there = _same_place(by, line, region_id)
    if there is None:
        add_canned_reply(by=by, **words)
        return "added"
    before = (there.title, there.text, list(there.buttons), there.team_id)
    if before == (line.title.strip() or there.shortcut, line.text.strip(), line.buttons, team_id):
        return "same"
    change_canned_reply(by=by, reply_id=there.pk, channel_id=there.channel_id, **words)
    return "changed"


def _same_place(by: Access, line: Line, region_id: int | None) -> CannedReply | None:
    rows = CannedReply.objects.visible_to(by).filter(
        shortcut=line.shortcut.strip().lstrip("/").lower(), language=line.language.strip().lower()
    )
    mine = rows.filter(owner_id=by.user_id) if region_id is None else rows.filter(owner=None, region_id=region_id)
    found: CannedReply | None = mine.first()
    return found
