"""Where an address is, coarsely and offline: a risk signal, never a proof, and nothing is asked of anybody else.

An operator's own database (``KEFU_GEOIP_DATABASE``, MaxMind's format) counts first; it may say the place to some
kilometres. Else the countries that the package geoip2fast brings along.
"""

import importlib
import ipaddress
import os
import sys
import threading
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import Any

from babel import Locale
from django.conf import settings

_EARTH_KM = 6371.0
_CODE_LENGTH = 2


@dataclass(frozen=True)
class Place:
    """``country``: ISO 3166-1, empty where it is not known. ``private``: an address of a house of one's own, which is
    in no country. Latitude and longitude in degrees, where the database says so."""

    country: str = ""
    private: bool = False
    latitude: float | None = None
    longitude: float | None = None


def place_of(ip: str) -> Place:
    """Of what is no address, or is not found, nothing is known: that is not the same as private."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return Place()
    address = getattr(address, "ipv4_mapped", None) or address
    if not address.is_global:
        return Place(private=True)
    return _from_own_database(str(address)) if settings.KEFU_GEOIP_DATABASE else _from_package(str(address))


def shown_network(ip: str) -> str:
    """What a mail says of an address: the network it is in, /24 or /48, since mails lie about for long."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ""
    length = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network((address, length), strict=False))


def country_name(code: str, language: str) -> str:
    """As people of ``language`` call it; the code itself where nobody named it; empty for none."""
    locale = Locale.parse("zh_Hant_TW" if language.lower().startswith("zh") else "en")
    return str(locale.territories.get(code, code))


def kilometres(one: Place, other: Place) -> float:
    """At least so far apart. Where only the countries are known, that is how close their closest known cities are, so
    that nobody is held to have flown who lives near a border; within one country it is 0."""
    own, others = _points(one), _points(other)
    if not own or not others or (one.country == other.country and None in (one.latitude, other.latitude)):
        return 0.0
    return min(_between(a, b) for a in own for b in others)


def _points(place: Place) -> tuple[tuple[float, float], ...]:
    if place.latitude is not None and place.longitude is not None:
        return ((place.latitude, place.longitude),)
    return _cities().get(place.country, ())


def _between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance (haversine)."""
    (lat1, lon1), (lat2, lon2) = ((radians(a), radians(b)) for a, b in (one, other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(chord)))


@lru_cache(maxsize=1)
def _cities() -> dict[str, tuple[tuple[float, float], ...]]:
    """The cities that time zones are named after, by country: ``zone.tab`` of the tz database."""
    found: dict[str, tuple[tuple[float, float], ...]] = {}
    text = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, where = line.split("\t")[:2]
            second = max(where.rfind("+"), where.rfind("-"))
            point = (_degrees(where[:second], whole=2), _degrees(where[second:], whole=3))
            found[code] = (*found.get(code, ()), point)
    return found


def _degrees(text: str, *, whole: int) -> float:
    """``+2503`` or ``-0333600`` (ISO 6709): ``whole`` digits of degrees, then minutes, perhaps seconds."""
    sign, digits = (-1 if text[0] == "-" else 1), text[1:]
    minutes, seconds = digits[whole : whole + 2], digits[whole + 2 :] or "0"
    return sign * (int(digits[:whole]) + int(minutes) / 60 + int(seconds) / 3600)


_opening = threading.Lock()
_readers: dict[str, Any] = {}


def _reader(name: str, opened: Any) -> Any:
    """Opened by the first who asks: it takes memory that a worker which signs nobody in need not have."""
    with _opening:
        if name not in _readers:
            _readers[name] = opened()
        return _readers[name]


def _from_own_database(ip: str) -> Place:
    import maxminddb

    path = str(settings.KEFU_GEOIP_DATABASE)
    found: Any = _reader(path, lambda: maxminddb.open_database(path)).get(ip) or {}
    where = found.get("location") or {}
    country = (found.get("country") or found.get("registered_country") or {}).get("iso_code", "")
    return Place(country=country, latitude=where.get("latitude"), longitude=where.get("longitude"))


def _from_package(ip: str) -> Place:
    code = _reader("", _packaged).lookup(ip).country_code
    return Place(country=code if len(code) == _CODE_LENGTH and code.isalpha() else "")


def _packaged() -> Any:
    """On being imported the package silences the tracebacks and warnings of the whole process: they are put back."""
    names = ("PYTHONWARNINGS", "PYTHONIOENCODING")
    kept, limit = {name: os.environ.get(name) for name in names}, getattr(sys, "tracebacklimit", None)
    try:
        package = importlib.import_module("geoip2fast")
    finally:
        if limit is None:
            if hasattr(sys, "tracebacklimit"):
                del sys.tracebacklimit
        else:
            sys.tracebacklimit = limit
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
    data = files("geoip2fast").joinpath("geoip2fast-ipv6.dat.gz")
    return package.GeoIP2Fast(geoip2fast_data_file=str(data))
