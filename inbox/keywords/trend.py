"""A term's days, one by one, with what was usual before each."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from inbox.keywords.comparing import Day
from inbox.keywords.figures import counted_days, last_counted
from inbox.keywords.policy import KeywordPolicy
from inbox.keywords.queries import word_of
from inbox.keywords.shapes import KeywordDayShape, KeywordRiseShape, KeywordTrendShape
from inbox.keywords.statistics import wilson
from inbox.keywords.words import OWN, topic_of
from inbox.models import KeywordCount, KeywordRise, KeywordTerm
from security.access import Access

_MOST_RISES = 20


def trend(*, access: Access, term_id: object, until: date | None, days: int) -> KeywordTrendShape:
    """The ``days`` days up to ``until``, or to the last counted day."""
    row: KeywordTerm = _seen(access, term_id)
    word = word_of(access=access, term_id=term_id)
    rises = KeywordRise.objects.visible_to(access).filter(term=row).order_by("-began_on", "-pk")[:_MOST_RISES]
    last = until or last_counted(row.region_id)
    return KeywordTrendShape(
        id=word.id,
        region_id=row.region_id,
        text=word.text,
        topic=OWN if word.own else topic_of(word.text),
        own=word.own,
        ignored=word.ignored,
        followed=word.followed,
        followers=word.followers,
        days=[] if last is None else _days(row, last, days),
        rises=[
            KeywordRiseShape(one.began_on, one.ended_on, one.percent, one.conversations, one.of, one.told_at)
            for one in rises
        ],
    )


def _seen(access: Access, term_id: object) -> KeywordTerm:
    row: KeywordTerm = KeywordTerm.objects.visible_to(access).get_or_404(term_id)
    return row


def _days(row: KeywordTerm, last: date, days: int) -> list[KeywordDayShape]:
    since, back = last - timedelta(days=days - 1), KeywordPolicy.current().baseline_days
    counted = counted_days(row.region_id, since - timedelta(days=back), last)
    rows = KeywordCount.objects.for_system("a term that was asked for").filter(term=row, on__lte=last)
    counts = {on: (messages, talks) for on, messages, talks in rows.values_list("on", "messages", "conversations")}
    return [
        _day(day, counts, [one for one in counted if day.on - timedelta(days=back) <= one.on < day.on], row)
        for day in counted
        if day.on >= since
    ]


def _day(day: Day, counts: Mapping[date, tuple[int, int]], before: Sequence[Day], row: KeywordTerm) -> KeywordDayShape:
    messages, found = counts.get(day.on, (0, 0))
    low, high = wilson(found, day.conversations)
    of_before = sum(one.conversations for one in before)
    enough = len(before) >= KeywordPolicy.current().baseline_least and of_before
    return KeywordDayShape(
        on=day.on,
        messages=messages,
        conversations=found,
        of=day.conversations,
        share=found / day.conversations if day.conversations else 0.0,
        low=low,
        high=high,
        usual=sum(counts.get(one.on, (0, 0))[1] for one in before) / of_before if enough else None,
        known=day.on in counts or (row.exact_from is not None and day.on >= row.exact_from),
    )
