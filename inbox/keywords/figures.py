"""Counts of a region over some days and over the baseline before them, read from the database."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Sum

from inbox.keywords.comparing import Compared, Day, compare
from inbox.keywords.policy import KeywordPolicy
from inbox.models import KeywordCount, KeywordDay, KeywordTerm

_WHY = "figures of a region that was asked for"


@dataclass(frozen=True)
class Span:
    """``days`` days up to ``until``, that one included, and as many before them as a baseline has."""

    region_id: int
    until: date
    days: int

    @property
    def since(self) -> date:
        return self.until - timedelta(days=self.days - 1)

    @property
    def baseline_since(self) -> date:
        return self.since - timedelta(days=KeywordPolicy.current().baseline_days)


@dataclass(frozen=True)
class Figures:
    """The counted days of a span, the baseline's, and by term its conversations by day."""

    span: Span
    days: list[Day]
    baseline: list[Day]
    counts: Mapping[UUID, Mapping[date, int]]

    def compared(self, term_id: UUID, exact_from: date | None) -> Compared:
        return compare(self.counts.get(term_id, {}), self.days, self.baseline, exact_from=exact_from)

    def same_weekday(self, term_id: UUID, exact_from: date | None) -> Compared:
        """Against those days of the baseline only that are the last day's weekday."""
        same = [day for day in self.baseline if day.on.weekday() == self.span.until.weekday()]
        return compare(self.counts.get(term_id, {}), self.days, same, exact_from=exact_from)


def figures_of(span: Span, *, term_ids: Iterable[UUID]) -> Figures:
    """Of some terms, day by day."""
    counted = counted_days(span.region_id, span.baseline_since, span.until)
    rows = KeywordCount.objects.for_system(_WHY).filter(
        term_id__in=list(term_ids), on__gte=span.baseline_since, on__lte=span.until
    )
    counts: dict[UUID, dict[date, int]] = defaultdict(dict)
    for term_id, on, conversations in rows.values_list("term_id", "on", "conversations"):
        counts[term_id][on] = conversations
    return Figures(
        span=span,
        days=[day for day in counted if day.on >= span.since],
        baseline=[day for day in counted if day.on < span.since],
        counts=counts,
    )


def compared_all(span: Span) -> dict[UUID, Compared]:
    """Every term that was counted in the span's days and is not ignored; added up by the database. On days on which one
    was not known yet as many may have written it as make none."""
    counted = counted_days(span.region_id, span.baseline_since, span.until)
    baseline = [day for day in counted if day.on < span.since and day.conversations]
    of = sum(day.conversations for day in counted if day.on >= span.since)
    of_before = sum(day.conversations for day in baseline)
    fewest = max((day.least for day in baseline), default=1) - 1
    before = dict(_sums(span, span.baseline_since, span.since))
    terms = KeywordTerm.objects.for_system(_WHY).filter(region_id=span.region_id, ignored_at=None)
    since = dict(terms.values_list("pk", "exact_from"))
    return {
        pk: Compared(
            found=found,
            of=of,
            before=before.get(pk, 0),
            supposed=float(before.get(pk, 0) + fewest * _days_before(baseline, since[pk])),
            of_before=of_before,
            days_before=len(baseline),
        )
        for pk, found in _sums(span, span.since, span.until + timedelta(days=1))
        if pk in since
    }


def _days_before(days: Sequence[Day], on: date | None) -> int:
    return len(days) if on is None else bisect_left([day.on for day in days], on)


def _sums(span: Span, since: date, before: date) -> Iterable[tuple[UUID, int]]:
    """Conversations by term."""
    rows = KeywordCount.objects.for_system(_WHY).filter(region_id=span.region_id, on__gte=since, on__lt=before)
    summed: Iterable[tuple[UUID, int]] = rows.order_by().values_list("term_id").annotate(Sum("conversations"))
    return summed


def counted_days(region_id: int, since: date, until: date) -> list[Day]:
    rows = KeywordDay.objects.for_system(_WHY).filter(region_id=region_id, on__gte=since, on__lte=until, least__gt=0)
    return [Day(*row) for row in rows.order_by("on").values_list("on", "conversations", "least")]


def last_counted(region_id: int) -> date | None:
    rows = KeywordDay.objects.for_system(_WHY).filter(region_id=region_id, least__gt=0)
    return rows.order_by("-on").values_list("on", flat=True).first()
