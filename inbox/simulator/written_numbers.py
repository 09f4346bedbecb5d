"""Telephone numbers as people write them: grouped as their country does."""

import re

import phonenumbers


def written(digits: str) -> str:
    """``12125550105`` → ``+1 212-555-0105``. Where the country has no rule for a number (invented ones), fours."""
    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return f"+{digits}"
    text = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    code, _, rest = text.partition(" ")
    return f"{code} {re.sub(r'(?<=.)(?=(.{4})+$)', ' ', rest)}" if rest.isdecimal() else text
