"""What the API and the live stream say of internal notes and handovers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contacts.shapes import AuthorShape
from inbox.mentions import PERSON, TEAM, mentioned_in
from inbox.models import Handover, InternalNote, Media
from inbox.shapes import MediaShape, TeamBriefShape
from inbox.shaping import media_shape
from security.encryption.keyring import open_keys
from security.names import names_of, team_names_of

_WHY = "parts of rows already opened for the reader"


@dataclass(frozen=True)
class MentionShape:
    """``kind`` is person or team; in the text it stands as ``<@kind:id>``."""

    kind: str
    id: int
    name: str


@dataclass(frozen=True)
class InternalNoteShape:
    """Of a deleted one only who wrote it, and when it was deleted."""

    id: str
    version: int
    conversation_id: str
    client_ref: str
    text: str
    mentions: list[MentionShape]
    files: list[MediaShape]
    author: AuthorShape
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None


@dataclass(frozen=True)
class SummaryShape:
    """What the customer asked, what was done, what is still open."""

    asked: str
    done: str
    open: str


@dataclass(frozen=True)
class HandoverShape:
    """To a person or to a team. ``ended_how``: acknowledged, passed_on or resolved; null while it waits for the
    taker."""

    id: str
    version: int
    conversation_id: str
    summary: SummaryShape
    given_by: AuthorShape | None
    to_person: AuthorShape | None
    to_team: TeamBriefShape | None
    given_at: datetime
    ended_at: datetime | None
    ended_how: str | None
    ended_by: AuthorShape | None


def note_shapes(rows: Sequence[InternalNote]) -> list[InternalNoteShape]:
    """At most four queries whatever their number."""
    open_keys(row.key_id for row in rows)
    named = {row.pk: mentioned_in(row.text) for row in rows}
    files: dict[UUID, list[Media]] = defaultdict(list)
    kept = Media.objects.for_system(_WHY).filter(note__in=[row.pk for row in rows]).order_by("pk")
    for file in kept:
        files[file.note_id].append(file)
    people = names_of([row.author_id for row in rows] + [pk for one in named.values() for pk in one.people])
    teams = team_names_of(pk for one in named.values() for pk in one.teams)
    return [
        InternalNoteShape(
            id=str(row.pk),
            version=row.version,
            conversation_id=str(row.conversation_id),
            client_ref=row.client_ref,
            text=row.text,
            mentions=[
                *(MentionShape(PERSON, pk, people.get(pk, "")) for pk in sorted(named[row.pk].people)),
                *(MentionShape(TEAM, pk, teams.get(pk, "")) for pk in sorted(named[row.pk].teams)),
            ],
            files=[media_shape(file) for file in files.get(row.pk, [])],
            author=AuthorShape(id=row.author_id, name=people.get(row.author_id, "")),
            created_at=row.created_at,
            edited_at=row.edited_at,
            deleted_at=row.deleted_at,
        )
        for row in rows
    ]


def handover_shapes(rows: Sequence[Handover]) -> list[HandoverShape]:
    """At most three queries whatever their number."""
    open_keys(row.key_id for row in rows)
    names = names_of(pk for row in rows for pk in (row.given_by_id, row.to_person_id, row.ended_by_id))
    teams = team_names_of(row.to_team_id for row in rows)
    return [_handover(row, names, teams) for row in rows]


def _handover(row: Handover, names: dict[int, str], teams: dict[int, str]) -> HandoverShape:
    def somebody(pk: int | None) -> AuthorShape | None:
        return None if pk is None else AuthorShape(id=pk, name=names.get(pk, ""))

    return HandoverShape(
        id=str(row.pk),
        version=row.version,
        conversation_id=str(row.conversation_id),
        summary=SummaryShape(**row.summary),
        given_by=somebody(row.given_by_id),
        to_person=somebody(row.to_person_id),
        to_team=TeamBriefShape(row.to_team_id, teams.get(row.to_team_id, "")) if row.to_team_id is not None else None,
        given_at=row.given_at,
        ended_at=row.ended_at,
        ended_how=row.ended_how or None,
        ended_by=somebody(row.ended_by_id),
    )
