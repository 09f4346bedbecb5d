"""Amounts are whole numbers of what a currency is counted in, and read as people write them."""

import pytest

from contacts.money import digits_of, minor_of, money_words
from security.errors import Invalid


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (123400, "TWD", "TWD 1,234"),
        (123450, "TWD", "TWD 1,234.50"),
        (1234, "JPY", "JPY 1,234"),
        (1234500, "KWD", "KWD 1,234.500"),
        (12345, "CLF", "CLF 1.2345"),
        (0, "USD", "USD 0"),
    ],
)
def test_an_amount_has_the_digits_of_its_currency_or_none(minor: int, currency: str, words: str) -> None:
    assert money_words(minor, currency) == words
    assert minor_of(words.removeprefix(f"{currency} ").replace(",", ""), currency) == minor


def test_more_digits_than_a_currency_has_are_refused() -> None:
    assert digits_of("JPY") == 0
    with pytest.raises(Invalid):
        minor_of("12.5", "JPY")
