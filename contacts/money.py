"""Amounts as whole numbers of a currency's smallest unit; never floats."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from security.errors import Invalid

_CODE = re.compile(r"[A-Z]{3}")
_LARGEST = 10**15
_USUAL_DIGITS = 2
# ISO 4217: those with another number of digits behind the point. The browser is given this very table.
UNUSUAL_DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"), 0),
    **dict.fromkeys(("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}


def digits_of(currency: str) -> int:
    return UNUSUAL_DIGITS.get(currency, _USUAL_DIGITS)


def money_words(minor: int, currency: str) -> str:
    """``123400`` in ``TWD`` → ``TWD 1,234``: what is whole has no point, as people write it."""
    amount = Decimal(minor).scaleb(-digits_of(currency))
    digits = 0 if amount == amount.to_integral_value() else digits_of(currency)
    return f"{currency} {amount:,.{digits}f}"


def minor_of(amount: str, currency: str) -> int:
    """``"1234.50"`` in ``USD`` → 123450. Refuses what is no amount, or has more digits than the currency."""
    try:
        scaled = Decimal(amount.strip()).scaleb(digits_of(currency))
    except InvalidOperation:
        raise Invalid(field="amount", message=_("This is no amount of money.")) from None
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise Invalid(field="amount", message=_("This is no amount of money."))
    return int(scaled)


def check_currency(currency: str, *, field: str = "currency") -> None:
    if _CODE.fullmatch(currency) is None:
        raise Invalid(field=field, message=_("Three capital letters, as in TWD."))


def check_amount(minor: int, *, field: str) -> None:
    if abs(minor) > _LARGEST:
        raise Invalid(field=field, message=_("This amount is too large."))
