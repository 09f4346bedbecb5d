"""Dates, amounts and answers as people write them in sheets."""

import re
import unicodedata
from datetime import UTC, datetime, tzinfo
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from contacts.money import digits_of
from security.errors import Invalid

_YES = {"yes", "y", "true", "1", "ok", "x", "v", "✓", "✔", "on", "subscribed", "opted in", "是", "有", "同意", "已同意",
        "願意", "訂閱", "已訂閱", "接受"}  # fmt: skip
_NO = {"no", "n", "false", "0", "off", "unsubscribed", "opted out", "否", "無", "不同意", "拒絕", "未同意", "不願意",
       "取消訂閱", "退訂", "已退訂"}  # fmt: skip
_DATE = re.compile(
    r"\A(\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,4})日?"
    r"(?:[T ]+(上午|下午)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?)?\s*(Z|[+-]\d{2}:?\d{2})?\Z",
    re.IGNORECASE,
)
_ROC = 1911  # 民國 years
_MONEY = re.compile(r"[^\d.,\-]")
# Before or behind an amount, where it says which money it is; ``$`` and ``¥`` are of several countries.
_SIGNS = {"HK$": "HKD", "NT$": "TWD", "US$": "USD", "MOP$": "MOP", "S$": "SGD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD",
          "RM": "MYR", "R$": "BRL", "€": "EUR", "£": "GBP", "₩": "KRW", "฿": "THB", "₫": "VND", "₱": "PHP",
          "RP": "IDR"}  # fmt: skip
_CODE = re.compile(r"[A-Z]{3}")
_FIGURES = re.compile(r"[\d.,\s\-]")


def answer(text: str) -> bool:
    """Yes or no."""
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    if said in _YES or said in _NO:
        return said in _YES
    raise Invalid(message=_("This is neither yes nor no."))


def moment(text: str, *, zone: tzinfo, order: str = "dmy") -> datetime:
    """``2026-11-28``, ``2026/11/28 下午 3:05``, ``115/11/28`` (民國), ``28/11/2026``.

    ``order``: of day and month, where the year stands last."""
    found = _DATE.match(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise Invalid(message=_("This is no date that can be read."))
    first, second, third = (int(found.group(n)) for n in (1, 2, 3))
    if len(found.group(3)) == 4:
        year, (month, day) = third, (second, first) if order == "dmy" else (first, second)
    else:
        year, month, day = first, second, third
        year += _ROC if len(found.group(1)) in (2, 3) and year < 200 else 0
    try:
        at = datetime(year, month, day, *_time(found), tzinfo=zone)
        if offset := found.group(9):
            at = at.replace(tzinfo=datetime.fromisoformat(f"2000-01-01T00:00:00{offset.upper()}").tzinfo)
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(message=_("This is no date that can be read.")) from None


def _time(found: re.Match[str]) -> tuple[int, int, int]:
    if found.group(5) is None:
        return (0, 0, 0)
    hour, half = int(found.group(5)), (found.group(4) or found.group(8) or "").casefold()
    if half in ("下午", "pm") and hour < 12:
        hour += 12
    if half in ("上午", "am") and hour == 12:
        hour = 0
    return hour, int(found.group(6)), int(found.group(7) or 0)


def amount(text: str, *, currency: str) -> int:
    """In the smallest unit of the currency: ``NT$1,290`` → 1290 in TWD with none, 129000 in USD."""
    plain = _MONEY.sub("", unicodedata.normalize("NFKC", text))
    last = max(plain.rfind("."), plain.rfind(","))
    decimals = len(plain) - last - 1 if last >= 0 else 0
    if last >= 0 and decimals in (1, 2):
        plain = re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :]
    else:
        plain = re.sub(r"[.,]", "", plain)
    try:
        value = Decimal(plain) * 10 ** digits_of(currency)
    except InvalidOperation:
        raise Invalid(message=_("This is no amount.")) from None
    if value != value.to_integral_value() or abs(value) > 10**15:
        raise Invalid(message=_("This is no amount in this currency."))
    return int(value)


def currency_in(text: str) -> str:
    """Which money an amount says it is: ``HK$1,290`` and ``1290 HKD`` are HKD; empty where it says nothing."""
    sign = _FIGURES.sub("", unicodedata.normalize("NFKC", text)).upper()
    return _SIGNS.get(sign) or (sign if _CODE.fullmatch(sign) else "")


def count(text: str) -> int:
    digits = unicodedata.normalize("NFKC", text).strip().removesuffix(".0")
    if not (digits.isascii() and digits.isdecimal() and 0 < len(digits) < 7):
        raise Invalid(message=_("This is no number of pieces."))
    return int(digits)
