"""Reads of what customers write about: a region's report, a term's days, the words that were chosen."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from inbox.keywords.comparing import Compared
from inbox.keywords.figures import Span, compared_all, counted_days, last_counted
from inbox.keywords.policies import keyword_scope, sees_keywords
from inbox.keywords.policy import KeywordPolicy
from inbox.keywords.rising import risen_of
from inbox.keywords.shapes import (
    KeywordGroupShape,
    KeywordReportShape,
    KeywordShape,
    KeywordWordShape,
)
from inbox.keywords.spelling import key_of
from inbox.keywords.words import OWN, topic_of
from inbox.models import KeywordDay, KeywordFollower, KeywordTerm
from security.access import Access
from security.encryption.keyring import open_keys
from security.errors import NotFound

_WHY = "a report of a region that was asked for"
_TOP, _RISEN, _IN_GROUP = 100, 60, 8
_SAME = 0.8  # a term within a longer one that is in so much of its conversations says nothing besides


def report(*, access: Access, region_id: int, until: date | None, days: int, limit: int = _TOP) -> KeywordReportShape:
    """The commonest terms of some days, and those that rose, by what they are about. ``until`` is the last counted day
    unless it is said."""
    if not sees_keywords(access, keyword_scope(region_id)):
        raise NotFound
    until = until or last_counted(region_id)
    if until is None:
        return _nothing(region_id, days)
    span = Span(region_id, until, days)
    compared = compared_all(span)
    risen = risen_of(compared)
    shown = _shown(access, span, compared, risen, limit)
    counted = counted_days(region_id, span.baseline_since, until)
    mine, before = ([day for day in counted if (day.on >= span.since) is now] for now in (True, False))
    of_days = KeywordDay.objects.visible_to(access).filter(region_id=region_id, on__gte=span.since, on__lte=until)
    return KeywordReportShape(
        region_id=region_id,
        until=until,
        since=span.since,
        days=days,
        missing=days - len(mine),
        conversations=sum(day.conversations for day in mine),
        messages=sum(of_days.values_list("messages", flat=True)),
        baseline_since=span.baseline_since,
        baseline_days=sum(1 for day in before if day.conversations),
        comparable=sum(1 for day in before if day.conversations) >= KeywordPolicy.current().baseline_least,
        top=shown[:limit],
        groups=_groups(shown, compared),
    )


def _nothing(region_id: int, days: int) -> KeywordReportShape:
    return KeywordReportShape(region_id, None, None, days, days, 0, 0, None, 0, comparable=False, top=[], groups=[])


def _shown(
    access: Access, span: Span, compared: dict[UUID, Compared], risen: set[UUID], limit: int
) -> list[KeywordShape]:
    """The commonest, and after them what rose and is not so common."""
    common = sorted(compared, key=lambda pk: (-compared[pk].found, pk))[:limit]
    most = sorted(risen - set(common), key=lambda pk: compared[pk].expected - compared[pk].found)[:_RISEN]
    wanted = [*common, *most]
    rows = {row.pk: row for row in KeywordTerm.objects.visible_to(access).filter(pk__in=wanted)}
    open_keys(row.key_id for row in rows.values())
    followed = _followed_by(access, wanted)
    return [_shape(rows[pk], compared[pk], risen=pk in risen, followed=pk in followed) for pk in wanted if pk in rows]


def _followed_by(access: Access, term_ids: Sequence[UUID]) -> set[UUID]:
    mine = KeywordFollower.objects.visible_to(access).filter(person_id=access.user_id, term_id__in=term_ids)
    return set(mine.values_list("term_id", flat=True))


def _shape(row: KeywordTerm, compared: Compared, *, risen: bool, followed: bool) -> KeywordShape:
    low, high = compared.bounds
    return KeywordShape(
        id=str(row.pk),
        text=row.text,
        topic=OWN if row.own else topic_of(row.text),
        conversations=compared.found,
        share=compared.share,
        low=low,
        high=high,
        usual=compared.usual,
        rise=_percent(compared),
        risen=risen,
        own=row.own,
        followed=followed,
    )


def _percent(compared: Compared) -> int | None:
    """At least so much above the baseline; what is not above it for certain is told only where it is below."""
    surely, seemingly = compared.rise, compared.share / compared.usual - 1 if compared.usual else None
    if surely is not None and surely > 0:
        return round(surely * 100)
    return None if seemingly is None or seemingly > 0 else round(seemingly * 100)


def _groups(shown: Sequence[KeywordShape], compared: dict[UUID, Compared]) -> list[KeywordGroupShape]:
    """By topic, what rose most first. What says the same as a longer term is left out."""
    by_topic: dict[str, list[KeywordShape]] = defaultdict(list)
    for one in _without_parts(shown):
        by_topic[one.topic].append(one)
    groups = [_group(topic, terms, compared) for topic, terms in by_topic.items()]
    return sorted(groups, key=lambda group: (-group.more, -sum(one.conversations for one in group.top)))


def _group(topic: str, terms: Sequence[KeywordShape], compared: dict[UUID, Compared]) -> KeywordGroupShape:
    def above(one: KeywordShape) -> float:
        return compared[UUID(one.id)].found - compared[UUID(one.id)].expected

    risen = sorted((one for one in terms if one.risen), key=above, reverse=True)
    rest = [one for one in terms if not one.risen]
    more = round(sum(map(above, risen[:_IN_GROUP])))
    return KeywordGroupShape(topic, more, risen[:_IN_GROUP], rest[:_IN_GROUP])


def _without_parts(shown: Sequence[KeywordShape]) -> list[KeywordShape]:
    keys = {one.id: key_of(one.text) for one in shown}
    return [
        one
        for one in shown
        if not any(
            other.id != one.id
            and len(keys[other.id]) > len(keys[one.id])
            and keys[one.id] in keys[other.id]
            and other.conversations >= one.conversations * _SAME
            for other in shown
        )
    ]


def words(*, access: Access, region_id: int) -> list[KeywordWordShape]:
    """Those of a region that are on its own list, ignored or followed."""
    if not sees_keywords(access, keyword_scope(region_id)):
        raise NotFound
    rows = KeywordTerm.objects.visible_to(access).filter(region_id=region_id).annotate(Count("followers"))
    chosen = list(rows.filter(Q(own=True) | Q(ignored_at__isnull=False) | Q(followers__count__gt=0)).order_by("pk"))
    return word_shapes(chosen, access=access)


def word_shapes(rows: Sequence[Any], *, access: Access) -> list[KeywordWordShape]:
    """Expects ``followers__count``."""
    open_keys(row.key_id for row in rows)
    mine = _followed_by(access, [row.pk for row in rows])
    return [
        KeywordWordShape(
            str(row.pk), row.text, row.own, row.ignored_at is not None, row.pk in mine, row.followers__count
        )
        for row in rows
    ]


def word_of(*, access: Access, term_id: object) -> KeywordWordShape:
    rows = KeywordTerm.objects.visible_to(access).annotate(Count("followers"))
    return word_shapes([rows.get_or_404(term_id)], access=access)[0]
