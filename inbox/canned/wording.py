"""Days, hours and languages as a customer reads them in a prepared text."""

import re
from collections.abc import Iterable
from datetime import date, time
from itertools import groupby

_ZH_DAYS = "一二三四五六日"
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EN_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_IN_BRACES = re.compile(r"\{[^{}]*\}")
_LETTERS_OF_A_WORD = 4  # a Chinese name in an English sentence does not make it Chinese, nor the other way round
Span = tuple[int, time, time]


def language_of(tag: str) -> str:
    """The bare language of a tag: ``zh`` of ``zh-Hant``; empty when unknown."""
    return tag.replace("_", "-").partition("-")[0].lower()


def language_of_text(text: str) -> str:
    """By its script, as far as that says it: kana is Japanese, hangul Korean, other Han characters Chinese."""
    text = _IN_BRACES.sub("", text)  # the names of variables are no language
    if any("\u3040" <= letter <= "\u30ff" for letter in text):
        return "ja"
    if any("\uac00" <= letter <= "\ud7af" for letter in text):
        return "ko"
    han = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    return "zh" if han and han * _LETTERS_OF_A_WORD >= latin else ""


def day_in(day: date, language: str) -> str:
    """``11月28日（六）`` or ``28 November (Sat)``."""
    if language in ("zh", "ja"):
        return f"{day.month}月{day.day}日（{_ZH_DAYS[day.weekday()]}）"
    return f"{day.day} {_EN_MONTHS[day.month - 1]} ({_EN_DAYS[day.weekday()]})"


def hours_in(spans: Iterable[Span], language: str) -> str:
    """``週一至週五 09:00–18:00、週六 10:00–14:00``; empty when there are none."""
    by_day: dict[int, tuple[str, ...]] = {}
    for weekday, opens, closes in sorted(spans):
        by_day[weekday] = (*by_day.get(weekday, ()), f"{opens:%H:%M}–{closes:%H:%M}")
    runs = groupby(enumerate(sorted(by_day)), key=lambda at: (at[1] - at[0], by_day[at[1]]))
    chinese = language == "zh"
    comma = "、" if chinese else ", "
    parts = []
    for (_, hours), days in runs:
        found = [day for _, day in days]
        parts.append(f"{_days(found[0], found[-1], chinese=chinese)} {comma.join(hours)}")
    return comma.join(parts)


def _days(first: int, last: int, *, chinese: bool) -> str:
    names = [f"週{_ZH_DAYS[day]}" if chinese else _EN_DAYS[day] for day in (first, last)]
    if first == last:
        return names[0]
    return f"{names[0]}至{names[1]}" if chinese else f"{names[0]}–{names[1]}"


def greeting_in(name: str, language: str) -> str:
    """How a first reply begins."""
    return f"{name} 您好，" if language == "zh" else f"Hello {name}, "
