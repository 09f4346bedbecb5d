"""The values a condition may hold, by shape: what JSON may say, and what is kept of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.policy import ConditionsPolicy
from security.errors import Invalid, Missing
from security.search.folding import fold

_LARGEST = 10**12
_LONGEST_MINUTES = 60 * 24 * 3650
_LONGEST_DAYS = 3650
_CURRENCY = 3


@dataclass(frozen=True)
class Within:
    """Where a value stands: the path for refusals, and what may be chosen (``None``: anything)."""

    at: str
    choices: frozenset[str] | None = None


def _list(value: Any, within: Within) -> list[str]:
    most = ConditionsPolicy.current().words_most
    if not isinstance(value, list) or not value:
        raise Missing(field=within.at)
    if len(value) > most:
        raise Invalid(field=within.at, message=_("At most %(most)s of them.") % {"most": most})
    if not all(isinstance(one, str) and one.strip() for one in value):
        raise Invalid(field=within.at)
    return list(dict.fromkeys(one.strip() for one in value))


def _words(value: Any, within: Within) -> list[str]:
    longest = ConditionsPolicy.current().word_max
    words = _list(value, within)
    for word in words:
        if len(word) > longest:
            raise Invalid(field=within.at, message=_("At most %(most)s characters.") % {"most": longest})
        if not fold(word).strip():
            raise Invalid(field=within.at, message=_("A word needs letters, digits or characters."))
    return words


def _choices(value: Any, within: Within) -> list[str]:
    chosen = _list(value, within)
    if within.choices is not None and (gone := [one for one in chosen if one not in within.choices]):
        raise Invalid(field=within.at, message=_("This choice does not exist: %(which)s") % {"which": gone[0][:40]})
    return chosen


def _whole(low: int, high: int) -> Callable[[Any, Within], int]:
    def checked(value: Any, within: Within) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise Invalid(field=within.at, message=_("Between %(low)s and %(high)s.") % {"low": low, "high": high})
        return value

    return checked


def _number(value: Any, within: Within) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_LARGEST <= value <= _LARGEST:
        raise Invalid(field=within.at)
    return value


def _pair(one: Callable[[Any, Within], Any]) -> Callable[[Any, Within], list[Any]]:
    def checked(value: Any, within: Within) -> list[Any]:
        if not isinstance(value, list) or len(value) != 2:
            raise Missing(field=within.at)
        low, high = one(value[0], within), one(value[1], within)
        if low > high:
            raise Invalid(field=within.at, message=_("The first may not be more than the second."))
        return [low, high]

    return checked


def _moment(value: Any, within: Within) -> str:
    """A day (``2026-11-28``) or an instant with its offset."""
    try:
        if not isinstance(value, str):
            raise ValueError
        moment(value)
    except ValueError:
        raise Invalid(field=within.at, message=_("A date is needed, such as 2026-11-28.")) from None
    return value


def _money(value: Any, within: Within) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != {"amount_minor", "currency"}:
        raise Missing(field=within.at)
    currency = value["currency"]
    if not isinstance(currency, str) or len(currency) != _CURRENCY or not currency.isalpha() or not currency.isascii():
        raise Invalid(field=f"{within.at}.currency")
    amount = _whole(0, _LARGEST)(value["amount_minor"], Within(f"{within.at}.amount_minor"))
    return {"amount_minor": amount, "currency": currency.upper()}


def _none(value: Any, within: Within) -> None:
    if value is not None:
        raise Invalid(field=within.at)


@lru_cache(maxsize=1024)
def moment(value: str, zone: tzinfo | None = UTC) -> datetime:
    """The instant a stored value means; a bare day begins at midnight in ``zone``."""
    if len(value) == len("2026-11-28"):
        day = date.fromisoformat(value)
        return datetime(day.year, day.month, day.day, tzinfo=zone or UTC)
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return found


_duration = _whole(0, _LONGEST_MINUTES)
# Durations are minutes; ``days`` are whole ones; what ``words`` hold is folded when it is compared.
SHAPES: dict[str, Callable[[Any, Within], Any]] = {
    "none": _none,
    "words": _words,
    "choices": _choices,
    "number": _number,
    "range": _pair(_number),
    "duration": _duration,
    "duration_range": _pair(_duration),
    "days": _whole(0, _LONGEST_DAYS),
    "moment": _moment,
    "money": _money,
}
