"""What the API says of requests for permissions, and of permissions for a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from security.access import Access
from security.grantable import name_of_object
from security.levels import public_name
from security.models import AccessRequest, Grant, Review, ReviewItem, User


@dataclass(frozen=True)
class PersonBriefShape:
    id: int
    name: str

    @classmethod
    def of(cls, user: User | None) -> "PersonBriefShape | None":
        return None if user is None else cls(id=user.pk, name=user.name)


@dataclass(frozen=True)
class RightShape:
    """``permission`` or ``duty``, the other is empty. ``object_name`` is empty where the reader does not see it."""

    permission: str
    duty: str
    object_label: str
    object_id: str
    object_name: str

    @classmethod
    def of(cls, row: AccessRequest | Grant, reader: Access) -> "RightShape":
        return cls(
            permission=public_name(row.permission) if row.permission else "",
            duty=row.duty,
            object_label=row.object_label,
            object_id=row.object_pk,
            object_name=name_of_object(reader, row.object_label, row.object_pk),
        )


@dataclass(frozen=True)
class GrantShape:
    """``state``: ahead, running, over. ``mine``: the reader holds it."""

    id: str
    person: PersonBriefShape
    right: RightShape
    reason: str
    starts_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    given_by: PersonBriefShape | None
    state: str
    mine: bool

    @classmethod
    def of(cls, row: Grant, reader: Access, now: datetime) -> "GrantShape":
        over = row.ended_at is not None or row.ends_at <= now
        return cls(
            id=str(row.pk),
            person=PersonBriefShape(id=row.user_id, name=row.user.name),
            right=RightShape.of(row, reader),
            reason=row.reason,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            ended_at=row.ended_at,
            given_by=PersonBriefShape.of(row.given_by),
            state="over" if over else "ahead" if row.starts_at > now else "running",
            mine=row.user_id == reader.user_id,
        )


@dataclass(frozen=True)
class AccessRequestShape:
    """``hours``: for how long it is wanted, from the approval on; ``ends_at``: until when it was given."""

    id: str
    version: int
    asker: PersonBriefShape
    right: RightShape
    reason: str
    hours: int
    state: str
    asked_at: datetime
    decided_at: datetime | None
    decided_by: PersonBriefShape | None
    comment: str
    ends_at: datetime | None
    mine: bool

    @classmethod
    def of(cls, row: AccessRequest, reader: Access) -> "AccessRequestShape":
        return cls(
            id=str(row.pk),
            version=row.version,
            asker=PersonBriefShape(id=row.asker_id, name=row.asker.name),
            right=RightShape.of(row, reader),
            reason=row.reason,
            hours=row.hours,
            state=row.state,
            asked_at=row.asked_at,
            decided_at=row.decided_at,
            decided_by=PersonBriefShape.of(row.decided_by),
            comment=row.comment,
            ends_at=row.grant.ends_at if row.grant else None,
            mine=row.asker_id == reader.user_id,
        )


@dataclass(frozen=True)
class RequestsSummaryShape:
    """``waiting``: requests the reader may decide on; ``to_review``: what they are to confirm or withdraw this quarter,
    which lapses otherwise; ``median_wait_seconds``: from question to answer lately;
    ``permissions`` and ``duties``: what the reader lacks and may ask for."""

    waiting: int
    to_review: int
    median_wait_seconds: float | None
    permissions: list[str]
    duties: list[str]


@dataclass(frozen=True)
class ReviewShape:
    """One quarter. The counts of what became of them are of those the reader sees."""

    quarter: str
    percent: int
    held: int
    drawn_at: datetime
    due_at: datetime
    closed: bool
    open: int
    confirmed: int
    withdrawn: int
    lapsed: int

    @classmethod
    def of(cls, review: Review, counts: Mapping[str, int]) -> "ReviewShape":
        return cls(
            quarter=review.quarter,
            percent=review.percent,
            held=review.held,
            drawn_at=review.drawn_at,
            due_at=review.due_at,
            closed=review.closed_at is not None,
            open=counts.get("open", 0),
            confirmed=counts.get("confirmed", 0),
            withdrawn=counts.get("withdrawn", 0),
            lapsed=counts.get("lapsed", 0),
        )


@dataclass(frozen=True)
class ReviewItemShape:
    """``permission`` or ``duty``, the other is empty; ``kind`` says how it is held."""

    id: str
    holder: PersonBriefShape
    kind: str
    permission: str
    duty: str
    state: str
    decided_by: PersonBriefShape | None
    decided_at: datetime | None
    comment: str

    @classmethod
    def of(cls, row: ReviewItem) -> "ReviewItemShape":
        is_permission = "." in row.name
        return cls(
            id=str(row.pk),
            holder=PersonBriefShape(id=row.holder_id, name=row.holder.name),
            kind=row.kind,
            permission=public_name(row.name) if is_permission else "",
            duty="" if is_permission else row.name,
            state=row.state,
            decided_by=PersonBriefShape.of(row.decided_by),
            decided_at=row.decided_at,
            comment=row.comment,
        )
