"""Reading the identities WhatsApp sends: numbers, names, and what a number tells."""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import phonenumbers
from phonenumbers import timezone as phone_timezone

# Characters that reorder or hide text: a profile name is user-controlled (Meta: inbound message facts).
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = {"\u200d", "\ufe0f"}  # these build emoji


def clean_name(name: str, *, longest: int) -> str:
    """A displayable name: no control or bidi characters, single spaces, at most ``longest`` characters."""
    kept = "".join(c if unicodedata.category(c) not in _HIDDEN or c in _JOINERS else " " for c in name)
    return " ".join(kept.split())[:longest].strip()


@lru_cache(maxsize=20_000)  # every line of a list needs one; parsing fifty took a tenth of the list's time
def e164(wa_id: str) -> str | None:
    """``+886912345678`` for a ``wa_id`` of digits, or ``None`` when it is no phone number."""
    parsed = _parsed(wa_id)
    return None if parsed is None else phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def country_and_zone(wa_id: str) -> tuple[str, str]:
    """ISO country and the first time zone of a number; empty strings when unknown."""
    parsed = _parsed(wa_id)
    if parsed is None:
        return "", ""
    zones = [zone for zone in phone_timezone.time_zones_for_number(parsed) if zone != "Etc/Unknown"]
    country = phonenumbers.region_code_for_number(parsed) or ""
    return country if country.isalpha() else "", zones[0] if zones else ""  # "001" is no country


def only_zone_of(country: str) -> str:
    """The time zone of a country that has exactly one; an empty string for the others, where only a number can tell."""
    zones = _zones_by_country().get(country.upper(), [])
    return zones[0] if len(zones) == 1 else ""


@cache
def _zones_by_country() -> dict[str, list[str]]:
    """The tz database's own table: country, coordinates and zone, separated by tabs."""
    zones: dict[str, list[str]] = {}
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            zones.setdefault(country, []).append(zone)
    return zones


def same_person_numbers(wa_id: str) -> list[str]:
    """The forms one mobile number may take as ``wa_id`` (Meta: Brazil's ninth digit, Mexico's 1, Argentina's 9)."""
    forms = [wa_id]
    if wa_id.startswith("55") and len(wa_id) == 13 and wa_id[4] == "9":
        forms.append(wa_id[:4] + wa_id[5:])
    elif wa_id.startswith("55") and len(wa_id) == 12:
        forms.append(wa_id[:4] + "9" + wa_id[4:])
    elif wa_id.startswith("521") and len(wa_id) == 13:
        forms.append("52" + wa_id[3:])
    elif wa_id.startswith("52") and len(wa_id) == 12:
        forms.append("521" + wa_id[2:])
    elif wa_id.startswith("549") and len(wa_id) == 13:
        forms.append("54" + wa_id[3:])
    elif wa_id.startswith("54") and len(wa_id) == 12:
        forms.append("549" + wa_id[2:])
    return forms


def _parsed(wa_id: str) -> phonenumbers.PhoneNumber | None:
    digits = wa_id.lstrip("+")
    if not digits.isdecimal() or not 6 <= len(digits) <= 15:
        return None
    try:
        return phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return None
