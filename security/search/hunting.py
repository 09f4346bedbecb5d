"""A page of what was asked for, newest first: candidates from the index, opened, read, and only the true ones kept.

All that may tell of something is asked of what the reader sees: how far back it looks, how many statements that takes
and whether it says that there may be more depends on the rows they see, and on nothing else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from security.search.asking import Asked
from security.search.blocks import Wanted
from security.search.excerpts import ExcerptShape, excerpt
from security.search.index import matching
from security.search.keyed import KeyedMarks, week_of
from security.search.pieces import Reading
from security.search.policy import SearchPolicy
from security.search.spelling import Spelling

# How many weeks back each step looks before the next one is made; then everything. What the index cannot narrow goes
# on in steps: for whoever sees little of it, reading all there is would be dearer than they are.
_STEPS, _MORE_STEPS = (1, 4), (16, 64)
_LATE = timedelta(days=7)  # a provider's clock may be ahead of ours
_WEEK = timedelta(days=7)
Position = tuple[datetime, UUID]


@dataclass(frozen=True)
class Ground:
    """What is looked through. ``rows``: all that the reader may find, as far as it fits their filters; ``at`` is the
    column that says when; ``texts`` opens some of them, leaving out what does not open any more. ``by_week``: whether
    entries carry their week, as those of what there are very many of do. ``kinds``: the marks of kinds, one of which
    all of ``rows`` carry."""

    rows: Any
    at: str
    space: str
    spelling: Spelling
    texts: Callable[[Sequence[Any]], Mapping[UUID, str]]
    by_week: bool = False
    kinds: Sequence[str] = ()


@dataclass(frozen=True)
class Hit:
    row: Any
    at: datetime
    excerpt: list[ExcerptShape]


@dataclass(frozen=True)
class Found:
    """``after``: where the next page begins, if there is or may be one. ``partial``: it stopped at what one search may
    open, and has not seen everything up to there."""

    hits: list[Hit]
    after: Position | None
    partial: bool


def hunt(
    ground: Ground, asked: Asked, *, region_ids: Sequence[int], since: datetime | None, after: Position | None
) -> Found:
    """The hits that come after ``after``. ``since``: nothing before it is the reader's to find."""
    policy = SearchPolicy.current()
    if not asked.terms or not region_ids:
        return Found([], None, partial=False)
    hits: list[Hit] = []
    place = after
    candidates = _candidates(ground, asked, region_ids, since, after, policy)
    for opened, row in enumerate(candidates):
        if len(hits) == policy.search_page or opened == policy.search_opened:
            return Found(hits, place, partial=len(hits) < policy.search_page)
        place = (getattr(row.found, ground.at), row.found.pk)
        spans = asked.spans(row.reading, ground.spelling) if row.reading is not None else []
        if spans and row.reading is not None:
            hits.append(Hit(row.found, place[0], excerpt(row.reading, spans)))
    return Found(hits, None, partial=False)


@dataclass(frozen=True)
class _Opened:
    found: Any
    reading: Reading | None


def _candidates(
    ground: Ground,
    asked: Asked,
    region_ids: Sequence[int],
    since: datetime | None,
    after: Position | None,
    policy: SearchPolicy,
) -> Iterator[_Opened]:
    marks = asked.marks(ground.spelling)
    narrow = bool(marks or ground.kinds)
    keys = [KeyedMarks(region_id, ground.space) for region_id in region_ids]
    place = after
    at_once = policy.search_page * 2 if narrow else policy.search_opened + 1  # nearly all of those are opened
    for low, weeks in _windows(ground, _STEPS if narrow else _STEPS + _MORE_STEPS, since, after):
        rows = ground.rows.filter(**({f"{ground.at}__gte": low} if low is not None else {}))
        if narrow:
            kinds = ground.kinds
            rows = rows.filter(
                pk__in=matching([Wanted(k.tokens(marks), [*map(k.week, weeks)], [*map(k.kind, kinds)]) for k in keys])
            )
        rows = rows.order_by(*_newest_first(ground.at, narrow=narrow))
        while True:
            some = list(_beyond(rows, ground.at, place)[:at_once])
            texts = ground.texts(some) if some else {}
            for row in some:
                yield _Opened(row, Reading(texts[row.pk]) if row.pk in texts else None)
            if some:
                place = (getattr(some[-1], ground.at), some[-1].pk)
            if len(some) < at_once:
                break
        if low is not None and (place is None or place[0] >= low):
            place = (low, UUID(int=0))  # everything of this window has been seen


def _newest_first(at: str, *, narrow: bool) -> Sequence[Any]:
    """The latest of all are read from an index on when. Where few of all are wanted, a database that reads along that
    one looks at all the others: it cannot know how few they are. What is worked out of a column is in no index."""
    return (Greatest(F(at), F(at)).desc() if narrow else f"-{at}", "-pk")


def _beyond(rows: Any, at: str, place: Position | None) -> Any:
    if place is None:
        return rows
    return rows.filter(Q(**{f"{at}__lt": place[0]}) | Q(**{at: place[0], "pk__lt": place[1]}))


def _windows(
    ground: Ground, steps: Sequence[int], since: datetime | None, after: Position | None
) -> Iterator[tuple[datetime | None, list[int]]]:
    """The lower end of each step back, and the weeks that are between it and where it begins."""
    if ground.by_week:
        latest = timezone.now() + _LATE
        newest = week_of(latest if after is None else min(after[0], latest))
        last = week_of(timezone.now()) if after is None else newest
        for step in steps:
            oldest = last - step
            low = _begins(oldest)
            if since is not None and low <= since:
                yield since, list(range(week_of(since), newest + 1))
                return
            yield low, list(range(oldest, newest + 1))
            newest, last = oldest, oldest
    yield since, []


def _begins(week: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + week * _WEEK
