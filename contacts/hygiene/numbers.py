"""Telephone numbers as people and spreadsheets write them, in the one form WhatsApp knows (SR-12)."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from django.utils.translation import gettext_lazy as _

from security.errors import Refusal

_LONGEST = 40
_WRAPPED = re.compile(r"\A(?:tel:|whatsapp:|'|=\"|\")+|\"+\Z", re.IGNORECASE)
# What a spreadsheet makes of twelve digits when nobody looks: 8.86912E+11. The last digits are lost for ever.
_ROUNDED = re.compile(r"\A\d(?:[.,]\d+)?E\+?\d+\Z", re.IGNORECASE)
_AS_DECIMAL = re.compile(r"\A(\+?\d{6,15})[.,]0+\Z")
_ABROAD = re.compile(r"\A00(?=[1-9])")


class OddNumber(Refusal):
    """``code`` says what is wrong with it."""

    code, status = "number_invalid", 400
    message = _("This is no telephone number.")
    remedy = _("Write it with its country code: +886 912 345 678.")


class RoundedNumber(OddNumber):
    code = "number_rounded"
    message = _("A spreadsheet has rounded this number: its last digits are lost.")
    remedy = _("Format the column as text and fill in the numbers again.")


class NumberOfNowhere(OddNumber):
    code = "number_without_country"
    message = _("This number has no country code.")
    remedy = _("Write it with its country code, or choose the country that such numbers are from.")


@dataclass(frozen=True)
class ReadNumber:
    """``wa_id``: its digits, as WhatsApp names it; ``e164``: with the plus; ``country``: empty where none has it."""

    wa_id: str
    e164: str
    country: str


def read_number(raw: str, *, country: str = "") -> ReadNumber:
    """What number ``raw`` is, or ``OddNumber``. ``country``: of numbers that are written without one (``TW`` makes
    0912 345 678 what it is at home)."""
    text = _plain(raw)
    if _ROUNDED.match(text):
        raise RoundedNumber(field="phone")
    country = country.upper()
    for guess, home in _readings(text, country):
        found = _parsed(guess, home)
        if found is not None:
            return _told(found)
    digits = sum(c.isdigit() for c in text)
    lost = not country and not text.startswith("+") and 6 <= digits <= 15
    raise NumberOfNowhere(field="phone") if lost else OddNumber(field="phone")


def _plain(raw: str) -> str:
    """Full-width digits, marks of spreadsheets, and what hides between digits, set right."""
    text = "".join(c for c in unicodedata.normalize("NFKC", raw[:_LONGEST]) if unicodedata.category(c) != "Cf")
    text = _WRAPPED.sub("", text.strip()).strip()
    whole = _AS_DECIMAL.match(text)
    return _ABROAD.sub("+", whole.group(1) if whole else text)


def _readings(text: str, country: str) -> list[tuple[str, str | None]]:
    """In the order of how likely they are: at home, then as digits with a country code whose plus is missing."""
    if text.startswith("+"):
        return [(text, None)]
    at_home: list[tuple[str, str | None]] = [(text, country)] if country else []
    return at_home if text.startswith("0") else [*at_home, (f"+{text}", None)]


def _parsed(text: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        found = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return found if phonenumbers.is_valid_number(found) and not found.extension else None


def _told(number: phonenumbers.PhoneNumber) -> ReadNumber:
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    country = phonenumbers.region_code_for_number(number) or ""
    return ReadNumber(wa_id=e164[1:], e164=e164, country=country if country.isalpha() else "")
