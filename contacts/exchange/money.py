"""Amounts as whole numbers of a currency's smallest unit; never floats."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from security.errors import Invalid

_CODE = re.compile(r"[A-Z]{3}")
_LARGEST = 10**15
# ISO 4217: those with another number of digits behind the point than two.
_WITHOUT_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"


def digits_of(currency: str) -> int:
    return 0 if currency in _WITHOUT_DIGITS else 3 if currency in _THREE_DIGITS else 2


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
