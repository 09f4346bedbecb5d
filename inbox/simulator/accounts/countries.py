"""The country of a phone number, by its digits alone."""

from functools import lru_cache

import phonenumbers


@lru_cache(maxsize=4096)
def of_phone(digits: str) -> str | None:
    """ISO code, e.g. `TW`; None when the digits begin with no country's code. An invented number of a code which
    several countries share counts as the code's main one."""
    try:
        parsed = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return None
    found = phonenumbers.region_code_for_number(parsed)
    return found or phonenumbers.region_code_for_country_code(parsed.country_code or 0)
