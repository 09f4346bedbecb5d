"""What the API says of canned replies."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from inbox.canned.queries import Prepared, Use, uses_of
from inbox.models import CannedReply
from inbox.policies import can_edit_prepared
from inbox.shapes import TeamBriefShape
from security.access import Access


@dataclass(frozen=True)
class CannedReplyShape:
    """``region_id`` is null for a personal one. ``times``: how often it was sent by everybody, ``my_times`` by the
    reader. ``why``: what speaks for it in a conversation (words, language, mine, recent, first, channel, team,
    personal, everybody), the strongest first; empty in a plain list."""

    id: str
    shortcut: str
    title: str
    text: str
    language: str
    buttons: list[str]
    region_id: int | None
    team: TeamBriefShape | None
    channel_id: str | None
    mine: bool
    editable: bool
    times: int
    my_times: int
    last_used_at: datetime | None
    why: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PreparedForShape:
    """The replies of a conversation, best first. ``suggested`` are the ids that its words speak for. ``values`` are what
    Kefu knows for variables, ``offers`` what may be meant by those it asks for; ``greeting`` begins a first reply."""

    results: list[CannedReplyShape]
    suggested: list[str]
    values: dict[str, str]
    offers: dict[str, list[str]]
    variables: list[str]
    greeting: str
    language: str


def reply_shapes(rows: Sequence[CannedReply], *, reader: Access) -> list[CannedReplyShape]:
    uses = uses_of(rows, access=reader)
    return [_shape(row, uses[row.pk], reader) for row in rows]


def prepared_shape(found: Prepared, *, reader: Access, variables: list[str]) -> PreparedForShape:
    uses = uses_of(found.rows, access=reader)
    return PreparedForShape(
        results=[_shape(row, uses[row.pk], reader, found.ranking[str(row.pk)].why) for row in found.rows],
        suggested=found.suggested,
        values=found.values,
        offers=found.offers,
        variables=variables,
        greeting=found.greeting,
        language=found.language,
    )


def _shape(row: CannedReply, use: Use, reader: Access, why: Sequence[str] = ()) -> CannedReplyShape:
    return CannedReplyShape(
        id=str(row.pk),
        shortcut=row.shortcut,
        title=row.title,
        text=row.text,
        language=row.language,
        buttons=list(row.buttons),
        region_id=row.region_id if row.owner_id is None else None,
        team=TeamBriefShape(row.team.pk, row.team.name) if row.team is not None else None,
        channel_id=str(row.channel_id) if row.channel_id else None,
        mine=row.owner_id == reader.user_id,
        editable=reader.can("inbox.reply_conversation") and can_edit_prepared(reader, row),
        times=use.everybody,
        my_times=use.mine,
        last_used_at=use.last_mine,
        why=list(why),
    )
